"""The parser's own process: reads one hostile file from standard input and answers with JSON, or
says why it will not.

Run as a script by `reading.py`, with nothing of the portal loaded: no settings, no database, no
secrets. It limits its own memory and processor time before the first byte is read; whatever happens
in here ends here.

Answer: `{"sheets": [{"name", "hidden", "rows": [[cell, ...], ...]}], "faults": [...], "notes":
{...}}` or `{"refused": key, ...}`. A cell is null, text, true/false, a number, or a list with one
ISO date in it.
"""

import csv
import datetime as dt
import io
import json
import math
import re
import resource
import sys
import zipfile
from pathlib import PurePosixPath
from xml.parsers import expat

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
KNOWN_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"{\\rtf", "document"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"PK\x05\x06", "archive"),
    (b"SQLite format 3", "database"),
)
MARKUP = re.compile(rb"\s*<(!doctype|\?xml|html|head|body|table|svg|script|div|!--)", re.IGNORECASE)
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
DELIMITERS = (",", ";", "\t", "|")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
MOST_FAULTS = 200


class Refused(Exception):
    def __init__(self, key: str, **details) -> None:
        super().__init__(key)
        self.answer = {"refused": key, **details}


def main() -> None:
    limits = json.loads(sys.argv[1])
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (most, most))
    try:
        answer = read(sys.stdin.buffer.read(limits["size"] + 1), limits)
    except Refused as refused:
        answer = refused.answer
    except (MemoryError, RecursionError):
        answer = {"refused": "heavy"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True, allow_nan=False).encode())


def read(data: bytes, limits: dict) -> dict:
    if len(data) > limits["size"]:
        raise Refused("size", most=limits["size"])
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("empty")
    if data.startswith(OLE):
        raise Refused(
            "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel"
        )
    if data.startswith(ZIP):
        return read_workbook(data, limits)
    for start, kind in KNOWN_OTHERS:
        if data.startswith(start):
            raise Refused("kind", found=kind)
    if MARKUP.match(data[:500].removeprefix(b"\xef\xbb\xbf")):
        raise Refused("kind", found="markup")
    return read_text(data, limits)


# --- workbooks


def read_workbook(data: bytes, limits: dict) -> dict:
    parts = unpacked(data, limits)
    names = set(parts)
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise Refused("opendocument")
    if "xl/workbook.bin" in names:
        raise Refused("binary_excel")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused("kind", found="archive")
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names) or (
        b"macroEnabled" in parts["[Content_Types].xml"]
    ):
        raise Refused("macros")
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        raise Refused("external_links")
    titles = sheet_titles(parts)
    faults: list[dict] = []
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            Scan(titles.get(name, name), limits, faults).run(content)
    return {"sheets": cells(data, limits, faults), "faults": faults, "notes": {"kind": "xlsx"}}


