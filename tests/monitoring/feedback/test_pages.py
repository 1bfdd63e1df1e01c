"""What stands on a page: own values to the digit of the record, a sentence for whatever is not there,
and on paper whatever somebody is called.
"""

import io
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
from django.utils import translation

from monitoring.feedback import book, paper
from monitoring.feedback.pages import Page
from monitoring.feedback.receivers import Receiver, receivers_of
from monitoring.models import Measurement, Observation, Rate, RecordHead
from pip_network.web import formats
from pip_network.web.days import today
from projects.models import Firm, Membership, Project

PROJECT = "PIP-01"
FIRM = "F:XXXX"
YEAR, SALES, JOBS = "2005", "sales", "jobs"


def written(language: str = "es") -> dict[str, Page]:
    project = Project.objects.get(code=PROJECT)
    number = RecordHead.objects.get().number
    with translation.override(language):
        writer = book.writer_of(project, number, language)
        people = [Receiver(one, one) for one in subjects()]
        return {receiver.subject: writer.page(receiver) for receiver in people}


def subjects() -> list[str]:
    rows = Observation.objects.filter(project=PROJECT).exclude(level="project")
    return sorted(rows.values_list("subject", flat=True).distinct())


def cell(subject: str, variable: str, kind: str = "regular", year: str = YEAR) -> Measurement:
    rows = Measurement.objects.filter(project=PROJECT, subject=subject, variable_code=variable)
    return rows.get(kind=kind, **({"period": year} if kind == "regular" else {}))


def read(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(content))
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return text.replace("\u200b", "")  # places to break long words


@pytest.mark.django_db
def test_every_own_value_and_change_is_that_of_the_record(world) -> None:
    """Worked out here from the rows alone: value, difference, growth at constant prices."""
    rates = {(r.currency, r.period): r for r in Rate.objects.all()}
    seen = 0
    pages = written("en")
    for subject in [one for one in subjects() if one.startswith("F:")]:
        lines = {line.name: line for line in pages[subject].lines}
        for name, code in (("Annual net sales", SALES), ("Employment (FTE)", JOBS)):
            now, base = cell(subject, code), cell(subject, code, "baseline")
            line = lines[name]
            if now.value is None:
                assert line.shown == ""
                continue
            with translation.override("en"):
                if code == JOBS:
                    assert line.shown == f"{formats.number(now.value.normalize())}\xa0FTE"
                else:
                    assert line.shown == formats.money(now.value, 0, now.currency)
                if base.value is None:
                    assert line.told == ("There is no value of its baseline to compare with.",)
                    continue
                if code == JOBS:
                    size = abs(now.value - base.value)
                    shown = f"{formats.number(size.normalize())}\xa0FTE"
                else:
                    index = rates[now.currency, YEAR].cpi / rates[base.currency, base.period].cpi
                    growth = 100 * (now.value / (base.value * index) - 1)
                    shown = formats.percent(abs(growth), 1)
                assert shown in line.told[0] or Decimal(now.value) == base.value
                seen += 1
    assert seen > 30


@pytest.mark.django_db
def test_who_has_nothing_yet_gets_a_sentence_and_no_table(world) -> None:
    project = Project.objects.get(code=PROJECT)
    with translation.override("en"):
        writer = book.writer_of(project, RecordHead.objects.get().number, "en")
        page = writer.page(Receiver("F:NOBODY", "New firm"))
    assert page.is_empty
    assert page.notices == (
        "Nothing that it gave has been approved yet. Its figures will stand here after the first "
        "semester that is.",
    )


@pytest.mark.django_db
def test_a_reconstructed_baseline_says_so_on_its_page_and_on_no_other(world) -> None:
    rows = Observation.objects.filter(project=PROJECT, kind="baseline", level="firm")
    expected = set(rows.filter(reconstructed=True).values_list("subject", flat=True))
    told = {
        subject
        for subject, page in written("en").items()
        if any("reconstructed" in notice for notice in page.notices)
    }
    assert expected
    assert told == expected


@pytest.mark.django_db
def test_what_is_missing_says_why(world) -> None:
    pages = written("en")
    words = {
        "refused": "2005: it preferred not to answer.",
        "not_collected": "2005: it was not asked, or could not be.",
        "no_data": "2005: it was left blank.",
    }
    rows = Measurement.objects.filter(
        project=PROJECT, variable_code=SALES, kind="regular", period=YEAR, value=None
    )
    assert rows
    for row in rows:
        line = next(line for line in pages[row.subject].lines if line.name == "Annual net sales")
        assert line.told == (words[row.missing],)
        assert line.beside == ()


HOSTILE = (
    "<script>alert(1)</script> #set text(red) $x$ @ref \\ {{ 7 }}",
    "شركة النسيج الحديثة المحدودة",
    "\u202eabc\u202c \x00\x07 👩🏽‍🚀 " + "Larguísimo" * 14,
    "文字化け株式会社",
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_it_is_called_its_page_is_one_sheet(world, name: str) -> None:
    project = Project.objects.get(code=PROJECT)
    with translation.override("es"):
        page = replace(written()[subjects()[0]], name=name, facts=(name[:80],))
        cover = book.cover_of(project, RecordHead.objects.get().number, today())
        content = next(paper.singles(cover, [page]))
    assert len(pypdfium2.PdfDocument(io.BytesIO(content))) == 1
    text = read(content)
    assert "Uso: de la empresa" in text
    if name.startswith("<"):
        assert "<script>alert(1)</script>" in text


@pytest.mark.django_db
def test_a_page_says_as_of_which_approval_it_is_and_whom_to_ask(world) -> None:
    project = Project.objects.get(code=PROJECT)
    number = RecordHead.objects.get().number
    with translation.override("pt"):
        page = written("pt")[subjects()[0]]
        cover = book.cover_of(project, number, today())
        text = read(next(paper.singles(cover, [page])))
    flat = " ".join(text.split())
    assert f"aprovação n.º {number} (" in flat
    assert "Dúvidas: Dora Directora, projeto Proyecto 1, Ejecutora." in flat


@pytest.mark.django_db
def test_a_page_is_the_same_bytes_each_time(world) -> None:
    project = Project.objects.get(code=PROJECT)
    with translation.override("es"):
        page = written()[subjects()[0]]
        cover = book.cover_of(project, RecordHead.objects.get().number, today())
        first, second = (next(paper.singles(cover, [page])) for _ in range(2))
    assert first == second


@pytest.mark.django_db
def test_who_was_anonymised_is_nobody_to_send_to(world, django_assert_num_queries) -> None:
    project = Project.objects.get(code=PROJECT)
    network = project.networks.get(code="PIP-01-R1")
    for firm in Firm.objects.filter(code__in=("XXXX", "XXXY")):
        Membership.objects.create(firm=firm, network=network, joined_on="2004-02-01")
    both = receivers_of(world.director, project)
    assert [one.subject for one in both if one.is_firm] == ["F:XXXX", "F:XXXY"]
    Firm.objects.filter(code="XXXX").update(anonymised_at="2005-01-01T00:00Z", name="", tax_id="")
    with django_assert_num_queries(2):
        left = receivers_of(world.director, project)
    assert [one.subject for one in left if one.is_firm] == ["F:XXXY"]
