"""Files made on the fly: a good workbook, and what becomes of it in wrong hands."""

import functools
import io
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows, name: str = "Empresas", **options) -> bytes:
    """An XLSX with these rows; a cell may be a value or a function of (sheet, row, column) that
    writes it.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"nan_inf_to_errors": False, "strings_to_formulas": False, **options}
    ) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if callable(cell):
                    cell(book, sheet, number, place)
                elif cell is not None:
                    sheet.write(number, place, cell)
    return out.getvalue()


def made(data: bytes | Callable[[], bytes]) -> bytes:
    """What is large is made when its test runs, not whenever tests are looked for."""
    return data() if callable(data) else data


def formula(text: str, value):
    return lambda book, sheet, row, column: sheet.write_formula(row, column, text, None, value)


def dated(moment, style: str = "yyyy-mm-dd"):
    return lambda book, sheet, row, column: sheet.write_datetime(
        row, column, moment, book.add_format({"num_format": style})
    )


def changed(
    data: bytes,
    *,
    member: str = SHEET,
    old: bytes = b"",
    new: bytes = b"",
    add: dict[str, bytes] | None = None,
) -> bytes:
    """The same archive with a part's bytes replaced, or with further parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == member and old:
                assert content.count(old) == 1, content
                content = content.replace(old, new)
            target.writestr(name, content)
        for name, content in (add or {}).items():
            target.writestr(name, content)
    return out.getvalue()


@functools.cache
def bomb(megabytes: int) -> bytes:
    """A sheet of spaces that unpacks a thousandfold."""
    good = workbook(["code"], ["A"])
    return changed(good, old=b"<sheetData>", new=b"<sheetData>" + b" " * (megabytes << 20))


def understated(data: bytes) -> bytes:
    """The same archive, whose directory says that each part unpacks to 10 bytes."""
    out = bytearray(data)
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = out.find(signature)
        while at >= 0:
            out[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
            at = out.find(signature, at + 4)
    return bytes(out)


def overlapping(count: int) -> bytes:
    """Many directory entries that name the same megabytes: small in the file, vast in sum."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"0" * (8 << 20)
    packed = kernel.compress(content) + kernel.flush()
    check, size = zlib.crc32(content), len(content)

    def header(name: bytes) -> bytes:
        sizes = (
            check.to_bytes(4, "little")
            + len(packed).to_bytes(4, "little")
            + size.to_bytes(4, "little")
        )
        return (
            b"\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00"
            + sizes
            + len(name).to_bytes(2, "little")
            + b"\x00\x00"
        )

    name = b"xl/workbook.xml"
    local = b"PK\x03\x04" + header(name) + name + packed
    directory = b"".join(
        b"PK\x01\x02\x14\x00" + header(each) + b"\x00" * 10 + b"\x00" * 4 + each
        for each in [name, *(b"xl/media/%06d" % number for number in range(count))]
    )
    end = b"PK\x05\x06\x00\x00\x00\x00" + (count + 1).to_bytes(2, "little") * 2
    return (
        local
        + directory
        + end
        + len(directory).to_bytes(4, "little")
        + len(local).to_bytes(4, "little")
        + b"\x00\x00"
    )