def unpacked(data: bytes, limits: dict) -> dict[str, bytes]:
    """Every member, inflated under count: what the archive declares about itself is not believed."""
    parts: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > limits["members"]:
                raise Refused("members", most=limits["members"])
            if len({member.filename.lower() for member in members}) < len(members):
                raise Refused("duplicates")
            for member in members:
                path = PurePosixPath(member.filename)
                if (
                    path.is_absolute()
                    or ".." in path.parts
                    or "\\" in member.filename
                    or "\0" in member.filename
                ):
                    raise Refused("damaged")
                if member.flag_bits & 0x1:
                    raise Refused("encrypted")
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise Refused("damaged")
                chunks = []
                with archive.open(member) as stream:
                    while chunk := stream.read(1 << 16):
                        total += len(chunk)
                        if total > limits["unpacked"]:
                            raise Refused("unpacked", most=limits["unpacked"])
                        if total > limits["ratio_from"] and total > limits["ratio"] * len(data):
                            raise Refused("ratio", most=limits["ratio"])
                        chunks.append(chunk)
                parts[member.filename] = b"".join(chunks)
    except (
        zipfile.BadZipFile,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise Refused("damaged") from error
    except (
        Exception
    ) as error:  # zlib.error and what a later library may add: a damaged archive, whatever its name
        if isinstance(error, Refused):
            raise
        raise Refused("damaged") from error
    return parts


def sheet_titles(parts: dict[str, bytes]) -> dict[str, str]:
    """The name a person gave each sheet, by the member that holds it."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""
            )
            target = targets.get(key, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            titles[member] = attributes.get("name", "")

    for member, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = plain_parser()
        parser.StartElementHandler = handler
        parse(parser, parts.get(member, b"<none/>"))
    return titles


def plain_parser():
    parser = expat.ParserCreate()

    def doctype(*_given) -> None:
        raise Refused("entities")

    parser.StartDoctypeDeclHandler = doctype
    return parser


def parse(parser, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused("damaged") from error


class Scan:
    """One pass over a part of the workbook: where cells really stand, which hold formulas or
    errors. `dimension` is ignored.
    """

    def __init__(self, sheet: str, limits: dict, faults: list[dict]) -> None:
        self.sheet, self.limits, self.faults = sheet, limits, faults
        self.row = self.column = self.rows = self.cells = self.last_row = self.last_column = 0
        self.open = self.inside = False

    def run(self, content: bytes) -> None:
        parser = plain_parser()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parse(parser, content)
        area = self.last_row * self.last_column
        if area > self.limits["cells"]:
            raise Refused("cells", most=self.limits["cells"], sheet=self.sheet)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c" and self.inside:
            self.cell(attributes)
        elif name == "row" and self.inside:
            self.rows += 1
            stands = attributes.get("r", "")
            self.row = (
                int(stands)
                if stands.isascii() and stands.isdigit() and len(stands) < 9
                else self.row + 1
            )
            self.column = 0
            if self.rows > self.limits["rows"] or self.row > self.limits["rows"]:
                raise Refused("rows", most=self.limits["rows"], sheet=self.sheet)
        elif name in ("v", "is") and self.open:
            self.last_row, self.last_column = (
                max(self.last_row, self.row),
                max(self.last_column, self.column),
            )
        elif name == "f" and self.open:
            self.fault("formula")
        elif name == "sheetData":
            self.inside = True

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.open = False
        elif name == "sheetData":
            self.inside = False

    def cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        self.open = True
        if found := REFERENCE.fullmatch(attributes.get("r", "")):
            self.column, self.row = column_number(found[1]), int(found[2])
        else:
            self.column += 1
        if self.column > self.limits["columns"]:
            raise Refused("columns", most=self.limits["columns"], sheet=self.sheet)
        if self.row > self.limits["rows"]:
            raise Refused("rows", most=self.limits["rows"], sheet=self.sheet)
        if self.cells > self.limits["cells"]:
            raise Refused("cells", most=self.limits["cells"], sheet=self.sheet)
        if attributes.get("t") == "e":
            self.fault("error")

    def fault(self, rule: str, value: str = "") -> None:
        add_fault(
            self.faults, sheet=self.sheet, row=self.row, column=self.column, rule=rule, value=value
        )


_letters: dict[str, int] = {}


def column_number(letters: str) -> int:
    if letters not in _letters:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        _letters[letters] = number
    return _letters[letters]


def add_fault(faults: list[dict], **fault) -> None:
    """Keep it, and past MOST_FAULTS only count it: nobody reads ten thousand sentences."""
    if len(faults) < MOST_FAULTS:
        faults.append(fault)


def cells(data: bytes, limits: dict, faults: list[dict]) -> list[dict]:
    import python_calamine  # noqa: PLC0415 -- only for workbooks, after the guards

    found, text = [], 0
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [
            each
            for each in book.sheets_metadata
            if each.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        if len(sheets) > limits["sheets"]:
            raise Refused("sheets", most=limits["sheets"])
        for each in sheets:
            rows = []
            for number, row in enumerate(
                book.get_sheet_by_name(each.name).to_python(skip_empty_area=False), 1
            ):
                out = [
                    value(cell, each.name, number, place, limits, faults)
                    for place, cell in enumerate(row, 1)
                ]
                text += sum(len(cell) for cell in out if isinstance(cell, str))
                if text > limits["text"]:
                    raise Refused("text", most=limits["text"])
                rows.append(out)
            hidden = each.visible != python_calamine.SheetVisibleEnum.Visible
            found.append({"name": each.name, "hidden": hidden, "rows": rows})
    except (Refused, MemoryError):
        raise
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except Exception as error:  # whatever the reader's library raises: the file is not what it says
        raise Refused("damaged") from error
    return found


def value(cell, sheet: str, row: int, column: int, limits: dict, faults: list[dict]):
    """A cell as JSON holds it; what no rule can read becomes a fault and null."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        rule = (
            "long" if len(cell) > limits["cell_text"] else "control" if CONTROL.search(cell) else ""
        )
        if rule:
            add_fault(
                faults,
                sheet=sheet,
                row=row,
                column=column,
                rule=rule,
                value=CONTROL.sub("?", cell[:40]),
            )
            return None
        return cell.strip() or None
    if isinstance(cell, int | float):
        if math.isfinite(cell):
            return int(cell) if cell == int(cell) and abs(cell) < 1e15 else cell
        add_fault(faults, sheet=sheet, row=row, column=column, rule="number", value=str(cell))
        return None
    if isinstance(cell, dt.datetime):
        if cell.time() == dt.time(0):
            return [cell.date().isoformat()]
        add_fault(
            faults, sheet=sheet, row=row, column=column, rule="time", value=cell.isoformat(" ")
        )
        return None
    if isinstance(cell, dt.date):
        return [cell.isoformat()]
    add_fault(faults, sheet=sheet, row=row, column=column, rule="time", value=str(cell))
    return None


