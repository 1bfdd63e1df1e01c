"""The pages of reports, figures, portfolio and catalogue: who sees them, what they show, at how
many queries.
"""

import csv
import io
import json
import re
import shutil

import pytest
from django.urls import reverse
from django.utils import timezone

from monitoring import portfolio
from monitoring.models import FigureDefinition, Measurement, Report
from monitoring.portfolio.kept_figures import latest
from monitoring.portfolio.refreshing import KIND
from monitoring.reports import build, files
from monitoring.reports.order import KIND as ORDERED
from monitoring.reports.order import order
from pip_network.jobs import jobs
from pip_network.models import AuditEvent, Job
from tests.monitoring.publication.publishing import publish
from tests.monitoring.reports.world import World, person

GIVEN = {
    "title": "Prueba <b>",
    "indicators": ["E02", "F01"],
    "sections": ["cover", "sales", "projects"],
}
SHELL = 4  # session, person, her roles, whether there is demonstration data


@pytest.fixture
def people(db):
    return {
        "specialist": person("esp@example.org", "Especialista", "specialist", "*"),
        "administration": person("adm@example.org", "Administración", "administration", "*"),
        "director": person("dir@example.org", "Directora", "director", "P:PIP-01"),
        "other": person("otra@example.org", "Otra", "director", "P:PIP-02"),
        "coordinator": person("coo@example.org", "Coordinadora", "coordinator", "N:PIP-01-R1"),
        "institution": person("ins@example.org", "Institución", "institution", "I:1"),
    }


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def record(people, media) -> World:
    return World(projects=2, networks=1, firms=2).make()


def finished(by, **given) -> Report:
    report = order(given=GIVEN | given, by=by, at=timezone.now())
    jobs.run(report.job_id, build.work)
    report.refresh_from_db()
    return report


def figure_of(project: str, indicator: str = "E02") -> str:
    for row in FigureDefinition.objects.all():
        asked = row.definition
        if (asked["indicator"], asked["measure"], asked["group"]) == (
            indicator,
            "main",
            {"project": project},
        ):
            return row.pk
    raise LookupError(project)


def statuses(client, people, url: str) -> dict[str, int]:
    found = {}
    for name, who in people.items():
        client.force_login(who)
        response = client.get(url)
        found[name] = response.status_code
        if response.streaming:
            b"".join(response.streaming_content)  # closes the file
    return found


def test_who_sees_a_report_of_everything_and_its_files(client, people, record):
    report = finished(people["specialist"])
    seen = {
        "specialist": 200,
        "administration": 200,
        "director": 404,
        "other": 404,
        "coordinator": 404,
        "institution": 404,
    }
    assert statuses(client, people, report.get_absolute_url()) == seen
    for name in files.NAMES:
        assert statuses(client, people, reverse("report-file", args=[report.pk, name])) == seen
    assert statuses(
        client, people, reverse("report-file", args=[report.pk, files.PAGE])
    ) == dict.fromkeys(seen, 404)


def test_a_report_whose_files_are_away_says_so_and_has_them_made_again(client, people, record):
    report = finished(people["specialist"])
    page, file = report.get_absolute_url(), reverse("report-file", args=[report.pk, "report.pdf"])
    rebuild = reverse("report-rebuild", args=[report.pk])
    client.force_login(people["specialist"])
    assert rebuild not in client.get(page).content.decode()
    shutil.rmtree(files.root() / report.folder)
    answer = client.get(page)
    assert answer.status_code == 200
    assert "no están donde se guardaron" in answer.content.decode()
    assert f'action="{rebuild}"' in answer.content.decode()
    assert client.get(file).url == page
    assert client.post(rebuild).url == page
    assert client.post(rebuild).url == page  # pressed twice: one job
    assert Job.objects.filter(kind=ORDERED).count() == 2
    report.refresh_from_db()
    jobs.run(report.job_id, build.work)
    assert b"".join(client.get(file).streaming_content).startswith(b"%PDF")
    trail = AuditEvent.objects.filter(verb="report.rebuilt", object=f"R:{report.pk}")
    assert [event.actor for event in trail] == [f"U:{people['specialist'].pk}"]
    client.force_login(people["director"])
    assert client.post(rebuild).status_code == 404


