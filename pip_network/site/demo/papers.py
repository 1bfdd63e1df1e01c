"""Small files of the demonstration, made from the texts here: the same bytes on every machine, since
their hashes stand in approvals. Nothing is packed: how a library packs may change.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from html import escape

INVENTED = "Documento inventado para la demostración."
MINUTES = (
    "Acta de la comisión de compras",
    "La red acordó comprar insumos en común y repartir el costo según lo pedido.",
    "Firmaron las empresas presentes. Los comprobantes quedan en la unidad ejecutora.",
)
INVOICES = (
    "Resumen de facturas de la compra en común",
    "Tres facturas de envases, por un total de 50 000 en moneda local.",
    "La última llegó después del cierre del mes y está sumada.",
)
SHEET = (
    ("Mes", "Ventas", "Comprobante"),
    ("Enero", "41 200", "Libro de IVA, folio 12"),
    ("Febrero", "38 900", "Libro de IVA, folio 13"),
    ("Marzo", "44 750", "Libro de IVA, folio 14"),
)
BARS = (34, 52, 47, 71)  # of the picture
WIDTH, HEIGHT = 240, 120
LONG_AGO = (1980, 1, 1, 0, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def pdf(lines: Sequence[str]) -> bytes:
    """One page of lines, marked as invented."""
    said = b"".join(
        f"BT /F1 {16 if number == 0 else 11} Tf 56 {760 - 30 * number} Td ({line}) Tj ET\n".encode(
            "cp1252"
        )
        for number, line in enumerate((*lines, INVENTED))
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%bendstream" % (len(said), said),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(out)


def png(bars: Sequence[int] = BARS) -> bytes:
    """A picture of bars."""
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)
        rows += bytes(_shade(x, HEIGHT - y, bars) for x in range(WIDTH))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"tEXt", b"Comment\x00" + INVENTED.encode("latin-1")),
        (b"IDAT", zlib.compress(bytes(rows), 0)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _shade(x: int, height: int, bars: Sequence[int]) -> int:
    number, place = divmod(x, WIDTH // len(bars))
    return 70 if 12 < place < WIDTH // len(bars) - 12 and height <= bars[number] else 245


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def xlsx(rows: Iterable[Sequence[str]] = SHEET) -> bytes:
    """A workbook of one sheet of text, marked as invented."""
    told = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in (*rows, (INVENTED,))
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Ventas" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{told}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return out.getvalue()
