"""Exchange rates and price indices in the administration: form and file, one preview, one reason,
one approval.
"""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.models import Approval, Rate, RecordHead, Report
from monitoring.numbers import plain
from monitoring.rates import needed
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.rates.needed import Pair
from monitoring.record.chain import verify
from pip_network.models import AuditEvent, Job
from pip_network.people.access import Role
from pip_network.site.home.waiting import missing_rates
from pip_network.web.errors import Conflict
from tests import factories
from tests.desk import counts, reasons, waiting_in
from tests.factories import day, moment
from tests.monitoring.racers import two_racers
from tests.pip_network.files.incoming import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
ROOM = "/admin/monitoring/rate/"
FORM = f"{ROOM}approve/"
TABLE = "monitoring/rate"
HEADINGS = ["currency", "period", "usd_rate", "cpi", "source"]
AT = moment("2006-08-01")


@pytest.fixture
def admin(db):
    return factories.user("gestora", role=Role.ADMINISTRATION, language="en")


@pytest.fixture
def rates(admin):
    """ARS in two periods, BRL in one; the countries of both."""
    factories.country("AR", "ARS")
    factories.country("BR", "BRL")
    rows = [
        RateRow("ARS", "2005", Decimal("2.905"), Decimal("140.5"), "BCRA"),
        RateRow("ARS", "2005-S1", Decimal("2.9"), Decimal("138"), "BCRA"),
        RateRow("BRL", "2005", Decimal("2.43"), Decimal("150"), "=BCB"),
    ]
    return approve_rates(rows, "Series oficiales", by=admin, at=AT)


def live() -> list[tuple]:
    return [
        (r.currency, r.period, plain(r.usd_rate), plain(r.cpi), r.source, r.approved_in_id)
        for r in Rate.objects.live().order_by("currency", "period")
    ]


def book(*rows) -> bytes:
    return files.workbook(HEADINGS, *rows)


def sent(*rows, reason: str = "Revisión anual", **extra) -> dict:
    """The form as the browser sends it."""
    data = {
        "rows-TOTAL_FORMS": str(len(rows)),
        "rows-INITIAL_FORMS": "0",
        "reason": reason,
        **extra,
    }
    for i, row in enumerate(rows):
        data |= {f"rows-{i}-{name}": value for name, value in zip(HEADINGS, row, strict=True)}
    return data


def approve(desk, waiting: str, reason: str = "Revisión anual", **extra):
    return desk.client.post(
        f"{ROOM}process_import/", {"waiting": waiting, "reason": reason, **extra}
    )


def told(page) -> list[tuple]:
    """(row, label, old, new, difference) of each change that a preview shows."""
    return [
        (row["key"], each["label"], each["old"], each["new"], each["by"])
        for group in page.context["plan"]["groups"]
        for row in group["rows"]
        for each in row["changes"]
    ]


ROWS = [
    ["ARS", "2005", "3.05", "140.5", "BCRA"],
    ["ars", "2005-s2", "2,9512", "145,25", "BCRA"],
    ["BRL", "2005", "2.43", "150", "=BCB"],
    ["", "", "", "", ""],
    ["UYU", "2005", "", "", ""],
]


