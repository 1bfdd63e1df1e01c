"""Text of people never stops a document."""

import dataclasses
import io
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from monitoring.reports import page, pdf, workbook
from monitoring.reports.blocks import Chart
from monitoring.reports.charts import dots
from monitoring.reports.compose import compose, drawn
from monitoring.reports.material import NarrativeText
from monitoring.reports.names import Names
from monitoring.reports.printable import breakable, clean, drawable, everywhere, letters, printable

ADDRESS = "http://localhost:8000"
ODD = (
    "Funcionó 👍🏽 👨‍👩‍👧 ❤️",
    "合作网络 협력 ネットワーク",
    "uso \ue000\U000f0000 privado",
    "cero\u200bancho\u200d\ufeff\u00ad",
    "control\x00\x07\x1b\x7f\x85fin",
    "vuelta \u202eatras\u2066 fin",
    "sin carácter \ufffe\uffff\U0010ffff",
    "media \ud83d letra",
    "g\u0303uarani\u0301 G\u0303 q\u0327",
    "Ślązak Ĩtã Mỹ",
    "línea\u2028otra\u3000y más",
    "\u0e01\u0e33 \u0915\u094d\u0937 \u0639\u0631\u0628",
    "larguísima" * 40,
)
EVERY = st.text(alphabet=st.characters(), max_size=60) | st.sampled_from(ODD)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ñandú «áé» 55,3 % → ≥ Ω ж", "Ñandú «áé» 55,3 % → ≥ Ω ж"),
        ("Funcionó 👍🏽", "Funcionó □"),
        ("❤️", "❤"),
        ("👨‍👩‍👧", "□□□"),
        ("合作", "□□"),
        ("a\ue000b", "a□b"),
        ("a\u200b\u200d\ufeff\u00adb", "ab"),
        ("a\x00\x1bb\tc\r\nd", "ab\tc\nd"),
        ("1\u202e2", "12"),
        ("a\u2028b\u3000c", "a\nb c"),
        ("ma\u00f1ana man\u0303ana", "mañana mañana"),
        ("G\u0303", "G\u0303"),
        ("\ud83d\uffff", ""),
    ],
)
def test_what_paper_cannot_show_becomes_a_stand_in_or_goes(written, shown):
    assert printable(written) == shown


def test_charts_do_without_marks_that_they_cannot_draw():
    assert drawable("Ślązak Ñandú g\u0303 q\u0301 й") == "Slazak Ñandú g\u0303 q й"


@pytest.mark.parametrize("written", ["👍🏽 合作 \ue000", "a\u200bb", "❤️"])
def test_pages_and_workbooks_keep_what_their_readers_can_show(written):
    assert clean(written) == written


@given(EVERY)
def test_every_letter_on_paper_has_a_glyph(written):
    shown = printable(written)
    assert {letter for letter in shown if ord(letter) not in letters()} <= {"\n", "\t"}
    assert printable(shown) == shown
    assert clean(written).encode() == clean(clean(written)).encode()


def test_long_words_may_break_and_hashes_are_whole():
    digest, word = "0123456789abcdef" * 4, "institucionalizacion"
    assert breakable(f"{word} {digest}") == f"{word} {digest}"
    assert breakable(f"a {word}x b") == f"a {chr(0x200B).join(f'{word}x')} b"
    changed = everywhere(str.upper, {"text": ["a", {"link": "b"}], "n": 1}, besides=("link",))
    assert changed == {"text": ["A", {"link": "b"}], "n": 1}


def odd_document(material, texts: list[str]):
    """A report in which projects, networks and texts are called so."""
    asked = dataclasses.replace(
        material.specification,
        title=" ".join(clean(one).replace("\n", " ") for one in texts)[:200],
        sections=("cover", "innovation", "projects", "narratives"),
        indicators=("B01",),
    )
    words = dict(enumerate(texts))
    named = {code: words[at % len(texts)] for at, code in enumerate(material.projects)}
    told = [NarrativeText(material.projects[0], "2005-S2", "change", one, "es") for one in texts]
    return compose(
        dataclasses.replace(
            material, specification=asked, names=Names(named, named), narratives=told
        )
    )


def written_in_all_formats(document) -> str:
    """The words of the PDF; the other formats are read by strict readers."""
    paper = pdf.render(document, ADDRESS)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(document)))
    assert all(book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert page.file(document, ADDRESS).encode()
    for chart in document.charts():
        ElementTree.fromstring(chart.wide_svg)  # noqa: S314 -- our own drawing
        ElementTree.fromstring(chart.narrow_svg)  # noqa: S314
    return " ".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(paper))


def test_a_report_with_odd_texts_is_finished_in_all_formats(many):
    with translation.override("es"):
        words = written_in_all_formats(odd_document(many.material, list(ODD)))
    assert ["Funcionó □" in words, "controlfin" in words.replace("\r\n", "")] == [True, True]


def test_names_that_charts_show(many):
    """Each group of a chart is called by an odd text."""
    rows = [dots.Dot(one, 1.0, "1", n="5") for one in ODD]
    chart = Chart(
        "Título 👍",
        "合作",
        "rótulo\x00 👍",
        [],
        dots.specification(rows, width=720),
        dots.specification(rows, width=320),
    )
    drawn(chart, "es")
    shown = " ".join(ElementTree.fromstring(chart.wide_svg).itertext())  # noqa: S314 -- our own
    assert ["Funcionó □ □□□ ❤" in shown, "controlfin" in shown.replace("\n", "")] == [True, True]
    with translation.override("es"):
        document = odd_document(many.material, ["x"])
        document.sections[0].blocks.append(chart)
        words = written_in_all_formats(document)
    assert "Título □" in words


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=st.lists(EVERY, min_size=6, max_size=20))
def test_any_text_is_printed(many, texts):
    with translation.override("es"):
        assert written_in_all_formats(odd_document(many.material, texts))


def test_each_letter_that_we_say_to_have_is_printed_alone_and_after_another(many):
    every = " ".join(f"{chr(one)} a{chr(one)}" for one in sorted(letters()) if one > 32)
    rows = [dots.Dot(every[at : at + 90], 1.0, "1", n="5") for at in range(0, len(every), 90)]
    with translation.override("es"):
        document = odd_document(many.material, [every])
        chart = Chart("x", "x", "x", [], *[dots.specification(rows, width=9000)] * 2)
        drawn(chart, "es")
        document.sections[0].blocks.append(chart)
        assert pdf.render(document, ADDRESS)[:5] == b"%PDF-"


def test_a_long_word_stays_on_the_page(many):
    """Nothing is drawn beyond the right margin."""
    with translation.override("es"):
        document = odd_document(many.material, ["x" * 300])
        paper = pypdfium2.PdfDocument(pdf.render(document, ADDRESS))
    for one in paper:
        width, _height = one.get_size()
        words = one.get_textpage()
        assert all(words.get_rect(at)[2] < width - 40 for at in range(words.count_rects()))
