"""The workbook of a submission, both ways: filled in elsewhere, previewed, stored, taken back."""
