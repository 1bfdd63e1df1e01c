"""How good the data of a submission is, in six parts (docs/rules.md, Data quality)."""
