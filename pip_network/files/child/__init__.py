"""The process that looks into files from outside: a folder that is run as a program, with nothing of
the portal loaded: no settings, no database, no secrets; only the standard library and, once the
guards have let a file in, the library that reads its format.

It limits its own memory, processor time and files before the first byte is read; the file comes by
its standard input, the errand by its argument. Each answer is one line of JSON, written at once, so
that what was read stays read whatever follows; the last one is an end or `{"refused": key, ...}`.

`tables/` reads what is imported (`incoming/reading.py` asks), `documents/` what is kept
(`stored/reading.py` asks).
"""
