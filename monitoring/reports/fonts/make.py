"""Make the TrueType files that charts and PDF need from the web fonts of `static/fonts`.

Run by hand when a web font changes; its results are committed. Needs `fonttools` and `brotli`,
which the portal itself does not: `python monitoring/reports/fonts/make.py`. The chart renderer
measures labels with these files, so they must be the same faces as the page's, at the weights that
the design uses.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
WEB = HERE.parents[2] / "static" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
WINDOWS = (3, 1, 0x409)


def main() -> None:
    """Write every face at the weights of the design."""
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
    main()