def test_a_directors_report_is_hers_and_the_specialists(client, people, record):
    report = finished(people["director"], scope={"projects": ["PIP-01"]})
    seen = {
        "specialist": 200,
        "administration": 200,
        "director": 200,
        "other": 404,
        "coordinator": 404,
        "institution": 404,
    }
    assert statuses(client, people, report.get_absolute_url()) == seen
    client.force_login(people["other"])
    assert [row.pk for row, _changed in client.get(reverse("reports")).context["rows"]] == []
    client.force_login(people["director"])
    assert [row.pk for row, _changed in client.get(reverse("reports")).context["rows"]] == [
        report.pk
    ]


def test_who_opens_a_figure(client, people, record):
    finished(people["specialist"])
    mine = reverse("figure", args=[figure_of("PIP-01")])
    seen = {
        "specialist": 200,
        "administration": 200,
        "director": 200,
        "other": 404,
        "coordinator": 404,
        "institution": 404,
    }
    assert statuses(client, people, mine) == seen
    assert statuses(client, people, reverse("figure-rows", args=[figure_of("PIP-01")])) == seen
    whole = next(row.pk for row in FigureDefinition.objects.all() if row.definition["group"] == {})
    assert statuses(client, people, reverse("figure", args=[whole])) == seen | {"director": 404}
    assert statuses(client, people, reverse("figure", args=["0" * 16])) == dict.fromkeys(seen, 404)


def test_the_portfolio_is_for_who_reads_it(client, people, record):
    seen = {
        "specialist": 200,
        "administration": 200,
        "director": 404,
        "other": 404,
        "coordinator": 404,
        "institution": 404,
    }
    assert statuses(client, people, reverse("portfolio")) == seen


def test_a_trace_shows_rule_numbers_rows_reasons_approvals_and_reports(client, people, record):
    report = finished(people["specialist"])
    client.force_login(people["director"])
    response = client.get(reverse("figure", args=[figure_of("PIP-01")]))
    assert [line["code"] for line in response.context["lines"]] == sorted(
        line["code"] for line in response.context["lines"]
    )
    assert len(response.context["lines"]) == 2
    assert {line["name"] for line in response.context["lines"]} == {"Firma 0 0 0", "Firma 0 0 1"}
    assert response.context["reports"] == []  # the report of everything is not hers to see
    client.force_login(people["specialist"])
    response = client.get(reverse("figure", args=[figure_of("PIP-01")]))
    assert [one.pk for one in response.context["reports"]] == [report.pk]
    numbers = set(
        Measurement.objects.filter(project="PIP-01", variable_code="sales").values_list(
            "approved_in", flat=True
        )
    )
    assert numbers >= {one.number for one in response.context["approvals"]} != set()


def test_rows_leave_as_csv_with_codes_only(client, people, record):
    finished(people["specialist"])
    client.force_login(people["specialist"])
    response = client.get(reverse("figure-rows", args=[figure_of("PIP-01")]))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert {row["project"] for row in rows} == {"PIP-01"}
    assert "Firma" not in response.content.decode("utf-8-sig")