class TestTheForm:
    def test_shows_what_would_change_and_stores_nothing(self, desk, rates):
        before = live()
        page = desk.client.post(FORM, sent(*ROWS))
        assert counts(page) == {"changed": 1, "new": 1, "unchanged": 1}
        assert told(page) == [
            ("ARS · 2005", "Local units per US$", "2.905", "3.05", "+4.99%"),
            ("ARS · 2005-S2", "Currency", "", "ARS", ""),
            ("ARS · 2005-S2", "Period", "", "2005-S2", ""),
            ("ARS · 2005-S2", "Local units per US$", "", "2.9512", ""),
            ("ARS · 2005-S2", "Consumer price index (2000 = 100)", "", "145.25", ""),
            ("ARS · 2005-S2", "Source", "", "BCRA", ""),
        ]
        assert (live(), Approval.objects.count()) == (before, 1)

    def test_its_confirmation_is_one_approval(self, desk, rates):
        answer = approve(desk, waiting_in(desk.client.post(FORM, sent(*ROWS))))
        assert (answer.status_code, answer.url) == (302, ROOM)
        assert live() == [
            ("ARS", "2005", "3.05", "140.5", "BCRA", 2),
            ("ARS", "2005-S1", "2.9", "138", "BCRA", 1),
            ("ARS", "2005-S2", "2.9512", "145.25", "BCRA", 2),
            ("BRL", "2005", "2.43", "150", "=BCB", 1),
        ]
        approval = Approval.objects.get(number=2)
        assert (approval.kind, approval.reason, approval.approver_id) == (
            "rates",
            "Revisión anual",
            desk.person.pk,
        )
        assert verify().whole
        trail = list(
            AuditEvent.objects.filter(verb__in=["rates.approved", "import.confirmed"])
            .order_by("id")
            .values_list("verb", "object")
        )
        assert trail == [("rates.approved", "A:1"), ("rates.approved", "A:2")]

    @pytest.mark.parametrize(
        ("row", "field", "sentence"),
        [
            (
                ["ARS", "2005", "2.905", "140", ""],
                "usd_rate",
                "“2.905” could be two numbers: write 2905 or 2.9050.",
            ),
            (["ARS", "2005", "dos", "140", ""], "usd_rate", "“dos” is not a number."),
            (
                ["ARS", "2005", "-2.9", "140", ""],
                "__all__",
                "Rates and price indices are positive numbers",
            ),
            (
                ["ARS", "2005", "2.9", "0", ""],
                "__all__",
                "Rates and price indices are positive numbers",
            ),
            (
                ["ARS", "2005", "99999999", "140", ""],
                "__all__",
                "Rates and price indices are positive numbers",
            ),
            (
                ["ARS", "2005", "1.123456789", "140", ""],
                "usd_rate",
                "This number has too many decimals",
            ),
            (["ARS", "2005", "2.9", "", ""], "cpi", "It cannot be blank"),
            (["ARS", "", "2.9", "140", ""], "period", "It cannot be blank"),
            (["ARS", "2005-S3", "2.9", "140", ""], "__all__", "A rate names a currency"),
            (["ARS", "05", "2.9", "140", ""], "__all__", "A rate names a currency"),
            (
                ["ARZ", "2005", "2.9", "140", ""],
                "__all__",
                "No country of the registry has the currency ARZ: correct the code, or give the "
                "currency to its country first.",
            ),
            (["ARS", "2095", "2.9", "140", ""], "__all__", "The period 2095 has not begun"),
            (
                ["ARS", "0000", "2.9", "140", ""],
                "__all__",
                "The period 0000 is too long ago to be meant: correct the year.",
            ),
            (["USD", "2005", "2", "140", ""], "__all__", "One US dollar is one US dollar"),
            (
                ["ARS", "2005", "2.9", "140", "x" * 201],
                "source",
                "Ensure this value has at most 200 characters",
            ),
        ],
    )
    def test_refuses_beside_the_field(self, desk, rates, row, field, sentence):
        page = desk.client.post(FORM, sent(row, ["BRL", "2005-S1", "2.5", "149", ""]))
        assert page.status_code == 422
        errors = page.context["rows"].errors[0]
        assert (list(errors), errors[field][0].startswith(sentence)) == ([field], True), errors
        assert (waiting_in(page), Approval.objects.count()) == ("", 1)

    @pytest.mark.parametrize(
        "row",
        [
            ["ARS", "2005", "2.9051", "140", ""],
            ["ARS", "2005", "9999999.99999999", "0.00000001", ""],
            ["ARS", "2005-S2", "2,9", "140", "x" * 200],
            ["USD", "2005", "1", "140", ""],
        ],
    )
    def test_the_twins_are_taken(self, desk, rates, row):
        assert waiting_in(desk.client.post(FORM, sent(row, ["BRL", "2005-S1", "2.5", "149", ""])))

    def test_the_same_twice_and_nothing_at_all(self, desk, rates):
        row = ["ARS", "2005", "2.91", "140", ""]
        twice = desk.client.post(FORM, sent(row, row))
        assert (twice.status_code, twice.context["rows"].errors[1]) == (
            422,
            {
                "period": [
                    "This currency and period stands in another row already: keep one of the two."
                ]
            },
        )
        empty = desk.client.post(FORM, sent(["ARS", "2005", "", "", ""]))
        assert empty.context["rows"].non_form_errors() == [
            "Write the rate and the price index of at least one row."
        ]
        assert desk.client.post(FORM, {}).status_code == 422

    def test_more_rows_than_the_page_offers(self, desk, rates):
        page = desk.client.post(
            FORM, sent(*(["ARS", str(1950 + i % 50), "2", "1", ""] for i in range(121)))
        )
        assert (page.status_code, waiting_in(page)) == (422, "")

    def test_what_is_posted_beside_the_fields_is_not_read(self, desk, rates):
        page = desk.client.post(
            FORM,
            sent(
                ["ARS", "2005", "3", "140.5", ""],
                **{"rows-0-approved_in": "1", "rows-0-id": "1", "rows-0-superseded_in": "1"},
            ),
        )
        extra = {
            "usd_rate": "9",
            "rows": "[]",
            "kind": "submission",
            "number": "77",
            "approver": "1",
        }
        approve(desk, waiting_in(page), **extra)
        assert [row for row in live() if row[1] == "2005"][0] == (
            "ARS",
            "2005",
            "3",
            "140.5",
            "",
            2,
        )
        assert (Approval.objects.get(number=2).kind, Approval.objects.count()) == ("rates", 2)

    def test_proposes_what_is_in_force_and_nothing_ambiguous(self, desk, rates):
        page = desk.client.get(f"{FORM}?row=ARS:2005&row=BRL:1999&row=x&row=BRL:2005")
        first, second, third = page.context["rows"].forms[:3]
        assert [first[name].value() for name in HEADINGS] == [
            "ARS",
            "2005",
            "2.9050",
            "140.5",
            "BCRA",
        ]
        assert (second["currency"].value(), third["currency"].value()) == ("BRL", None)
        # in Spanish the same number comes back as itself
        desk.person.language = "es"
        desk.person.save()
        page = desk.client.get(f"{FORM}?row=ARS:2005")
        row = [page.context["rows"].forms[0][name].value() for name in HEADINGS]
        assert row[2] == "2,9050"
        assert counts(desk.client.post(FORM, sent(row))) == {"unchanged": 1}

    def test_one_goes_back_to_the_rows_of_a_preview(self, desk, client, rates):
        waiting = waiting_in(desk.client.post(FORM, sent(*ROWS, reason="Por esto y por lo otro")))
        page = desk.client.get(f"{FORM}?again={waiting}")
        assert [form["usd_rate"].value() for form in page.context["rows"].forms[:4]] == [
            "3.05",
            "2.9512",
            "2.43",
            None,
        ]
        assert page.context["reason"]["reason"].value() == "Por esto y por lo otro"
        client.force_login(factories.user("otra", role=Role.ADMINISTRATION, language="en"))
        assert (
            client.get(f"{FORM}?again={waiting}").context["rows"].forms[0]["usd_rate"].value()
            is None
        )


