"""Draws the portal's pictures that are no SVG: the card that social networks show, and the small
icons.

    .venv/bin/python pip_network/data/make_pictures.py

Only when the name or the look changes: the results are in static/img/ and committed.
"""

import json
import struct
import zlib
from pathlib import Path

import vl_convert

ROOT = Path(__file__).resolve().parents[2]
IMAGES, FONTS = ROOT / "static" / "img", ROOT / "monitoring" / "reports" / "fonts"
OUTLINES = ROOT / "projects" / "data" / "latin_america.json"

CARD = """<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="#063f4e"/>
<g transform="translate(715,18) scale(.136)" fill="#2b6f80" stroke="#063f4e" stroke-width="7">{map}</g>
<g font-family="'Source Sans 3'" fill="#cfe3e8"><text x="72" y="112" font-size="30">Redes de pequeñas empresas</text>
<text x="72" y="150" font-size="30">y cadenas de proveedores</text></g>
<g font-family="'Source Serif 4'" font-weight="600" fill="#ffffff"><text x="72" y="300" font-size="104">Red PIP</text>
<text x="72" y="376" font-size="44">De los proyectos a una</text><text x="72" y="430" font-size="44">comunidad de aprendizaje</text>
<g font-size="52"><text x="72" y="540">19</text><text x="236" y="540">71</text><text x="400" y="540">16</text></g></g>
<g font-family="'Source Sans 3'" fill="#cfe3e8" font-size="24"><text x="72" y="576">proyectos</text><text x="236" y="576">redes</text>
<text x="400" y="576">países</text><text x="560" y="576">FOMIN · BID</text></g></svg>"""
SIDES = (32, 180, 192, 512)


def icon(side: int) -> bytes:
    svg = (IMAGES / "icon.svg").read_text("utf-8")
    return vl_convert.svg_to_png(
        svg.replace("<svg ", '<svg width="32" height="32" ', 1), scale=side / 32
    )


def fewer_colours(png: bytes) -> bytes:
    """The same picture, opaque, with a palette of at most 256 colours: a quarter of the size."""
    width, height = struct.unpack(">II", png[16:24])
    rows = unfiltered(
        zlib.decompress(b"".join(data for kind, data in chunks(png) if kind == b"IDAT")),
        width,
        height,
    )
    for bits in range(7, 2, -1):
        keep = 256 - (1 << (8 - bits))
        palette: dict[tuple[int, ...], int] = {}
        lines = [
            bytes(
                palette.setdefault(
                    (row[i] & keep, row[i + 1] & keep, row[i + 2] & keep), len(palette)
                )
                & 255
                for i in range(0, width * 4, 4)
            )
            for row in rows
        ]
        if len(palette) <= 256:
            break
    data = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes(part + (part >> bits) for colour in palette for part in colour)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", data), (b"IEND", b""))
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def chunks(png: bytes):
    at = 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour that is nearest to what all three let expect."""
    expected = left + up - corner
    return min((left, up, corner), key=lambda neighbour: abs(expected - neighbour))


def unfiltered(raw: bytes, width: int, height: int) -> list[bytearray]:
    """Rows of RGBA; each is stored as differences to its neighbours."""
    side, rows, above = width * 4, [], bytearray(width * 4)
    for line in range(height):
        start = line * (side + 1)
        how, row = raw[start], bytearray(raw[start + 1 : start + 1 + side])
        for i in range(side):
            left, up, corner = (row[i - 4], above[i], above[i - 4]) if i >= 4 else (0, above[i], 0)
            guesses = (0, left, up, (left + up) // 2, paeth(left, up, corner))
            row[i] = (row[i] + guesses[how]) & 255
        rows.append(row)
        above = row
    return rows


def as_ico(png: bytes, side: int) -> bytes:
    """An icon file with one picture, itself a PNG."""
    head = struct.pack("<HHH", 0, 1, 1) + struct.pack(
        "<BBBBHHII", side, side, 0, 0, 1, 32, len(png), 22
    )
    return head + png


def main() -> None:
    vl_convert.register_font_directory(str(FONTS))
    outlines = "".join(
        f'<path d="{path}"/>' for path in json.loads(OUTLINES.read_text("utf-8")).values()
    )
    (IMAGES / "card.png").write_bytes(
        fewer_colours(vl_convert.svg_to_png(CARD.replace("{map}", outlines), scale=1))
    )
    for side in SIDES:
        png = icon(side)
        if side == 32:
            (IMAGES / "favicon.ico").write_bytes(as_ico(png, side))
        else:
            (IMAGES / f"icon-{side}.png").write_bytes(png)


if __name__ == "__main__":
    main()
