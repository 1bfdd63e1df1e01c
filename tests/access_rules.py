"""Who may open what: for every address the status that each role gets, by GET and by POST (with nothing in it).

404 where a room does not exist for somebody, 302 where a visitor is sent to the sign-in, 403 where one may see but not
do. The world is tests/access_world.py: director, coordinator and specialist hold their roles on the project asked for.
"""

from typing import NamedTuple

from django.urls import get_resolver

ROLES = ("visitor", "director", "coordinator", "specialist", "institution", "expert", "administration")
ADMINISTRATION = "administration"
JOB = "0b000000-0000-4000-8000-000000000001"
REPORT = "0b000000-0000-4000-8000-000000000002"


class Rule(NamedTuple):
    get: str
    post: str


EVERYBODY, NOBODY = "200 200 200 200 200 200 200", "405 405 405 405 405 405 405"
PEOPLE = "302 200 200 200 200 200 200"  # whoever has signed in
READ = Rule(EVERYBODY, NOBODY)
TO_SIGN_IN = "302 302 302 302 302 302 302"

#                              visitor director coordinator specialist institution expert administration
RULES: dict[str, Rule] = {
    # open to all
    "api-projects": READ,
    "countries": READ,
    "country": READ,
    "healthz": READ,
    "home": READ,
    "indicator": READ,
    "indicators": READ,
    "institution": READ,
    "institutions": READ,
    "library": READ,
    "method": READ,
    "network": READ,
    "networks": READ,
    "project": READ,
    "projects": READ,
    "variable": READ,
    "work": READ,
    "workshop": READ,
    "workshops": READ,
    "readyz": Rule("503 503 503 503 503 503 503", NOBODY),  # no worker while tests run
    "language": Rule(NOBODY, TO_SIGN_IN),  # back to the start
    # the account; these people have no password, so that nothing asks for it
    "account": Rule(PEOPLE, PEOPLE),
    "account_change_password": Rule(TO_SIGN_IN, TO_SIGN_IN),
    "account_confirm_email": Rule(EVERYBODY, "404 404 404 404 404 404 404"),
    "account_confirm_login_code": Rule(TO_SIGN_IN, TO_SIGN_IN),
    "account_email": Rule(PEOPLE, TO_SIGN_IN),
    "account_email_verification_sent": READ,
    "account_inactive": READ,
    "account_login": Rule("200 302 302 302 302 302 302", "200 302 302 302 302 302 302"),
    "account_logout": Rule(PEOPLE, TO_SIGN_IN),
    "account_reauthenticate": Rule("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "account_reset_password": Rule(EVERYBODY, EVERYBODY),
    "account_reset_password_done": READ,
    "account_reset_password_from_key": Rule(EVERYBODY, EVERYBODY),
    "account_reset_password_from_key_done": READ,
    "account_set_password": Rule(PEOPLE, PEOPLE),
    "account_signup": Rule("200 302 302 302 302 302 302", "200 302 302 302 302 302 302"),  # closed, and says so
    "mfa_activate_totp": Rule(PEOPLE, PEOPLE),
    "mfa_authenticate": Rule(TO_SIGN_IN, TO_SIGN_IN),
    "mfa_deactivate_totp": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "mfa_download_recovery_codes": Rule("302 404 404 404 404 404 404", "302 404 404 404 404 404 404"),
    "mfa_generate_recovery_codes": Rule(PEOPLE, PEOPLE),
    "mfa_index": Rule(PEOPLE, "302 405 405 405 405 405 405"),
    "mfa_reauthenticate": Rule("302 403 403 403 403 403 403", "302 403 403 403 403 403 403"),
    "mfa_view_recovery_codes": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "usersessions_list": Rule(PEOPLE, TO_SIGN_IN),
    # entry
    "monitoring": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "submission": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "submission-open": Rule("302 405 405 405 405 405 405", "302 302 403 403 404 404 302"),
    "sheet": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "unit-form": Rule("302 200 200 200 404 404 200", "302 200 200 403 404 404 403"),
    "narrative": Rule("302 200 404 200 404 404 200", "302 200 404 403 404 404 403"),
    "cell-save": Rule(NOBODY, "401 400 400 400 404 404 400"),  # nothing was sent
    "cell-panel": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "cell-history": Rule("302 200 200 200 404 404 200", "302 405 405 405 405 405 405"),
    "submit": Rule("302 405 405 405 405 405 405", "302 422 403 403 404 404 403"),  # incomplete
    "amend": Rule("302 409 404 409 404 404 403", "302 409 404 409 404 404 403"),  # not approved
    # review; a remark without its cell is nowhere
    "review": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "review-submission": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "remark": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "remark-answer": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "remark-resolve": Rule("302 405 405 405 405 405 405", "302 404 404 404 404 404 404"),
    "return": Rule("302 405 405 405 405 405 405", "302 404 404 409 404 404 403"),  # not submitted
    "approve": Rule("302 405 405 405 405 405 405", "302 404 404 409 404 404 403"),
    # portfolio, reports, figures; the report is the specialist's, its files do not exist yet, nor does the figure
    "portfolio": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "portfolio-refresh": Rule("302 405 405 405 405 405 405", "302 404 404 302 404 404 302"),
    "reports": Rule("302 200 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "report-new": Rule("302 200 404 200 404 404 200", "302 422 404 422 404 404 422"),
    "report": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
    "report-cancel": Rule("302 405 405 405 405 405 405", "302 404 404 302 404 404 302"),
    "report-file": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "figure": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "figure-rows": Rule("302 404 404 404 404 404 404", "302 405 405 405 405 405 405"),
    "job": Rule("302 404 404 200 404 404 200", "302 405 405 405 405 405 405"),
}

# What stands in an address, by parameter; then what one address needs otherwise.
SAMPLES = {
    "code": "PIP-01", "firm": "FIRMAAAAA", "iso2": "ar", "key": "0" * 16, "kind": "regular", "name": "report.pdf",
    "network": "N1", "number": 1, "pk": REPORT, "project": "PIP-01", "round_code": "2005-S1", "slug": "taller",
    "subject": "F:{firm}", "uidb36": "1", "variable": "service_hours", "object_id": "1", "content_type_id": "1",
    "app_label": "pip_network",
}  # fmt: skip
SPECIAL = {
    "country": {"iso2": "ar"},
    "indicator": {"code": "E02"},
    "institution": {"slug": "ejecutora"},
    "job": {"pk": JOB},
    "network": {"code": "N1"},
    "variable": {"code": "sales"},
    "work": {"number": "K1"},
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
