"""Files and addresses beside cells, explanations, texts and remarks: what bears the record out."""
