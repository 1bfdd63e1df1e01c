"""The process that looks into a file from outside: a folder that is run as a program by
`reading.py`, with nothing of the portal loaded; only the standard library and, once the guards have
let a file in, the library that reads its format.

It limits its own memory, processor time and files before the first byte is read; the file comes by
its standard input. Each answer is one line of JSON, written at once, so that what was read stays
read whatever follows: `{"kind"}` of a look, `{"page", "label", "text"}` and `{"preview"}` of a
reading, then `{"end": true}` or `{"refused": key}`.
"""
