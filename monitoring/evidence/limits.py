"""What is taken, and how much of it."""

from pip_network.choices import FileKind

KINDS = (FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.XLSX, FileKind.ODS)
MEGABYTES = 20
MOST_BYTES = MEGABYTES << 20  # of one file
AT_ONE_PLACE = 10
OF_A_SUBMISSION = 300
