"""Pictures become pages: nothing is lost, everything stands upright, and the bottom of the page is left for the number.

Runs in the limited child. A JPEG is taken over bit for bit but for its notes about camera and place; its turn and its
mirroring become the matrix it is drawn with.
"""

import importlib
import io
import warnings
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from casefile.printing.bundle.geometry import MM, Matrix, number, written
from casefile.printing.bundle.jpeg import without_notes
from casefile.printing.bundle.source import Refused

_SIDE, _TOP, _FOOT = 15 * MM, 15 * MM, 26 * MM
_A4 = (210 * MM, 297 * MM)
_MOST_PIXELS = 100_000_000
_LARGEST_DOT = 72 / 96
_UPRIGHT: dict[int, Matrix] = {
    1: (1, 0, 0, 1, 0, 0), 2: (-1, 0, 0, 1, 1, 0), 3: (-1, 0, 0, -1, 1, 1), 4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1), 6: (0, -1, 1, 0, 0, 1), 7: (0, 1, 1, 0, 0, 0), 8: (0, 1, -1, 0, 1, 0),
}  # fmt: skip
"""For each turn a camera may note: the matrix that sets the unit square upright."""


def picture_pages(data: bytes, type_: str) -> tuple[bytes, list[str], bool]:
    """A picture as PDF, what was done to it, and whether it had to be mended. Raises ``Refused``."""
    notes: list[str] = []
    image, mended = _opened(data, type_, notes)
    frames = int(getattr(image, "n_frames", 1))
    if type_ == "gif" and frames > 1:
        notes.append("It moves. Its first picture is shown.")
        frames = 1
    out = pikepdf.new()
    if type_ == "jpeg" and not mended and image.mode in ("L", "RGB", "CMYK"):
        turn = _turn(image)
        _add(out, _wrapped(without_notes(data)), (image.width, image.height), turn)
    else:
        for frame in range(frames):
            image.seek(frame)
            flat = _flat(image)
            target = io.BytesIO()
            flat.save(target, "PNG", compress_level=6)
            _add(out, _wrapped(target.getvalue()), flat.size, _turn(image))
    made = io.BytesIO()
    out.save(made, deterministic_id=True)
    return made.getvalue(), notes, mended


def _opened(data: bytes, type_: str, notes: list[str]) -> tuple[Any, bool]:
    """The picture, decoded to the end; one whose end is missing is shown as far as it goes."""
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if type_ == "heic":
        try:
            importlib.import_module("pillow_heif").register_heif_opener()
        except ImportError:
            raise Refused("this kind of phone photo needs an extra part that is not installed") from None
    for cut in (False, True):
        ImageFile.LOAD_TRUNCATED_IMAGES = cut
        try:
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > _MOST_PIXELS:
                raise Refused("the picture is larger than 100 million dots")
            image.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Refused("the picture is larger than 100 million dots") from None
        except (Refused, MemoryError):
            raise
        except Exception:  # a damaged picture may provoke anything; it is then read as far as it goes
            continue
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        if cut:
            notes.append("Part of the picture is missing in the file. It is shown as far as it goes.")
        return image, cut
    raise Refused("the picture is damaged")


def _turn(image: Any) -> int:
    try:
        turn = int(image.getexif().get(0x112, 1))
    except Exception:  # notes of a camera may be damaged in any way
        return 1
    return turn if turn in _UPRIGHT else 1


def _flat(image: Any) -> Any:
    """A picture on white, with no see-through parts, in a kind of colour that every printer knows."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        full = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", full.size, "white"), full).convert("RGB")
    if image.mode in ("1", "L", "RGB", "P"):
        return image if image.mode != "P" else image.convert("RGB")
    return image.convert("L" if image.mode.startswith("I") or image.mode == "F" else "RGB")


def _wrapped(data: bytes) -> Any:
    """The picture as an image object of PDF, by img2pdf, without loss."""
    img2pdf: Any = importlib.import_module("img2pdf")
    made = img2pdf.convert(data, nodate=True, rotation=img2pdf.Rotation["none"], engine=img2pdf.Engine.pikepdf)
    return pikepdf.open(io.BytesIO(made))


def _add(out: pikepdf.Pdf, source: pikepdf.Pdf, size: tuple[int, int], turn: int) -> None:
    """A page with the picture on it: A4, lying where the picture lies, as large as fits above the band for the number."""
    objects = source.pages[0].obj.Resources.XObject
    image = out.copy_foreign(next(iter(dict(objects.items()).values())))
    wide, high = size if turn < 5 else (size[1], size[0])
    page = _A4 if wide <= high * 1.1 else (_A4[1], _A4[0])
    room = (page[0] - 2 * _SIDE, page[1] - _TOP - _FOOT)
    factor = min(room[0] / wide, room[1] / high, _LARGEST_DOT)
    left = (page[0] - wide * factor) / 2
    foot = page[1] - _TOP - high * factor
    drawing = (
        b"q\n" + written((wide * factor, 0, 0, high * factor, left, foot)) + written(_UPRIGHT[turn]) + b"/Im0 Do\nQ\n"
    )
    out.add_blank_page(page_size=(float(number(page[0])), float(number(page[1]))))
    made = out.pages[-1].obj
    made.Resources = Dictionary(XObject=Dictionary({"/Im0": image}))
    made.Contents = out.make_stream(drawing)
    made.Type = Name.Page
