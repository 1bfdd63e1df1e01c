"""The parser's own process: reads one hostile file from standard input and answers with JSON, or
says why it will not.

A folder that is run as a program by `reading.py`, with nothing of the portal loaded: no settings,
no database, no secrets; only the standard library and, for workbooks, the library that reads them.
It limits its own memory and processor time before the first byte is read; whatever happens in here
ends here.

Answer: `{"sheets": [{"name", "hidden", "rows": [[cell, ...], ...], "hidden_rows", "hidden_columns"}], "faults": [...], "notes":
{...}}` or `{"refused": key, ...}`. A cell is null, text, true/false, a number, or a list with one
ISO date in it.
"""
