"""How much comes in: of one file, and of one person."""

import datetime as dt

# What the server in front takes of one form (front/portal.conf.template), less what the form says
# besides; of 300 pages with pictures few are longer, and on a line of 1 Mbit/s it takes four
# minutes. UPLOAD_MOST_MB says it otherwise.
MEGABYTE = 1 << 20

OPEN_UPLOADS = 20  # of one person, at a time
OPEN_FILES = 10  # of the longest kind: how many bytes her uploads may hold together
KEEP = dt.timedelta(days=2)  # an upload after its last piece; a file to which nothing points