class TestTheConfirmation:
    @pytest.fixture
    def waiting(self, desk, rates) -> str:
        return waiting_in(desk.client.post(FORM, sent(["ARS", "2005", "3.05", "140.5", "BCRA"])))

    def test_wants_a_reason_and_keeps_the_rest(self, desk, waiting):
        page = approve(desk, waiting, reason="  ")
        assert (page.status_code, page.context["refusal"]) == (
            422,
            "Say why, in at least 10 letters: who reads it later will want to know.",
        )
        assert (Approval.objects.count(), counts(page)) == (1, {"changed": 1})
        assert approve(desk, waiting_in(page)).status_code == 302
        assert Approval.objects.count() == 2

    @pytest.mark.parametrize(
        ("reason", "status"),
        [("corrección" * 100 + "x", 422), ("corrección\0", 422), ("corrección" * 100, 302)],
    )
    def test_wants_a_reason_that_can_be_kept(self, desk, waiting, reason, status):
        assert approve(desk, waiting, reason=reason).status_code == status
        assert Approval.objects.count() == (2 if status == 302 else 1)

    def test_counts_once(self, desk, waiting):
        first, second = approve(desk, waiting), approve(desk, waiting)
        assert (first.url, second.url, Approval.objects.count()) == (ROOM, f"{ROOM}import/", 2)

    def test_is_of_one_person(self, desk, client, waiting):
        client.force_login(factories.user("otra", role=Role.ADMINISTRATION))
        assert approve(desk, waiting).url == f"{ROOM}import/"
        assert Approval.objects.count() == 1
        client.force_login(desk.person)
        assert approve(desk, waiting).url == ROOM

    @pytest.mark.parametrize(
        "forged", ["", "x", "../../etc/passwd", "a" * 43, "a" * 5000, "é" * 43]
    )
    def test_of_a_forged_name_is_none(self, desk, waiting, forged):
        assert approve(desk, forged).url == f"{ROOM}import/"
        assert Approval.objects.count() == 1
        assert approve(desk, waiting).url == ROOM

    def test_a_rate_that_somebody_corrected_meanwhile_is_refused_with_both(self, desk, waiting):
        other = factories.user("otra", role=Role.ADMINISTRATION)
        approve_rates(
            [RateRow("ARS", "2005", "2.95", "141", "FMI")], "Corrige una cifra", by=other, at=AT
        )
        page = approve(desk, waiting)
        assert (page.status_code, Approval.objects.count()) == (409, 2)
        assert page.context["overtaken"] == [
            {
                "key": "ARS 2005",
                "then": "rate 2.905, index 140.5 (BCRA)",
                "now": "rate 2.95, index 141 (FMI)",
                "given": "rate 3.05, index 140.5 (BCRA)",
            }
        ]
        content = page.content.decode()
        assert all(each in content for each in page.context["overtaken"][0].values())
        assert approve(desk, waiting).url == f"{ROOM}import/"  # the old preview is no more
        assert approve(desk, waiting_in(page)).url == ROOM  # looked at anew, it is her decision
        assert live()[0] == ("ARS", "2005", "3.05", "140.5", "BCRA", 3)

    def test_another_pair_that_changed_meanwhile_is_no_reason(self, desk, waiting):
        other = factories.user("otra", role=Role.ADMINISTRATION)
        approve_rates(
            [RateRow("BRL", "2005", "2.5", "150", "")], "Corrige una cifra", by=other, at=AT
        )
        assert approve(desk, waiting).url == ROOM

    def test_an_unchanged_row_that_somebody_corrected_is_not_taken_back(self, desk, rates):
        waiting = waiting_in(
            desk.client.post(
                FORM, sent(["ARS", "2005", "3", "1", ""], ["BRL", "2005", "2.43", "150", "=BCB"])
            )
        )
        other = factories.user("otra", role=Role.ADMINISTRATION)
        approve_rates(
            [RateRow("BRL", "2005", "2.5", "150", "")], "Corrige una cifra", by=other, at=AT
        )
        assert approve(desk, waiting).status_code == 409
        assert live()[-1] == ("BRL", "2005", "2.5", "150", "", 2)

    def test_the_same_correction_by_another_is_shown_too(self, desk, rates):
        """Her reason would stand beside what was approved for another one."""
        waiting = waiting_in(
            desk.client.post(
                FORM, sent(["ARS", "2005", "3", "1", ""], ["BRL", "2005", "2.5", "150", ""])
            )
        )
        other = factories.user("otra", role=Role.ADMINISTRATION)
        approve_rates(
            [RateRow("BRL", "2005", "2.5", "150", "")], "Corrige una cifra", by=other, at=AT
        )
        page = approve(desk, waiting)
        assert (page.status_code, [each["key"] for each in page.context["overtaken"]]) == (
            409,
            ["BRL 2005"],
        )
        assert counts(page) == {"changed": 1, "unchanged": 1}

    def test_a_new_pair_that_somebody_approved_first(self, desk, rates):
        waiting = waiting_in(desk.client.post(FORM, sent(["ARS", "2004", "2.9", "130", ""])))
        other = factories.user("otra", role=Role.ADMINISTRATION)
        approve_rates(
            [RateRow("ARS", "2004", "2.8", "130", "")], "Primera, según acta", by=other, at=AT
        )
        page = approve(desk, waiting)
        assert (page.status_code, page.context["overtaken"][0]["then"]) == (409, "none")

    def test_nobody_is_asked_by_get(self, desk, waiting):
        assert (
            desk.client.get(
                f"{ROOM}process_import/", {"waiting": waiting, "reason": "Según acta de la junta"}
            ).status_code
            == 405
        )

    def test_who_may_is_asked_again(self, desk, waiting):
        """The role ended between the preview and its confirmation: for her there is no such room
        any more.
        """
        role = desk.person.assignments.get()
        role.until = day("2001-01-01")
        role.save()
        assert approve(desk, waiting).status_code == 404
        assert Approval.objects.count() == 1
        role.until = None
        role.save()
        assert approve(desk, waiting).status_code == 302


