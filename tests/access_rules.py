"""Who may open what: for every address the status that each role gets, by GET and by POST (with
nothing in it).

404 where a room does not exist for somebody, 302 where a visitor is sent to the sign-in, 403 where
one may see but not do. The world is tests/access_world.py: director, coordinator and specialist
hold their roles on the project asked for.
"""

from typing import NamedTuple

from django.urls import get_resolver

ROLES = (
    "visitor",
    "director",
    "coordinator",
    "specialist",
    "institution",
    "expert",
    "administration",
)
ADMINISTRATION = "administration"
NOBODY_THERE = 999999
JOB = "0b000000-0000-4000-8000-000000000001"
MEMBERSHIP = 9_000_001
REPORT = "0b000000-0000-4000-8000-000000000002"
EVENT = 900_000_001
LIST, PATH = "1STA0001", "SENDA001"


class Rule(NamedTuple):
    get: str
    post: str


EVERYBODY, NOBODY = "200 200 200 200 200 200 200", "405 405 405 405 405 405 405"
PEOPLE = "302 200 200 200 200 200 200"  # whoever has signed in
POSTED = "302 405 405 405 405 405 405"  # a button without a page of its own
READ = Rule(EVERYBODY, NOBODY)
CLOSED = "404 404 404 404 404 404 404"
OTHERS = "302 404 404 404 404 404 404"  # somebody else's
TO_SIGN_IN = "302 302 302 302 302 302 302"

