"""Drawing: a Vega-Lite specification becomes an SVG that may stand inside our pages and in the PDF.

The renderer is a JavaScript engine: about 100 ms a chart and 100 MB of memory, so only the worker
and the command load it, never a web process. Equal specifications give equal bytes, so that a
report which is made again finds what was just drawn.
"""

import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from pip_network.web import formats

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
FAMILY = "'Source Sans 3', Arial, sans-serif"


def svg(specification: dict[str, Any], *, label: str, language: str) -> str:
    """Draw `specification`; `label` is the sentence that a reader who does not see the chart is
    given.
    """
    return polish(drawing(json.dumps(specification), language), label)


@lru_cache(maxsize=256)  # some reports; about 30 kB each
def drawing(specification: str, language: str) -> str:
    """As the renderer gives it."""
    return _renderer().vegalite_to_svg(specification, config=config(language))


@cache
def config(language: str) -> dict[str, Any]:
    """The look of every chart, with the reader's decimal mark."""
    settings = json.loads((HERE / "vega-config.json").read_text(encoding="utf-8"))
    decimal, thousands, _before = formats.MARKS[language]
    settings["locale"]["number"] |= {"decimal": decimal, "thousands": thousands}
    return settings


def polish(drawn: str, label: str) -> str:
    """Take out what only repeats (roles, classes, fonts, digits beyond a tenth) and give the root
    its sentence.
    """
    drawn = re.sub(r"<\?xml.*?\?>", "", drawn)
    root = re.match(r"<svg([^>]*)>(.*)</svg>\s*$", drawn, re.S)
    box = root and re.search(r'viewBox="([^"]+)"', root[1])
    if not root or not box:
        raise ValueError("the renderer gave no SVG with a view box")
    head, body = root.groups()
    size = {
        name: round(float(value))
        for name, value in re.findall(r'\b(width|height)="([\d.]+)"', head)
    }
    body = re.sub(
        r"<(rect|path)[^>]*class=\"background\"[^>]*/>|<path[^>]*display=\"none\"[^>]*/?>(</path>)?",
        "",
        body,
    )
    body = re.sub(r"<[^>]*>", lambda match: plain_tag(match.group()), body)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="vz" role="img" '
        f'aria-label="{escape(label)}" font-family="{FAMILY}" '
        f'font-size="13" width="{size["width"]}" height="{size["height"]}" '
        f'viewBox="{box[1]}">{body}</svg>'
    )


def plain_tag(tag: str) -> str:
    """A tag without what repeats. Only of tags: what stands between them are words for readers."""
    tag = re.sub(r'\s(class|role|aria-[a-z]+|pointer-events|font-family|style)="[^"]*"', "", tag)
    tag = tag.replace(' font-size="13px"', "").replace(' fill="transparent"', ' fill="none"')
    return re.sub(r"-?\d+\.\d{2,}", lambda match: tenth(match.group()), tag)


def tenth(text: str) -> str:
    """A coordinate is not seen beyond a tenth of a pixel."""
    return f"{round(float(text), 1):g}"


@cache
def _renderer():
    import vl_convert  # noqa: PLC0415 -- a JavaScript engine: only where something is drawn

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