def test_the_action_refuses_what_was_not_seen(rates, admin):
    """Under the lock of the record, so that nothing comes between the look and the write."""
    row = RateRow("ARS", "2005", Decimal(3), Decimal("140.5"), "")
    then = {("ARS", "2005"): (Decimal("2.904"), Decimal("140.5"), "BCRA")}
    with pytest.raises(Conflict) as refused:
        approve_rates([row], "Según acta de la junta", by=admin, at=AT, seen=then)
    assert (refused.value.place, refused.value.context["overtaken"][0].in_force[0]) == (
        "ARS 2005",
        Decimal("2.905"),
    )
    then = {("ARS", "2005"): (Decimal("2.905"), Decimal("140.5"), "BCRA")}
    assert approve_rates([row], "Según acta de la junta", by=admin, at=AT, seen=then).number == 2


class TestFiles:
    def test_a_file_is_previewed_and_confirmed_as_one_approval(self, desk, rates):
        page = desk.choose(TABLE, book(*ROWS[:1], ["BRL", "2004", 2.93, 140, None]))
        assert counts(page) == {"changed": 1, "new": 1}
        assert approve(desk, waiting_in(page)).url == ROOM
        assert [row for row in live() if row[5] == 2] == [
            ("ARS", "2005", "3.05", "140.5", "BCRA", 2),
            ("BRL", "2004", "2.93", "140", "", 2),
        ]
        imported = AuditEvent.objects.get(verb="import.confirmed")
        assert (imported.object, imported.details["rows"]) == (
            "T:monitoring.rate",
            {"new": 1, "changed": 1},
        )
        assert (Approval.objects.count(), verify().whole) == (2, True)

    def test_each_refused_row_says_where_and_why(self, desk, rates):
        page = desk.choose(
            TABLE,
            book(
                ["ARS", "2004", 2.9, 130, None],
                ["ARS", "2005-S3", 2.9, 130, None],
                ["XXX", "2004", 2.9, 130, None],
                ["BRL", "2004", "1.234", 130, None],
                ["BRL", "2003", 0, 130, None],
                ["BRL", "2002", 2.123456789, 130, None],
                ["ARS", "2004", 2.8, 130, None],
                ["BRL", "2001", files.formula("=1+1", 2), 130, None],
                ["USD", "2004", 1.01, 130, None],
                ["BRL", "2000", None, 100, None],
                ["BRL", "2095", 1, 100, None],
            ),
        )
        assert reasons(page) == [
            (3, ["A rate names a currency (three letters) and a period (2005 or 2005-S2)."]),
            (
                4,
                [
                    "No country of the registry has the currency XXX: correct the code, or give "
                    "the currency to its country first."
                ],
            ),
            (
                5,
                [
                    "Empresas!C5, Local units per US$ («1.234»): This number can be read in two "
                    "ways: write it without a mark for "
                    "thousands, or as a number of the spreadsheet."
                ],
            ),
            (
                6,
                [
                    "Rates and price indices are positive numbers with at most seven digits "
                    "before the decimal mark."
                ],
            ),
            (
                7,
                [
                    "Empresas!C7, Local units per US$ («2.123456789»): This number has too many "
                    "decimals: at most 8."
                ],
            ),
            (8, ["Row 2 says something about the same already."]),
            (
                9,
                [
                    "Sheet Empresas, row 9, column C: The cell holds a formula: paste its value "
                    "instead."
                ],
            ),
            (10, ["One US dollar is one US dollar: its rate is 1; its price index is its own."]),
            (11, ["Empresas!C11, Local units per US$: it cannot be blank."]),
            (12, ["The period 2095 has not begun: its average is not known."]),
        ]
        assert (waiting_in(page), Approval.objects.count()) == ("", 1)
        assert waiting_in(desk.choose(TABLE, book(["ARS", "2004", 2.9, 130, None])))

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a picture", b"\x89PNG\r\n\x1a\n0000"),
            ("a bomb", lambda: files.bomb(60)),
            (
                "an unknown heading",
                files.workbook([*HEADINGS, "approved_in"], ["ARS", "2005", 1, 1, "", 1]),
            ),
            ("no key", files.workbook(["period", "usd_rate", "cpi"], ["2005", 1, 1])),
            ("no rows", files.workbook(HEADINGS)),
            ("nothing", b""),
        ],
    )
    def test_a_file_that_is_no_table_gets_one_sentence(self, desk, rates, folder, name, data):
        page = desk.choose(TABLE, files.made(data))
        assert (page.status_code, len(page.context["form"].errors["file"])) == (422, 1)
        assert not folder.exists()

    def test_a_column_that_is_not_there_changes_nothing(self, desk, rates):
        data = files.workbook(HEADINGS[:4], ["ARS", "2005", 3, 140.5])
        assert approve(desk, waiting_in(desk.choose(TABLE, data))).url == ROOM
        assert live()[0] == ("ARS", "2005", "3", "140.5", "BCRA", 2)

    @pytest.mark.parametrize("format", [0, 1], ids=["xlsx", "csv"])
    def test_what_leaves_comes_back_unchanged(self, desk, rates, admin, format):
        factories.country("CL", "CLP")
        odd = [
            RateRow("CLP", "2004", "9999999.99999999", "0.00000001", "'=1+1"),
            RateRow("CLP", "2005", "560.123", "1234567.7654321", "-x"),
            RateRow("CLP", "2005-S1", "1.1", "100", 'dos; «tres», "cuatro"'),
        ]
        approve_rates(odd, "Raras, según acta", by=admin, at=AT)
        data = desk.export(TABLE, format)
        page = desk.choose(TABLE, data, "rates")
        assert (counts(page), waiting_in(page)) == ({"unchanged": 6}, "")
        if format == 1:
            assert '"\'=BCB"' in data.decode() or ",'=BCB" in data.decode()

    def test_only_rates_in_force_leave(self, desk, rates, admin):
        approve_rates(
            [RateRow("ARS", "2005", "3", "140.5", "BCRA")], "Corrige una cifra", by=admin, at=AT
        )
        rows = desk.export(TABLE, 1, "?currency=ARS").decode("utf-8-sig").splitlines()
        assert rows[1:] == [
            "ARS,2005-S1,2.90000000,138.00000000,BCRA",
            "ARS,2005,3.00000000,140.50000000,BCRA",
        ]