def test_composing_orders_once_and_goes_to_the_report(client, people, record):
    client.force_login(people["specialist"])
    form = {
        "title": "Una",
        "language": "pt",
        "audience": "staff",
        "round": "",
        "group_by": ["country", "sector"],
        "indicators": "core",
        "prices": "constant",
        "currency": "USD",
        "sections": ["cover", "sales"],
    }
    page = client.get(reverse("report-new")).content.decode()
    form["form_key"] = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    response = client.post(reverse("report-new"), form)
    report = Report.objects.get()
    again = client.post(reverse("report-new"), form)
    assert [again.status_code, again["Location"]] == [302, report.get_absolute_url()]
    assert Report.objects.count() == 1
    assert [response.status_code, response["Location"]] == [302, report.get_absolute_url()]
    asked = report.specification
    assert [asked["group_by"], asked["prices"], asked["sections"], asked["language"]] == [
        ["country", "sector"],
        "constant",
        ["cover", "sales"],
        "pt",
    ]
    assert [asked["as_of"], asked["round"]] == [record.number, "2005-S2"]
    waiting = client.get(report.get_absolute_url()).content.decode()
    assert waiting.count('hx-trigger="every 1s"') == 1
    client.post(reverse("report-cancel", args=[report.pk]))
    ended = client.get(report.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert [ended.count("hx-trigger"), ended.count("<html")] == [0, 0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"group_by": ["country", "sector", "size"]}, "group_by"),
        ({"audience": "public", "projects": ["PIP-01"]}, "projects"),
        ({"audience": "public", "group_by": ["network"]}, "group_by"),
        ({"currency": "local"}, "currency"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"indicators": "codes"}, "codes"),
    ],
)
def test_errors_stand_beside_their_field(client, people, record, changes, field):
    client.force_login(people["specialist"])
    form = {
        "title": "Una",
        "language": "es",
        "audience": "staff",
        "round": "",
        "indicators": "core",
        "prices": "current",
        "currency": "USD",
    }
    assert client.post(reverse("report-new"), form).status_code == 302
    response = client.post(reverse("report-new"), form | changes)
    assert [response.status_code, list(response.context["form"].errors)] == [422, [field]]
    assert Report.objects.count() == 1


def test_a_director_composes_for_her_project_alone(client, people, record):
    client.force_login(people["director"])
    form = {
        "title": "Mía",
        "language": "es",
        "round": "",
        "indicators": "core",
        "prices": "current",
        "currency": "USD",
    }
    page = client.get(reverse("report-new"))
    assert page.context["form"].fields["projects"].choices == [("PIP-01", "PIP-01 Proyecto 1")]
    assert client.post(reverse("report-new"), form | {"projects": ["PIP-02"]}).status_code == 422
    assert client.post(reverse("report-new"), form).status_code == 422
    assert client.post(reverse("report-new"), form | {"projects": ["PIP-01"]}).status_code == 302


def test_a_report_is_out_of_date_when_a_row_of_its_scope_was_replaced(client, people, record):
    mine = finished(people["specialist"], scope={"projects": ["PIP-01"]})
    foreign = finished(people["specialist"], scope={"projects": ["PIP-02"]})
    client.force_login(people["specialist"])
    before = {row.pk: changed for row, changed in client.get(reverse("reports")).context["rows"]}
    old = (
        Measurement.objects.filter(
            project="PIP-01", variable_code="sales", kind="regular", value__isnull=False
        )
        .order_by("id")
        .first()
    )
    newer = record.approve("registry", None)
    Measurement.objects.filter(pk=old.pk).update(superseded_in=newer)
    after = {row.pk: changed for row, changed in client.get(reverse("reports")).context["rows"]}
    assert before == {mine.pk: False, foreign.pk: False}
    assert after == {mine.pk: True, foreign.pk: False}
    (listed,) = client.get(mine.get_absolute_url()).context["changed"]
    assert [listed["approval"].number, listed["rows"], listed["projects"]] == [
        newer.number,
        1,
        ["PIP-01"],
    ]
    assert client.get(foreign.get_absolute_url()).context["changed"] == []


def test_a_report_shows_no_markup_of_its_title_or_texts(client, people, record):
    report = finished(people["specialist"], sections=["cover", "narratives"])
    client.force_login(people["specialist"])
    page = client.get(report.get_absolute_url()).content.decode()
    assert [page.count("Prueba <b>"), page.count("<b>no es marca")] == [0, 0]
    download = client.get(reverse("report-file", args=[report.pk, "report.html"]))
    assert download["Content-Disposition"].startswith("attachment;")
    assert b"Prueba <b>" not in b"".join(download.streaming_content)


@pytest.mark.parametrize("count", [1, 3, 8])
def test_the_list_of_reports_asks_the_same_number_of_queries(
    client, people, record, count, django_assert_num_queries
):
    for _each in range(count):
        order(given=GIVEN, by=people["specialist"], at=timezone.now())
    client.force_login(people["specialist"])
    client.get(reverse("reports"))
    with django_assert_num_queries(SHELL + 7):
        assert len(client.get(reverse("reports")).context["rows"]) == count