#                              visitor director coordinator specialist institution expert administration
RULES: dict[str, Rule] = {
    # open to all
    "api-lessons": READ,
    "api-projects": READ,
    "api-works": READ,
    "countries": READ,
    "country": READ,
    "healthz": READ,
    "home": READ,
    "indicator": READ,
    "indicators": READ,
    "institution": READ,
    "institutions": READ,
    "library": READ,
    "library-feed": READ,
    "oai": Rule(EVERYBODY, EVERYBODY),  # programs ask it by POST too
    "thesaurus": READ,
    "manual": READ,
    "manual-chapter": READ,
    "manual-paper": READ,
    "method": READ,
    "network": READ,
    "networks": READ,
    "project": READ,
    "projects": READ,
    "variable": READ,
    "work": READ,
    "work-cite": READ,
    # its file and the text of its pages, where there are some
    "work-file": Rule(CLOSED, NOBODY),
    "work-file-version": Rule(CLOSED, NOBODY),
    "work-face": Rule(CLOSED, NOBODY),
    "work-page": Rule(CLOSED, NOBODY),
    # the library's forms: proposals are the members', the rest is kept by who curates
    "library-mine": Rule(PEOPLE, "302 405 405 405 405 405 405"),
    "library-curation": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    **dict.fromkeys(
        (
            "library-missed",
            "library-textless",
            "library-untranslated",
            "library-uses",
            "library-links",
            "library-doubts",
        ),
        Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    ),
    "library-records": Rule(OTHERS, "302 405 405 405 405 405 405"),
    "work-check-link": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "work-propose": Rule(PEOPLE, "302 422 422 422 422 422 422"),
    "work-correct": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "work-file-new": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "work-send-back": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "proposal-correct": Rule(OTHERS, OTHERS),  # of who made it: tests/knowledge/works
    "proposal-send": Rule(OTHERS, OTHERS),
    "work-decline": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "work-withdraw": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "work-review": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    "work-publish": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    "work-restore": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    # lists: those that are kept for all are open to all, reading lists are each member's own
    "lists": READ,
    "list": READ,
    "list-cite": READ,
    "list-new": Rule(PEOPLE, "302 422 422 422 422 422 422"),
    "collection-new": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "list-change": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "list-remove": Rule(POSTED, "302 403 403 302 403 403 302"),
    "list-restore": Rule(POSTED, "302 403 403 302 403 403 302"),
    "item-note": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    "item-raise": Rule(POSTED, "302 403 403 302 403 403 302"),
    "item-lower": Rule(POSTED, "302 403 403 302 403 403 302"),
    "item-remove": Rule(POSTED, "302 403 403 302 403 403 302"),
    "item-restore": Rule(POSTED, "302 403 403 302 403 403 302"),
    "work-list": Rule(POSTED, "302 302 302 302 302 302 302"),
    "path": READ,
    "path-whole": READ,
    "path-module": READ,
    "path-change": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "module-new": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "module-change": Rule("302 403 403 200 403 403 200", "302 403 403 422 403 403 422"),
    "module-remove": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    # nobody of this world has these numbers
    "reading-finish": Rule(POSTED, "302 404 404 404 404 404 404"),
    "reading-reopen": Rule(POSTED, "302 404 404 404 404 404 404"),
    "path-answer": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "searches": Rule(PEOPLE, "302 405 405 405 405 405 405"),
    "search-save": Rule(POSTED, "302 302 302 302 302 302 302"),
    "search-rename": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "search-stop": Rule(POSTED, "302 404 404 404 404 404 404"),
    "search-resume": Rule(POSTED, "302 404 404 404 404 404 404"),
    "search-remove": Rule(POSTED, "302 404 404 404 404 404 404"),
    "search-restore": Rule(POSTED, "302 404 404 404 404 404 404"),
    # lessons: one of PIP-01, validated and published; drafts are written by its people
    "lessons": READ,
    "lesson": READ,
    "lessons-mine": Rule("302 200 200 200 404 404 404", "302 405 405 405 405 405 405"),
    "lesson-new": Rule("302 200 200 200 404 404 404", "302 422 422 422 404 404 404"),
    "lesson-from-semester": Rule("302 405 405 405 405 405 405", "302 302 404 302 404 404 403"),
    "lesson-correct": Rule("302 200 200 200 403 403 403", "302 422 422 422 403 403 403"),
    "lesson-translate": Rule("302 200 200 200 403 403 200", "302 422 422 422 403 403 422"),
    "lesson-send": Rule("302 200 200 200 403 403 403", "302 302 302 302 403 403 403"),
    "lesson-delete": Rule("302 200 200 200 403 403 403", "302 302 302 302 403 403 403"),
    "lesson-restore": Rule("302 200 200 200 403 403 403", "302 302 302 302 403 403 403"),
    "lesson-cite-figure": Rule("302 200 200 200 403 403 403", "302 422 422 422 403 403 403"),
    "lesson-cite-work": Rule("302 200 200 200 403 403 403", "302 422 422 422 403 403 403"),
    "lesson-cite-address": Rule("302 200 200 200 403 403 403", "302 422 422 422 403 403 403"),
    "lesson-validate": Rule("302 200 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "lesson-unvalidate": Rule("302 200 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "lesson-agree": Rule("302 200 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "lesson-disagree": Rule("302 200 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "lesson-supersede": Rule("302 200 403 403 403 403 403", "302 422 403 403 403 403 403"),
    "lesson-reinstate": Rule("302 200 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "lesson-publish": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    "lesson-unpublish": Rule("302 403 403 200 403 403 200", "302 403 403 302 403 403 302"),
    # said by another project, which none of these people has
    "lesson-confirm": Rule("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "lesson-apply": Rule("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "lesson-uncite": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "lesson-unconfirm": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "lesson-unapply": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "workshop": READ,
    "workshops": READ,
    "security-txt": READ,
    "readyz": Rule("503 503 503 503 503 503 503", NOBODY),  # no worker while tests run
    "metrics": Rule(
        "404 404 404 404 404 404 404", NOBODY
    ),  # for who holds the token, and only where there is one
    "language": Rule(NOBODY, TO_SIGN_IN),  # back to the start
    # the public face; who has a work queue is sent to it from the start page
    "about": READ,
    "accessibility": READ,
    "components": Rule("404 404 404 404 404 404 200", NOBODY),
    "contact": READ,
    "favicon": Rule(TO_SIGN_IN, NOBODY),
    "figures": READ,
    "guide": READ,
    "help": READ,
    "manifest": READ,
    "privacy": READ,
    "robots": READ,
    "search": READ,
    "sitemap": READ,
    "start": Rule("302 302 302 302 200 200 200", "302 405 405 405 405 405 405"),
    # the registry's further lists and pages; firms are for those who may see their names
    "documented-projects": READ,
    "firms": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "typologies": READ,
    "typology": READ,
    # the account; these people have no password, so that nothing asks for it
    "account": Rule(PEOPLE, "302 422 422 422 422 422 422"),
    "account-calendar": Rule(PEOPLE, POSTED),
    "account-calendar-open": Rule(POSTED, PEOPLE),
    "account-calendar-close": Rule(POSTED, "302 302 302 302 302 302 302"),
    "personal-calendar": Rule(CLOSED, NOBODY),  # of no key
    "account-letters": Rule(PEOPLE, "302 422 422 422 422 422 422"),
    "mail-off": Rule(CLOSED, CLOSED),  # not signed here; a good one: people/test_letters.py
    "uploads": Rule("302 405 405 405 405 405 405", "302 412 412 412 412 412 412"),
    "upload": Rule("302 405 405 405 405 405 405", "302 405 405 405 405 405 405"),
    "account_change_password": Rule(TO_SIGN_IN, TO_SIGN_IN),
    "account_confirm_email": Rule(CLOSED, CLOSED),
    "account_confirm_login_code": Rule(CLOSED, CLOSED),
    "account_email": Rule(CLOSED, CLOSED),
    "account_email_verification_sent": Rule(CLOSED, CLOSED),
    "account-index": Rule(TO_SIGN_IN, TO_SIGN_IN),
    "account_inactive": READ,
    "account_login": Rule("200 302 302 302 302 302 302", "200 302 302 302 302 302 302"),
    "account_logout": Rule(PEOPLE, TO_SIGN_IN),
    "account_reauthenticate": Rule("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "account_reset_password": Rule(EVERYBODY, EVERYBODY),
    "account_reset_password_done": READ,
    "account_reset_password_from_key": Rule(EVERYBODY, EVERYBODY),
    "account_reset_password_from_key_done": READ,
    "account_set_password": Rule(PEOPLE, PEOPLE),
    "account_signup": Rule(
        "200 302 302 302 302 302 302", "200 302 302 302 302 302 302"
    ),  # closed, and says so
    "mfa_activate_totp": Rule(PEOPLE, PEOPLE),
    "mfa_authenticate": Rule(TO_SIGN_IN, TO_SIGN_IN),
    "mfa_deactivate_totp": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "mfa_download_recovery_codes": Rule(
        "302 404 404 404 404 404 404", "302 404 404 404 404 404 404"
    ),
    "mfa_generate_recovery_codes": Rule(PEOPLE, PEOPLE),
    "mfa_index": Rule(PEOPLE, "302 405 405 405 405 405 405"),
    "mfa_reauthenticate": Rule("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "mfa_view_recovery_codes": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "usersessions_list": Rule(PEOPLE, TO_SIGN_IN),
    "session-end": Rule(
        NOBODY, "302 404 404 404 404 404 404"
    ),  # nobody's own session has that number
    # the registry's forms: projects, networks, institutions are the administration's; N1 and PIP-01
    # are not archived
    "project-edit": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "project-archive": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "project-restore": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 409"),
    "network-new": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "network-edit": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "network-dissolve": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "network-reinstate": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 409"),
    "network-archive": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "network-restore": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 409"),
    "institution-describe": Rule("302 403 403 403 200 403 403", "302 403 403 403 302 403 403"),
    "institution-edit": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "institution-archive": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 422"),
    "institution-restore": Rule("302 403 403 403 403 403 200", "302 403 403 403 403 403 409"),
    "project-new": Rule("302 404 404 404 404 404 200", "302 404 404 404 404 404 422"),
    "institution-new": Rule("302 404 404 404 404 404 200", "302 404 404 404 404 404 422"),
    # firms: seen by those who work with them, kept by director and coordinator; the record knows
    # this one
    "firm": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "firm-new": Rule("302 200 200 403 403 403 200", "302 422 422 403 403 403 422"),
    "firm-edit": Rule("302 200 200 403 404 404 200", "302 422 422 403 404 404 422"),
    "firm-close": Rule("302 200 200 403 404 404 200", "302 422 422 403 404 404 422"),
    "firm-reopen": Rule("302 200 200 403 404 404 200", "302 409 409 403 404 404 409"),
    "firm-archive": Rule("302 200 200 403 404 404 200", "302 422 422 403 404 404 422"),
    "firm-restore": Rule("302 200 200 403 404 404 200", "302 409 409 403 404 404 409"),
    "firm-join": Rule("302 200 200 403 404 404 200", "302 422 422 403 404 404 422"),
    "membership-edit": Rule("302 200 200 403 404 404 200", "302 422 422 403 404 404 422"),
    "membership-leave": Rule("302 200 200 403 404 404 200", "302 422 422 403 404 404 422"),
    "membership-stay": Rule("302 200 200 403 404 404 200", "302 409 409 403 404 404 409"),
    "membership-never": Rule("302 200 200 403 404 404 200", "302 302 302 403 404 404 302"),
    "firm-anonymise": Rule("302 404 404 404 404 404 200", "302 404 404 404 404 404 422"),
    "firm-duplicates": Rule("302 200 200 404 404 404 200", "302 405 405 405 405 405 405"),
    "firm-merge": Rule("302 200 200 404 404 404 200", "302 422 422 404 404 404 422"),
    "firm-split": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "firm-not-same": Rule("302 405 405 405 405 405 405", "302 302 302 403 404 404 302"),
    "firm-maybe-same": Rule("302 405 405 405 405 405 405", "302 409 409 403 404 404 409"),
    # entry
    "monitoring": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "submission": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "submission-open": Rule("302 405 405 405 405 405 405", "302 302 403 403 404 404 302"),
    "sheet": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "unit-form": Rule("302 200 200 200 404 404 200", "302 200 200 403 404 404 403"),
    "quality": Rule("302 200 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "narrative": Rule("302 200 404 200 404 404 200", "302 200 404 403 404 404 403"),
    "narrative-save": Rule(NOBODY, "401 400 404 400 404 404 400"),  # nothing was sent
    "sheet-visits": Rule(NOBODY, "401 200 200 200 404 404 200"),
    "cell-save": Rule(NOBODY, "401 400 400 400 404 404 400"),  # nothing was sent
    "workbook": Rule("302 200 200 200 404 404 200", "302 422 422 403 404 404 403"),
    "past-rounds": Rule("302 403 403 403 404 404 200", "302 403 403 403 404 404 422"),
    "project-data": Rule("302 200 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "workbook-file": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    # an upload is of who made it: tests/monitoring/workbook
    "workbook-preview": Rule(OTHERS, "302 405 405 405 405 405 405"),
    "workbook-marked": Rule(OTHERS, "302 405 405 405 405 405 405"),
    "workbook-confirm": Rule("302 405 405 405 405 405 405", OTHERS),
    "workbook-take-back": Rule("302 405 405 405 405 405 405", OTHERS),
    "cell-panel": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "cell-history": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "submit": Rule("302 302 302 302 302 302 302", "302 422 403 403 404 404 403"),  # incomplete
    "withdraw": Rule("302 405 405 405 405 405 405", "302 409 403 403 404 404 403"),  # not submitted
    "discard": Rule("302 409 404 409 404 404 403", "302 409 404 409 404 404 403"),  # no amendment
    "amend": Rule("302 409 404 409 404 404 403", "302 409 404 409 404 404 403"),  # not approved
    # evidence; nothing was said beside what, and nobody has that piece
    "evidence": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "evidence-attach": Rule(OTHERS, OTHERS),
    "evidence-withdraw": Rule(POSTED, OTHERS),
    "evidence-put-back": Rule(POSTED, OTHERS),
    "evidence-file": Rule(OTHERS, "302 405 405 405 405 405 405"),
    "evidence-take-away": Rule(OTHERS, OTHERS),
    # review; a remark without its cell is nowhere
    "review": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "review-beside": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "review-submission": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "remark": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "remark-answer": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "remark-resolve": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "begin": Rule("302 405 405 405 405 405 405", "302 404 404 409 404 404 403"),  # not submitted
    "return": Rule("302 302 302 302 302 302 302", "302 404 404 409 404 404 403"),  # not submitted
    "approve": Rule("302 302 302 302 302 302 302", "302 404 404 409 404 404 403"),
    "due-extend": Rule("302 404 404 200 404 404 403", "302 404 404 422 404 404 403"),
    "due-remind": Rule("302 404 404 200 404 404 403", "302 404 404 422 404 404 403"),
    # portfolio, reports, figures; the report is the specialist's, its files do not exist yet, nor
    # does the figure
    "portfolio": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "portfolio-refresh": Rule("302 405 405 405 405 405 405", "302 404 404 302 404 404 302"),
    "reports": Rule("302 200 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "report-new": Rule("302 200 404 200 404 404 200", "302 422 404 422 404 404 422"),
    "report": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "report-cancel": Rule("302 405 405 405 405 405 405", "302 404 404 302 404 404 302"),
    "report-rebuild": Rule("302 405 405 405 405 405 405", "302 404 404 302 404 404 302"),
    "report-file": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "figure": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "figure-rows": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    # targets; nothing was sent, and nobody has that proposal
    "targets": Rule("302 200 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "targets-propose": Rule("302 200 404 200 404 404 200", "302 422 404 403 404 404 403"),
    "targets-agree": Rule(TO_SIGN_IN, "302 403 404 422 404 404 403"),
    "targets-send-back": Rule(TO_SIGN_IN, "302 403 404 422 404 404 403"),
    "targets-withdraw": Rule("302 302 404 302 404 404 302", "302 404 404 403 404 404 403"),
    # pages for the firms; nobody asked for such a file
    "feedback": Rule("302 200 200 200 404 404 200", "302 422 422 422 404 404 422"),
    "feedback-page": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "feedback-paper": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "feedback-file": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    # people and invitations; nobody of this world has that number
    "people": Rule("302 404 404 404 404 404 200", NOBODY),
    "person": Rule("302 404 404 404 404 404 404", NOBODY),
    "person-change": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "person-off": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "person-on": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "person-sessions": Rule(NOBODY, "302 404 404 404 404 404 404"),
    "person-password": Rule(NOBODY, "302 404 404 404 404 404 404"),
    "role-give": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "role-end": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "invitations": Rule("302 404 404 404 404 404 200", NOBODY),
    "invite": Rule("302 404 404 404 404 404 200", "302 404 404 404 404 404 422"),
    "invitation": Rule("302 404 404 404 404 404 404", NOBODY),
    "invitation-again": Rule(NOBODY, "302 404 404 404 404 404 404"),
    "invitation-withdraw": Rule(NOBODY, "302 404 404 404 404 404 404"),
    "invitation-letter": Rule(TO_SIGN_IN, NOBODY),
    "invitation-answer": Rule("410 200 200 200 200 200 200", "410 200 200 200 200 200 200"),
    "job": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    # the audit trail
    "audit": Rule("302 404 404 404 404 404 200", "302 405 405 405 405 405 405"),
    "audit-event": Rule("302 404 404 404 404 404 200", "302 405 405 405 405 405 405"),
}

# What stands in an address, by parameter; then what one address needs otherwise.
SAMPLES = {
    "attribute": "sector",
    "code": "PIP-01",
    "extension": "xlsx",
    "other": "FIRMBBBBB",
    "firm": "FIRMAAAAA",
    "indicator": "C01",
    "iso2": "ar",
    "key": "0" * 16,
    "language": "es",
    "kind": "regular",
    "name": "report.pdf",
    "network": "N1",
    "notation": "ris",
    "number": 1,
    "pk": REPORT,
    "project": "PIP-01",
    "round_code": "2005-S1",
    "slug": "taller",
    "subject": "F:{firm}",
    "token": "WzEsInJldHVybmVkIl0.forged",
    "uidb36": "1",
    "variable": "service_hours",
    "version": 1,
    "work": "K1",
    "object_id": "1",
    "content_type_id": "1",
    "app_label": "pip_network",
}
FIRM_FORMS = (
    "firm",
    "firm-edit",
    "firm-close",
    "firm-reopen",
    "firm-archive",
    "firm-restore",
    "firm-join",
    "firm-anonymise",
    "firm-merge",
    "firm-split",
    "firm-not-same",
    "firm-maybe-same",
)
NETWORK_FORMS = (
    "firm-new",
    "network-edit",
    "network-dissolve",
    "network-reinstate",
    "network-archive",
    "network-restore",
)
SEARCH_FORMS = (
    "search-rename",
    "search-stop",
    "search-resume",
    "search-remove",
    "search-restore",
)
LIST_PAGES = ("list", "list-cite", "list-change", "list-remove", "list-restore")
ITEM_PAGES = ("item-note", "item-raise", "item-lower", "item-remove", "item-restore")
PATH_PAGES = (
    "path",
    "path-whole",
    "path-module",
    "path-change",
    "module-new",
    "module-change",
    "module-remove",
    "reading-finish",
    "reading-reopen",
    "path-answer",
)
WORK_FORMS = (
    "work-correct",
    "work-file-new",
    "work-review",
    "work-publish",
    "work-send-back",
    "work-check-link",
    "proposal-correct",
    "proposal-send",
    "work-decline",
    "work-withdraw",
    "work-restore",
    "work-file",
    "work-file-version",
    "work-face",
    "work-page",
    "work-cite",
)
LESSON = "LESS0N1A"
LESSON_FORMS = (
    "lesson",
    "lesson-correct",
    "lesson-translate",
    "lesson-send",
    "lesson-delete",
    "lesson-restore",
    "lesson-cite-figure",
    "lesson-cite-work",
    "lesson-cite-address",
    "lesson-validate",
    "lesson-unvalidate",
    "lesson-agree",
    "lesson-disagree",
    "lesson-supersede",
    "lesson-reinstate",
    "lesson-publish",
    "lesson-unpublish",
    "lesson-confirm",
    "lesson-apply",
    "lesson-uncite",
    "lesson-unconfirm",
    "lesson-unapply",
)
SPECIAL = {
    **dict.fromkeys(LESSON_FORMS, {"code": LESSON, "pk": NOBODY_THERE}),
    "person": {"pk": NOBODY_THERE},
    "person-change": {"pk": NOBODY_THERE},
    "person-off": {"pk": NOBODY_THERE},
    "person-on": {"pk": NOBODY_THERE},
    "person-sessions": {"pk": NOBODY_THERE},
    "session-end": {"pk": NOBODY_THERE},
    "person-password": {"pk": NOBODY_THERE},
    "role-give": {"pk": NOBODY_THERE},
    "role-end": {"pk": NOBODY_THERE},
    "invitation": {"pk": NOBODY_THERE},
    "invitation-again": {"pk": NOBODY_THERE},
    "invitation-withdraw": {"pk": NOBODY_THERE},
    "audit-event": {"pk": EVENT},
    "country": {"iso2": "ar"},
    **dict.fromkeys(FIRM_FORMS, {"code": "FIRMAAAAA", "other": "FIRMBBBBB"}),
    **dict.fromkeys(
        ("membership-edit", "membership-leave", "membership-stay", "membership-never"),
        {"code": "FIRMBBBBB", "pk": MEMBERSHIP},
    ),
    **dict.fromkeys(NETWORK_FORMS, {"code": "N1"}),
    **dict.fromkeys(
        (
            "institution-edit",
            "institution-describe",
            "institution-archive",
            "institution-restore",
        ),
        {"slug": "ejecutora"},
    ),
    "indicator": {"code": "E02"},
    "institution": {"slug": "ejecutora"},
    "guide": {"slug": "director"},
    "job": {"pk": JOB},
    "network": {"code": "N1"},
    "typology": {"code": "cluster"},
    "variable": {"code": "sales"},
    "manual-chapter": {"key": "indicators/sales"},
    "manual-paper": {"language": "es"},
    **dict.fromkeys(
        ("workbook-preview", "workbook-marked", "workbook-confirm", "workbook-take-back"),
        {"pk": JOB},
    ),
    **dict.fromkeys(("evidence-file", "evidence-take-away"), {"key": JOB}),
    **dict.fromkeys(WORK_FORMS, {"code": "K1"}),
    "work": {"code": "K1"},
    "work-list": {"code": "K1"},
    **dict.fromkeys((*LIST_PAGES, *ITEM_PAGES), {"code": LIST}),
    **dict.fromkeys(PATH_PAGES, {"code": PATH, "pk": NOBODY_THERE}),
    **dict.fromkeys(SEARCH_FORMS, {"pk": NOBODY_THERE}),
}


def parameters(name: str, **other: str) -> dict[str, str | int]:
    """Arguments for the address `name`; `other` puts another project, network or firm into it."""
    values = {**SAMPLES, **other}
    values["subject"] = f"F:{values['firm']}"
    return {key: SPECIAL.get(name, {}).get(key, values[key]) for key in wanted(name)}


def wanted(name: str) -> list[str]:
    """The parameters of the address `name`."""
    resolver = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return resolver.reverse_dict.getlist(last)[0][0][0][1]
