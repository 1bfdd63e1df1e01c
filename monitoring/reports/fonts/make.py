"""Make the TrueType files that charts and PDF need from the web fonts of `static/fonts`.

Run by hand when a web font changes; its results are committed. Needs `fonttools` and `brotli`,
which the portal itself does not: `python monitoring/reports/fonts/make.py`. The chart renderer
measures labels with these files, so they must be the same faces as the page's, at the weights that
the design uses.

Letters that these lack (Greek, Cyrillic, arrows, shapes) come from DejaVu Sans 2.37,
made smaller: named on the command line, such as Debian's
`/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf`. `letters.txt` says which there are; others get a
stand-in.
"""

import sys
import unicodedata
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
WEB = HERE.parents[2] / "static" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
WINDOWS = (3, 1, 0x409)
# Of the fallback: alphabets, punctuation, money, arrows, signs, shapes. Nothing beyond FFFF: the
# chart renderer cuts long labels in the middle of such a letter, and fails.
FALLBACK = (
    (0x20, 0x7E),
    (0xA0, 0x58F),
    (0x591, 0x5F4),
    (0x606, 0x6FF),
    (0x10A0, 0x10FF),
    (0x1D00, 0x2BFF),
    (0x2C60, 0x2C7F),
    (0x2DE0, 0x2E3F),
    (0xA640, 0xA7FF),
    (0xFB00, 0xFB06),
    (0xFFFC, 0xFFFD),
)


def main(fallback: Path) -> None:
    """Write every face at the weights of the design, the fallback, and which letters there are."""
    for weight, style in WEIGHTS.items():
        font = instantiateVariableFont(
            TTFont(WEB / "source-sans-3-latin-wght-normal.woff2"), {"wght": weight}
        )
        save(font, "Source Sans 3", weight, style, HERE / f"SourceSans3-{style}.ttf")
    save(
        TTFont(WEB / "source-serif-4-latin-600-normal.woff2"),
        "Source Serif 4",
        600,
        "SemiBold",
        HERE / "SourceSerif4-SemiBold.ttf",
    )
    smaller(TTFont(fallback)).save(HERE / "DejaVuSans.ttf")
    own, more = (
        set(TTFont(HERE / name).getBestCmap())
        for name in ("SourceSans3-Regular.ttf", "DejaVuSans.ttf")
    )
    # A mark and the letter below it must come from one font.
    letters = own | {letter for letter in more if unicodedata.category(chr(letter))[0] != "M"}
    lines = [f"{first:X} {last:X}\n" for first, last in runs(sorted(letters))]
    (HERE / "letters.txt").write_text("".join(lines), encoding="ascii")


def smaller(font: TTFont) -> TTFont:
    """The fallback with the letters that are wanted and without hints for screens."""
    options = Options(hinting=False, layout_features=["*"], drop_tables=["FFTM"])
    subsetter = Subsetter(options)
    wanted = [letter for first, last in FALLBACK for letter in range(first, last + 1)]
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.recalcTimestamp = False
    return font


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def save(font: TTFont, family: str, weight: int, style: str, path: Path) -> None:
    """Write one face named so that renderers group the weights into one family."""
    names = font["name"]
    for number in (1, 2, 3, 4, 6, 16, 17, 25):
        names.removeNames(nameID=number)
    four_styles = style in ("Regular", "Bold")
    records = {
        1: family if four_styles else f"{family} {style}",
        2: style if four_styles else "Regular",
        3: f"{family} {style}",
        4: family if style == "Regular" else f"{family} {style}",
        6: path.stem,
        16: family,
        17: style,
    }
    for number, word in records.items():
        names.setName(word, number, *WINDOWS)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (
        0b100000 if style == "Bold" else 0b1000000
    )
    font["head"].macStyle = 1 if style == "Bold" else 0
    font["head"].modified = font["head"].created
    font.flavor = None
    font.recalcTimestamp = False
    if "STAT" in font:
        del font["STAT"]
    font.save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