@pytest.mark.parametrize("size", [1, 3, 9])
def test_the_portfolio_asks_the_same_number_of_queries(
    client, people, media, size, django_assert_num_queries
):
    World(projects=size, networks=2, firms=2).make()
    portfolio.refresh(at=timezone.now())
    client.force_login(people["specialist"])
    client.get(reverse("portfolio"))
    with django_assert_num_queries(SHELL + 15):
        response = client.get(reverse("portfolio"))
    assert [
        len(response.context["projects"]),
        len(response.context["heat"]),
        len(response.context["states"]),
    ] == [
        size,
        size,
        size,
    ]


@pytest.mark.parametrize("firms", [1, 3, 60])
def test_a_trace_asks_the_same_number_of_queries(
    client, people, media, firms, settings, django_assert_num_queries
):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": f"trace-{firms}",
        }
    }
    World(projects=1, networks=1, firms=firms).make()
    portfolio.refresh(at=timezone.now())
    client.force_login(people["specialist"])
    url = reverse("figure", args=[figure_of("PIP-01")])
    client.get(url)
    with django_assert_num_queries(SHELL + 32):
        assert client.get(url).context["rows"].paginator.count == firms


def test_the_portfolio_without_figures_offers_to_compute_them_and_asks_once(client, people, record):
    client.force_login(people["specialist"])
    assert client.get(reverse("portfolio")).context["kept"] is None
    client.post(reverse("portfolio-refresh"))
    client.post(reverse("portfolio-refresh"))
    job = Job.objects.get(kind=KIND)
    jobs.run(job.pk, portfolio.work)
    kept = client.get(reverse("portfolio")).context["kept"]
    assert [kept.as_of, kept.round, client.get(reverse("portfolio")).context["stale"]] == [
        record.number,
        "2005-S2",
        False,
    ]
    record.approve("registry", None)
    assert client.get(reverse("portfolio")).context["stale"] is True


def test_the_portfolio_shows_the_digits_of_the_engine(client, people, record):
    report = finished(
        people["specialist"], group_by=["project"], indicators="all", sections=["cover"]
    )
    exact = {
        one["id"]: one
        for one in json.loads((files.root() / report.folder / "figures.json").read_text())[
            "figures"
        ]
    }
    portfolio.refresh(at=timezone.now())
    kept = latest()
    shared = [one for one in kept.by_project.all if one.id in exact]
    assert len(shared) == len(kept.by_project.all) > 50
    assert [one.as_dict() for one in shared] == [exact[one.id] for one in shared]


@pytest.mark.parametrize("name", ["indicators", "method"])
def test_the_catalogue_is_open_to_all(client, db, name):
    assert client.get(reverse(name)).status_code == 200


def test_each_indicator_and_variable_has_its_page(client, db, record):
    admin = person("red@example.org", "Red", "administration", "*")
    publish(record, "2005-S2", by=admin)
    for code in record.catalogue.indicators:
        response = client.get(reverse("indicator", args=[code]))
        assert [response.status_code, response.context["figure"].indicator] == [200, code]
        assert [one.code for one in response.context["variables"]] == list(
            record.catalogue.indicators[code].variables
        )
    for code in record.catalogue.variables:
        assert client.get(reverse("variable", args=[code])).status_code == 200
    assert client.get(reverse("indicator", args=["X99"])).status_code == 404
    assert client.get(reverse("variable", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "answer", "cancelled"), [("director", 403, False), ("administration", 302, True)]
)
def test_a_director_does_not_stop_what_a_specialist_ordered(
    client, record, people, who, answer, cancelled
):
    given = GIVEN | {"scope": {"projects": ["PIP-01"]}}
    report = order(given=given, by=people["specialist"], at=timezone.now())
    client.force_login(people[who])

    offered = (
        reverse("report-cancel", args=[report.pk])
        in client.get(report.get_absolute_url()).content.decode()
    )
    status = client.post(reverse("report-cancel", args=[report.pk])).status_code

    report.job.refresh_from_db()
    assert (offered, status, report.job.cancel_requested) == (cancelled, answer, cancelled)