class TestStaleReports:
    @pytest.fixture
    def reports(self, rates, admin):
        """Of N=1; one unfinished; one already stale, whose N=1 rate for BRL N=2 replaced."""

        def report(title: str, number: int, finished: bool = True) -> Report:
            job = Job.objects.create(
                kind="monitoring.build_report", requested_by=admin, requested_at=AT
            )
            return Report.objects.create(
                title=title,
                specification={},
                language="es",
                audience="staff",
                as_of_id=number,
                job=job,
                requested_by=admin,
                requested_at=AT,
                scope_projects=["PIP-01"],
                finished_at=AT if finished else None,
            )

        report("Vieja", 1)
        approve_rates(
            [RateRow("BRL", "2005", "2.5", "150", "")], "Corrige una cifra", by=admin, at=AT
        )
        report("Nueva", 2)
        report("Sin terminar", 2, finished=False)

    @pytest.mark.parametrize(
        ("row", "titles"),
        [
            (["ARS", "2005", "3.05", "140.5", "BCRA"], ["Nueva"]),
            (["ARS", "2004", "3.05", "140.5", "BCRA"], []),
            (["ARS", "2005", "2.9050", "140.5", "BCRA"], []),
        ],
        ids=["corrected", "new", "unchanged"],
    )
    def test_those_are_named_that_then_are(self, desk, reports, row, titles):
        from monitoring.reports import stale  # noqa: PLC0415 -- the rule itself

        def stale_now() -> set[str]:
            everything = stale.superseded()
            return {
                r.title
                for r in Report.objects.filter(finished_at__isnull=False)
                if stale.changes(r, everything)
            }

        before = stale_now()
        page = desk.client.post(FORM, sent(row))
        assert ([each.title for each in page.context["stale"]], page.context["stale_count"]) == (
            titles,
            len(titles),
        )
        if waiting_in(page):
            approve(desk, waiting_in(page))
        assert (before, stale_now() - before) == ({"Vieja"}, set(titles))


