"""The programs that act by themselves, and what each may do. Whatever it may not, a person does."""

from pip_network.people.access import Permission, Process

# Gives the first role of its invented people; the rest they do themselves.
SEED_DEMO = Process("seed_demo", frozenset({Permission.MANAGE_PEOPLE}))
LOAD_REFERENCE = Process("load_reference", frozenset({Permission.MANAGE_CATALOGUE}))
FIRST_ADMINISTRATOR = Process("first_administrator", frozenset({Permission.MANAGE_PEOPLE}))
# Fills in what a file says, for whoever runs the portal.
IMPORT_WORKBOOK = Process(
    "import_workbook", frozenset({Permission.ENTER_NETWORK, Permission.ENTER_PROJECT})
)

# These only stand in the trail.
INVITATION = Process("system:invitation")  # gave the role of an invitation that a program had sent
OPERATOR = Process("operator")  # shut the portal, or opened it
RESTORE = Process("restore")  # put a backup back
VISITOR = Process("visitor")  # somebody who has not signed in was denied something
LETTER = Process("letter")  # whoever has a letter stops those of its kind to its reader

PROCESSES = (
    SEED_DEMO,
    LOAD_REFERENCE,
    FIRST_ADMINISTRATOR,
    IMPORT_WORKBOOK,
    INVITATION,
    OPERATOR,
    RESTORE,
    VISITOR,
    LETTER,
)
