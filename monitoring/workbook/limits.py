"""How much of an uploaded workbook is looked at, and from when on it is a job."""

from pip_network.files.incoming import Limits

MEGABYTE = 1024 * 1024
LIMITS = Limits(
    size=20 * MEGABYTE,
    unpacked=80 * MEGABYTE,
    members=1_000,
    sheets=120,
    rows=120_000,  # one for each cell, in a long table
    columns=100,
    cells=900_000,
    cell_text=2_000,
    memory=300 * MEGABYTE,
    cpu_seconds=30,
    wall_seconds=60,
)
LARGE = 20_000  # cells: more of them are compared and stored by a worker