def test_the_preview_says_which_rounds_have_amounts(desk, world):
    factories.country("BR", "BRL")
    world.approved("2004-S1")
    page = desk.client.post(
        FORM, sent(["ARS", "2004-S1", "3", "140", ""], ["ARS", "2003", "3", "140", ""])
    )
    assert page.context["uses"] == {"pairs": 2, "rounds": ["2004-S1"]}
    page = desk.client.post(
        FORM, sent(["BRL", "2004-S1", "3", "140", ""], ["ARS", "2001", "3", "140", ""])
    )
    assert page.context["uses"] == {"pairs": 0, "rounds": []}


class TestPages:
    def test_the_list_is_of_rates_in_force(self, desk, rates, admin):
        approve_rates(
            [RateRow("ARS", "2005", "3.05", "140.5", "FMI")], "Corrige una cifra", by=admin, at=AT
        )

        def listed(query: str = "") -> list[str]:
            return [
                f"{r.currency} {r.period} {r.approved_in_id}"
                for r in desk.client.get(ROOM + query).context["cl"].result_list
            ]

        assert listed() == ["ARS 2005-S1 1", "ARS 2005 2", "BRL 2005 1"]
        assert listed("?currency=BRL") == ["BRL 2005 1"]
        assert listed("?q=FMI") == ["ARS 2005 2"]

    def test_one_shows_all_its_versions(self, desk, rates, admin):
        old = Rate.objects.get(currency="ARS", period="2005")
        approve_rates(
            [RateRow("ARS", "2005", "3.05", "140.5", "FMI")], "Corrige una cifra", by=admin, at=AT
        )
        new = Rate.objects.live().get(currency="ARS", period="2005")
        for number in (old.pk, new.pk):
            page = desk.client.get(f"{ROOM}{number}/change/")
            assert [
                (each.approved_in_id, each.superseded_in_id, rate)
                for each, rate, _index in page.context["versions"]
            ] == [
                (2, None, "3.05"),
                (1, 2, "2.905"),
            ]
            assert "Corrige una cifra" in page.content.decode()
        assert desk.client.get(f"{ROOM}{old.pk}/history/").url == f"{ROOM}{old.pk}/change/"

    @pytest.mark.parametrize("number", ["999999", "x", "9" * 30, "١", "-1"])
    def test_what_is_not_there(self, desk, rates, number):
        assert desk.client.get(f"{ROOM}{number}/change/").status_code == 404
        assert desk.client.get(f"{ROOM}{Rate.objects.first().pk}/change/").status_code == 200

    def test_nothing_else_writes(self, desk, rates):
        before, number = live(), Rate.objects.first().pk
        posted = {"currency": "ARS", "period": "2005", "usd_rate": "9", "cpi": "9"}
        answers = [
            desk.client.post(f"{ROOM}{place}", posted).status_code
            for place in ("add/", f"{number}/change/", f"{number}/delete/")
        ]
        assert (answers, live()) == ([403, 405, 403], before)

    def test_others_find_no_such_room(self, client, world):
        for person in (None, world.director, world.specialist):
            client.logout()
            if person:
                client.force_login(person)
            for place in (
                "",
                "approve/",
                "import/",
                "export/",
                "process_import/",
                "import/template.csv",
            ):
                for method in (client.get, client.post):
                    assert method(f"{ROOM}{place}").status_code == (404 if person else 302)

    def test_who_has_not_told_lately_who_she_is_is_asked(self, desk, rates):
        desk.person.set_password("clave-larga-1")
        desk.person.save()
        desk.client.force_login(desk.person)
        asked = desk.client.get(FORM)
        assert (asked.status_code, asked.url.startswith("/accounts/reauthenticate/")) == (302, True)
        desk.client.post("/accounts/reauthenticate/", {"password": "clave-larga-1"})
        assert desk.client.get(FORM).status_code == 200

    @pytest.mark.parametrize("number", [1, 3, 30])
    def test_the_same_queries_whatever_the_rows(self, desk, rates, admin, number):
        rows = [RateRow("ARS", str(1960 + i), Decimal(2), Decimal(100), "") for i in range(number)]
        approve_rates(rows, "Más, según acta", by=admin, at=AT)
        job = Job.objects.create(
            kind="monitoring.build_report", requested_by=admin, requested_at=AT
        )
        Report.objects.create(
            title="Una",
            specification={},
            language="es",
            audience="staff",
            as_of_id=2,
            job=job,
            requested_by=admin,
            requested_at=AT,
            scope_projects=["PIP-01"],
            finished_at=AT,
        )
        given = sent(*(["ARS", str(1960 + i), "3", "100", ""] for i in range(number)))
        one = Rate.objects.get(currency="ARS", period="1960").pk
        found = []
        for ask in (
            lambda: desk.client.get(ROOM),
            lambda: desk.client.get(f"{ROOM}{one}/change/"),
            lambda: desk.client.get(FORM),
            lambda: desk.client.post(FORM, given),
        ):
            ask()
            with CaptureQueriesContext(connection) as asked:
                page = ask()
            assert page.status_code == 200
            found.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            assert approve(desk, waiting_in(page)).status_code == 302
        assert (found, len(asked)) == ([14, 8, 14, 21], 43)


