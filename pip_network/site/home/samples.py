"""Invented content for the page of components: each partial in each of its states."""

import datetime as dt
import uuid
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django_tables2 import Column

from monitoring.choices import Status
from monitoring.models import Indicator, Submission
from monitoring.portfolio.tables import Cell
from pip_network.audit import Change, TrailLine
from pip_network.choices import JobStatus, Origin
from pip_network.files.stored import StoredFileField
from pip_network.models import Institution, Job
from pip_network.templatetags.components import TONES
from pip_network.web.filters import choice, search_field
from pip_network.web.tables import Number, PortalTable
from projects.choices import Typology
from projects.documented import MARKS
from projects.filters.countries import CountryFilter
from projects.latin_america import locator, map_of
from projects.models import Country

NOON = dt.datetime(2006, 7, 12, 12, tzinfo=dt.UTC)


def everything(request: HttpRequest) -> dict[str, Any]:
    """What the page of components needs, by the name that its template has for it."""
    countries = [sample_country(iso2, networks) for iso2, networks in COUNTRIES.items()]
    return {
        "filter": SampleFilter(request.GET, queryset=Country.objects.none(), request=request),
        "keep": ["sort"],
        "form": SampleForm({"sample-day": "31/02/2006"}, prefix="sample"),
        "file_form": SampleFileForm(prefix="sample"),
        "count": len(ROWS),
        "tables": [table(ROWS, request), table([], request)],
        "events": HISTORY,
        "stated": [(stated.label, css) for stated, css in MARKS.items()],
        "map": map_of(countries),
        "locator": locator(countries[:2]),
        "rows": [
            panel_row("X01", "Empleo", "1.284", "132", "+4,1 %"),
            panel_row("X02", "Ventas", "", "", ""),
        ],
        "noon": NOON,
        "submissions": [
            submission(Status.DRAFT),
            submission(Status.DRAFT, due_on=dt.date(2006, 7, 1)),
            submission(Status.SUBMITTED),
            submission(Status.RETURNED),
            submission(Status.APPROVED),
            submission(Status.DRAFT, revision=2),
        ],
        "origins": [Institution(origin=origin) for origin in Origin],
        "jobs": [
            job(JobStatus.QUEUED),
            job(JobStatus.RUNNING, done=62, total=100),
            job(JobStatus.DONE),
            job(JobStatus.FAILED, error="El archivo está cifrado."),
            job(JobStatus.CANCELLED),
        ],
        "figures": [
            figure("55.3", "percent", n=132),
            figure("1234567", "usd", n=1),
            figure(None, "percent", reason="zero_denominator"),
            figure(None, "percent", reason="few_units", suppressed=True),
        ],
        "page": Paginator(range(300), 25).page(4),
        "tones": TONES,
    }


COUNTRIES = {"AR": 5, "BR": 9, "MX": 4}
ROWS = [{"name": "Red de muebles", "firms": 24}, {"name": "Cadena del calzado", "firms": 1200}]
HISTORY = [
    TrailLine(
        NOON,
        "Ana Ficticia",
        "Red modificada",
        [Change("Lugar", "Córdoba", "Villa María")],
        "Se mudó.",
        "0a1b2c",
    ),
    TrailLine(NOON - dt.timedelta(days=3), "Administración", "Red registrada", [], "", "0a1b2d"),
]


class SampleFilter(CountryFilter):
    """Of invented rows."""

    q = search_field("iso2")
    origin = choice("Procedencia", Origin.choices, "Cualquiera")


class SampleTable(PortalTable):
    """Of invented rows."""

    name = Column(verbose_name="Red", orderable=False)
    firms = Number(verbose_name="Empresas", orderable=False)


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Nombre", help_text="Como figura en su acta.", max_length=60)
    day = forms.DateField(label="Día de alta", help_text="Día, mes y año: 12/07/2006")
    kind = forms.ChoiceField(label="Tipología", choices=Typology.choices)
    sure = forms.BooleanField(label="He revisado los datos", required=False)


class SampleFileForm(forms.Form):
    """A file, sent in pieces."""

    file = StoredFileField(label="Documento", help_text="PDF, Word, Excel o PowerPoint.")


def sample_country(iso2: str, networks: int) -> Country:
    """As the query of the home page gives it, with how many networks it has."""
    country = Country(iso2=iso2)
    vars(country)["network_count"] = networks
    return country


def table(rows: list[dict[str, Any]], request: HttpRequest) -> PortalTable:
    sample = SampleTable(rows, request=request)
    sample.paginate(page=1, per_page=25)
    return sample


def panel_row(code: str, name: str, shown: str, n: str, change: str) -> dict[str, Any]:
    """As `monitoring.portfolio.panels.row`, with invented words; nothing opens from here."""
    return {
        "figure": {"period": "2006-S1"},
        "indicator": Indicator(code=code, name_es=name, name_pt=name, name_en=name),
        "cell": Cell(shown or "sin datos aprobados", bool(shown), url="#", n=n),
        "change": change,
        "verdict": "aumenta" if change else "",
        "why": "" if change else "sin unidades comparadas",
    }


def figure(
    value: str | None,
    unit: str,
    *,
    n: int | None = None,
    reason: str | None = None,
    suppressed: bool = False,
) -> SimpleNamespace:
    """What `figure_value` reads of a computed figure."""
    return SimpleNamespace(
        value=value, unit=unit, measure="main", n=n, reason=reason, suppressed=suppressed
    )


def submission(
    status: Status, *, due_on: dt.date = dt.date(2006, 7, 30), revision: int = 1
) -> Submission:
    return Submission(
        project_id="PIP-01",
        round_id="2006-S1",
        status=status,
        due_on=due_on,
        revision=revision,
        time_zone="America/Lima",
    )


def job(status: JobStatus, **fields: Any) -> Job:
    ended = {"finished_at": NOON} if status not in (JobStatus.QUEUED, JobStatus.RUNNING) else {}
    return Job(
        pk=uuid.UUID(int=1),
        kind="monitoring.build_report",
        status=status,
        requested_at=NOON,
        **ended,
        **fields,
    )
