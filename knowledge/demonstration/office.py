"""Documents of office programs, written as what they are: XML in a ZIP."""

import io
import zipfile
from xml.sax.saxutils import escape

from .reading import Document, Page

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org"
RELATION = f"{OFFICE}/officeDocument/2006/relationships"
WORD = f"{OFFICE}/wordprocessingml/2006/main"
SHEET = f"{OFFICE}/spreadsheetml/2006/main"
SLIDE = f"{OFFICE}/presentationml/2006/main"
DRAWING = f"{OFFICE}/drawingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument"
FIXED = (2000, 1, 1, 0, 0, 0)


def docx(document: Document) -> bytes:
    """One page for each page of the text."""
    body = "".join(
        _word_page(page, breaks=number > 0) for number, page in enumerate(document.pages())
    )
    main = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    kinds = {"/word/document.xml": f"{TYPE}.wordprocessingml.document.main+xml"}
    return _zipped("word/document.xml", kinds, {"word/document.xml": main})


def _word_page(page: Page, *, breaks: bool) -> str:
    first = '<w:br w:type="page"/><w:lastRenderedPageBreak/>' if breaks else ""
    lines = [f"<w:p><w:r>{first}<w:rPr><w:b/></w:rPr>{_word(page.title)}</w:r></w:p>"]
    lines += [f"<w:p><w:r>{_word(line)}</w:r></w:p>" for line in page.lines]
    return "".join(lines)


def _word(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def xlsx(document: Document) -> bytes:
    """One sheet for each page: its rows are the lines that begin with a bar."""
    pages = document.pages()
    sheets, parts, kinds = [], {}, {"/xl/workbook.xml": f"{TYPE}.spreadsheetml.sheet.main+xml"}
    for number, page in enumerate(pages, 1):
        sheets.append(
            f'<sheet name="{escape(page.title[:31])}" sheetId="{number}" r:id="r{number}"/>'
        )
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = f'<worksheet xmlns="{SHEET}"><sheetData>{_rows(page)}</sheetData></worksheet>'
        kinds[f"/{name}"] = f"{TYPE}.spreadsheetml.worksheet+xml"
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION}"><sheets>{"".join(sheets)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = _relations(
        (f"r{number}", "worksheet", f"worksheets/sheet{number}.xml")
        for number in range(1, len(pages) + 1)
    )
    return _zipped("xl/workbook.xml", kinds, parts)


def _rows(page: Page) -> str:
    return "".join(
        f"<row>{''.join(map(_cell, line.removeprefix('| ').split(' | ')))}</row>"
        for line in page.lines
    )


def _cell(text: str) -> str:
    if text.isdigit():
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def pptx(document: Document) -> bytes:
    """One slide for each page."""
    slides, parts = [], {}
    kinds = {"/ppt/presentation.xml": f"{TYPE}.presentationml.presentation.main+xml"}
    for number, page in enumerate(document.pages(), 1):
        name = f"ppt/slides/slide{number}.xml"
        slides.append(f'<p:sldId id="{255 + number}" r:id="r{number}"/>')
        lines = "".join(_line(line.removeprefix("- ")) for line in (page.title, *page.lines))
        shape = f"<p:sp><p:txBody>{lines}</p:txBody></p:sp>"
        parts[name] = (
            f'<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}"><p:cSld><p:spTree>{shape}'
            "</p:spTree></p:cSld></p:sld>"
        )
        kinds[f"/{name}"] = f"{TYPE}.presentationml.slide+xml"
    parts["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="{SLIDE}" xmlns:r="{RELATION}">'
        f"<p:sldIdLst>{''.join(slides)}</p:sldIdLst></p:presentation>"
    )
    parts["ppt/_rels/presentation.xml.rels"] = _relations(
        (f"r{number}", "slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)
    )
    return _zipped("ppt/presentation.xml", kinds, parts)


def _line(text: str) -> str:
    return f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>"


def _relations(rows) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{lines}</Relationships>'


def _zipped(main: str, kinds: dict[str, str], parts: dict[str, str]) -> bytes:
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    relations_kind = "application/vnd.openxmlformats-package.relationships+xml"
    head = {
        "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations_kind}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([("r1", "officeDocument", main)]),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**head, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED), HEAD + text, zipfile.ZIP_DEFLATED)
    return made.getvalue()
