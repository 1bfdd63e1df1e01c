"""Pictures: read to their last point, so that what only begins like one is none."""

from typing import BinaryIO

from PIL import Image

from ..refusals import Refused

PIXELS = 50_000_000  # a page of A4 at 600 dpi has 35 million


def check_picture(file: BinaryIO, kind: str) -> None:
    """Raises Refused for one that is damaged, too large or of another kind."""
    with opened(file, kind) as picture:
        try:
            picture.load()
        except Exception as error:  # whatever a decoder raises: the file is not what it says
            raise Refused("damaged") from error


def opened(file: BinaryIO, kind: str) -> Image.Image:
    """The picture, its size asked before a point of it is read. Raises Refused."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=[kind.upper()])
    except Image.DecompressionBombError as error:
        raise Refused("bomb") from error
    except Exception as error:
        raise Refused("damaged") from error
    if picture.width * picture.height > PIXELS:
        raise Refused("bomb")
    return picture