class TestWhatFiguresNeed:
    """PIP-01 works in AR from January 2004; N1 of February, firms of February and May 2004."""

    def test_annual_periods_price_years_and_baselines_too(self, world):
        assert needed.needed(day("2004-06-30")) == set()  # no round has ended yet
        first = {Pair("ARS", period) for period in ("2004-S1", "2003")}
        assert needed.needed(day("2004-07-01")) == first
        second = first | {Pair("ARS", "2004-S2"), Pair("ARS", "2004")}
        assert needed.needed(day("2005-01-01")) == second

    def test_each_of_them_is_missing_until_it_is_approved(self, world):
        assert needed.missing(day("2005-01-01")) == [
            Pair("ARS", "2003"),
            Pair("ARS", "2004"),
            Pair("ARS", "2004-S1"),
            Pair("ARS", "2004-S2"),
        ]
        semesters = [RateRow("ARS", period, "2.9", "130") for period in ("2004-S1", "2004-S2")]
        approve_rates(semesters, "Semestres, según acta", by=world.administrator, at=AT)
        assert needed.missing(day("2005-01-01")) == [Pair("ARS", "2003"), Pair("ARS", "2004")]

    def test_the_dollar_needs_its_index(self, world):
        factories.project("PIP-02", countries=[factories.country("EC", "USD")])
        assert {pair for pair in needed.needed(day("2004-07-01")) if pair.currency == "USD"} == {
            Pair("USD", "2004-S1"),
            Pair("USD", "2003"),
        }

    def test_a_baseline_is_of_the_first_joining_only(self, world):
        earlier = factories.firm(
            "FIRMDDDDD", world.n1, joined_on="2001-05-01", country=factories.country("BR", "BRL")
        )
        factories.membership(earlier, world.n2, joined_on="2003-05-01")
        found = needed.needed(day("2004-07-01"))
        assert {pair for pair in found if pair.currency == "BRL"} == {Pair("BRL", "2000")}
        earlier.archived_at = AT
        earlier.save()
        assert {
            pair for pair in needed.needed(day("2004-07-01")) if pair.currency == "BRL"
        } == set()

    def test_it_is_exactly_what_conversion_asks_for(self, world):
        """The record of two approved rounds, converted at current and at constant prices: nothing
        needed is not asked.
        """
        from monitoring.analysis.catalogue_rows import MONEY  # noqa: PLC0415 -- only here
        from monitoring.models import Measurement  # noqa: PLC0415 -- only here

        world.approved("2004-S1")
        world.approved("2004-S2")
        amounts = Measurement.objects.live().filter(variable__unit=MONEY)
        asked = {Pair(*row) for row in amounts.values_list("currency", "period")}
        assert asked | {Pair("ARS", "2003"), Pair("ARS", "2004")} == needed.needed(
            day("2005-01-01")
        )

    def test_the_start_page_says_so_and_leads_to_the_rows(self, desk, world):
        approve_rates(
            [RateRow("ARS", "2004-S1", "2.9", "130")],
            "Semestre, según acta",
            by=world.administrator,
            at=AT,
        )
        waits = missing_rates(moment("2005-01-01"))
        assert (waits.count, waits.url) == (3, f"{FORM}?missing=1")
        assert waits.text.startswith("Of the periods: 2004-S2, 2004, 2003.")
        assert f'href="{FORM}?missing=1"' in desk.client.get("/start/").content.decode()
        page = desk.client.get(f"{FORM}?missing=1")
        rows = {
            (form["currency"].value(), form["period"].value())
            for form in page.context["rows"].initial_forms
        }
        assert {("ARS", "2003"), ("ARS", "2004")} <= rows
        assert (
            len(rows)
            == len(page.context["rows"].initial_forms)
            == len(needed.missing(day("2026-01-01")))
        )
        approve_rates(
            [RateRow(*pair, "2.9", "130") for pair in needed.missing(day("2005-01-01"))],
            "Resto, según acta",
            by=world.administrator,
            at=AT,
        )
        assert missing_rates(moment("2005-01-01")).count == 0

    @pytest.mark.parametrize("number", [1, 3, 12])
    def test_the_same_queries_whatever_the_size(self, world, number, django_assert_num_queries):
        for i in range(number):
            project = factories.project(f"PIP-{20 + i}")
            network = factories.network(f"R{i}", project)
            factories.firm(f"FIRMQQQ{i:02}", network)
        with django_assert_num_queries(10):
            needed.missing(day("2005-01-01"))


