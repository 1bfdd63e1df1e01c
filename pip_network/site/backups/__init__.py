"""Backup and restore: one file that holds every row and every uploaded file, the same for SQLite
and PostgreSQL.

A zip archive: `tables/<table>.jsonl` (one JSON list per row), `media/<path>`, and last
`manifest.json` with version, migrations, counts, checksums, and the number and hash of the record.
`taking` writes one, `archive` judges one and `manifest` its list of contents, `conditions` say where
one may be loaded, `restoring` loads one. Why not pg_dump:
docs/adr/0011-one-backup-for-both-databases.md.
"""


class BackupError(Exception):
    """One sentence for the operator: what is wrong and what to do."""