# --- comma-separated text


def read_text(data: bytes, limits: dict) -> dict:
    text, encoding = decoded(data)
    if "\0" in text:
        raise Refused("nul")
    if "\ufffd" in text:
        raise Refused("encoding")
    if text.count("\n") + text.count("\r") > 2 * limits["rows"] + 100:
        raise Refused("rows", most=limits["rows"], sheet="")
    delimiter, rows = separated(text, limits)
    faults: list[dict] = []
    width = len(rows[0])
    out = []
    for number, row in enumerate(rows, 1):
        if len(row) != width and any(row):
            add_fault(
                faults, sheet="", row=number, column=0, rule="width", value=f"{len(row)} / {width}"
            )
        out.append(
            [value(cell, "", number, place, limits, faults) for place, cell in enumerate(row, 1)]
        )
    notes = {"kind": "csv", "encoding": encoding, "delimiter": delimiter}
    return {
        "sheets": [{"name": "", "hidden": False, "rows": out}],
        "faults": faults,
        "notes": notes,
    }


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, else UTF-8, else Windows-1252 when each byte is a
    letter of it.
    """
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise Refused("encoding") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise Refused("nul")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error
    strange = sum(
        1
        for letter in text
        if ord(letter) > 127 and not (letter.isalpha() or letter in "ºª°«»¿¡–—“”‘’€·…")
    )
    if CONTROL.search(text) or strange:
        raise Refused("encoding")
    return text, "windows-1252"


def separated(text: str, limits: dict) -> tuple[str, list[list[str]]]:
    """Rows by the one delimiter that fits: it stands in the heading and gives every row the same
    number of cells.
    """
    first = re.match(r"sep=(.)\r?\n", text)
    if first:
        return first[1], split(text[first.end() :], first[1], limits)
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    candidates = [each for each in DELIMITERS if each in heading]
    if not candidates:
        return ",", split(text, ",", limits)
    if len(candidates) == 1:
        return candidates[0], split(text, candidates[0], limits)
    fitting, refusal = [], Refused("delimiter")
    for each in candidates:
        try:
            rows = split(text, each, limits)
        except Refused as refused:
            refusal = refused
            continue
        if len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows if row):
            fitting.append((each, rows))
    if len(fitting) == 1:
        return fitting[0]
    raise (
        Refused("delimiter")
        if len(fitting) != 1 and refusal.answer["refused"] == "delimiter"
        else refusal
    )


def split(text: str, delimiter: str, limits: dict) -> list[list[str]]:
    csv.field_size_limit(max(limits["cell_text"] * 20, 1000))
    rows: list[list[str]] = []
    count = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(rows) >= limits["rows"]:
                raise Refused("rows", most=limits["rows"], sheet="")
            if len(row) > limits["columns"]:
                raise Refused("columns", most=limits["columns"], sheet="")
            count += len(row)
            if count > limits["cells"]:
                raise Refused("cells", most=limits["cells"], sheet="")
            rows.append(row)
    except csv.Error as error:
        raise Refused("quotes", row=len(rows) + 1) from error
    if not any(any(row) for row in rows):
        raise Refused("empty")
    return rows


if __name__ == "__main__":
    main()
