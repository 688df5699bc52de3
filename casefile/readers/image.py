"""Photos and scans: their size, the date the camera wrote, and a picture to look at."""

import contextlib
import datetime as dt
import io
import warnings
from typing import Any

from casefile.domain.scans import NOT_YET, TO_READ
from casefile.readers import LIMITS, Incoming, Unreadable


def _open(data: bytes, type_: str) -> Any:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = LIMITS["image_pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if type_ == "heic":
        try:
            import pillow_heif
        except ImportError:
            raise Unreadable(
                "this kind of phone photo needs an extra part that is not installed. Save it as JPEG and add that too"
            ) from None
        pillow_heif.register_heif_opener()
    try:
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > LIMITS["image_pixels"]:
            raise Unreadable("the picture is larger than 100 million dots")
        image.load()
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("the picture is larger than 100 million dots") from None
    except UnidentifiedImageError:
        raise Unreadable("the picture is damaged") from None
    except Exception as problem:
        raise Unreadable("the picture is damaged, or only part of it arrived") from problem
    return image


def read(data: bytes, type_: str) -> Incoming:
    """Read a picture's size, pages and the day its camera wrote. Its words are read later, by ``scan``."""
    image = _open(data, type_)
    taken = None
    with contextlib.suppress(Exception):
        exif = image.getexif()
        told = exif.get_ifd(0x8769).get(0x9003) or exif.get(0x132) or ""
        taken = dt.datetime.strptime(str(told)[:10], "%Y:%m:%d").date()  # noqa: DTZ007
        if not 1990 <= taken.year <= 2100:
            taken = None
    frames = int(getattr(image, "n_frames", 1)) if type_ == "tiff" else 1
    note = f"{TO_READ[1]} {NOT_YET}"
    return Incoming(type_, "", ("",) * frames, frames, taken=taken, notes=(note,))


def upright(data: bytes, type_: str, number: int) -> Any:
    """Page ``number`` (0 is the first) of a picture file, turned as its camera says, on white. Raises ``Unreadable``."""
    from PIL import Image, ImageOps

    image = _open(data, type_)
    if number:
        image.seek(number)
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return image.convert("RGB")


def draw(data: bytes, type_: str, number: int, width: int) -> tuple[dict[str, Any], list[bytes]]:
    """One page of a picture file, upright, as RGB bytes at most ``width`` pixels wide."""
    picture = upright(data, type_, number)
    wide = max(1, min(width, LIMITS["page_pixels"]))
    if picture.width > wide or picture.height > LIMITS["page_pixels"]:
        picture.thumbnail((wide, LIMITS["page_pixels"]))
    return {"width": picture.width, "height": picture.height, "words": []}, [picture.tobytes()]
