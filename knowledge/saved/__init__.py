"""Questions that members want to be told of. Each is its owner's alone: nobody else reads it, the
trail does not tell of it, and it goes with her account.
"""