@pytest.mark.postgres
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time: there is no race to run",
)
@pytest.mark.django_db(transaction=True)
def test_two_people_approve_the_same_rate_at_once(committed):
    """Two processes, each with what it saw: one approval, one Conflict, one version in force."""
    admin = factories.user("gestora", role=Role.ADMINISTRATION)
    factories.country("AR", "ARS")
    approve_rates([RateRow("ARS", "2004", "1", "100")], "Serie, según acta", by=admin, at=AT)
    with two_racers() as race:
        for i in range(30):
            seen = str(Rate.objects.live().get().usd_rate)
            results = race(
                ("rates_seen", (f"{i + 2}", seen, admin.email)),
                ("rates_seen", (f"{i + 2}.5", seen, admin.email)),
            )
            assert sorted(kind for kind, _what in results) == ["Conflict", "ok"], results
            assert RecordHead.objects.get().number == Approval.objects.count() == i + 2
            assert Rate.objects.live().count() == 1
    assert (Rate.objects.count(), verify().whole) == (31, True)


def test_the_upload_is_one_file(desk, rates):
    page = desk.client.post(
        f"{ROOM}import/", {"file": SimpleUploadedFile("x.csv", b"currency;period\n")}
    )
    assert page.status_code == 422
    assert re.search("no rows", page.content.decode())
