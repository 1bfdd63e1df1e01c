"""Tables that are imported: workbooks and comma-separated text.

Answer: `{"sheets": [{"name", "hidden", "rows": [[cell, ...], ...], "hidden_rows",
"hidden_columns"}], "faults": [...], "notes": {...}}`. A cell is null, text, true/false, a number, or a
list with one ISO date in it.
"""
