"""OAI-PMH 2.0: other libraries take along the records of the works that everybody may read, and
learn which of them have gone.
"""
