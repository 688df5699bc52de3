"""PDF: its text page by page, its pages as pictures, and where the words stand on them. By PDFium."""

import contextlib
import ctypes
import datetime as dt
import importlib
import io
import re
from typing import Any

from casefile.domain.scans import NOT_YET, TO_READ, some_stamped, some_to_read
from casefile.readers import ASKS, LIMITS, Incoming, Unreadable
from casefile.readers.passwords import as_bytes
from casefile.readers.stamped import in_parts, stamped, without_typed


def _open(data: bytes) -> Any:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        words = str(problem).lower()
        if "password" in words:
            raise Unreadable(ASKS) from None
        raise Unreadable("it is damaged or is not really a PDF") from None
    if len(document) == 0:
        raise Unreadable("it holds no pages")
    if len(document) > LIMITS["pdf_pages"]:
        raise Unreadable("it has more than 5,000 pages")
    return document


def _date(text: str) -> dt.date | None:
    match = re.match(r"D:(\d{4})(\d{2})(\d{2})", text)
    with contextlib.suppress(ValueError):
        if match:
            made = dt.date(int(match[1]), int(match[2]), int(match[3]))
            # Machines whose clock was never set write the first day of 1970, 1980 or 2000.
            return None if (made.month, made.day) == (1, 1) and made.year in (1970, 1980, 2000) else made
    return None


def _title(text: str) -> str:
    """A file's own title, where it is one and not what a program left there."""
    words = re.sub(r"^Microsoft Word - |\.(docx?|pdf|indd|qxd)$", "", " ".join(text.split()), flags=re.IGNORECASE)
    return "" if words.lower() in ("untitled", "anonymous", "(anonymous)", "document", "scan", "title") else words


def read(data: bytes) -> Incoming:
    """Read the text of every page. A page that cannot be read is named; the others are kept."""
    document = _open(data)
    if document.get_formtype():
        document.init_forms()
    pages: list[str] = []
    bad: list[int] = []
    pictures: list[int] = []
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
            pages.append(text_page.get_text_range().replace("\r\n", "\n").replace("\ufffe", "").replace("\0", ""))
            text_page.close()
            with contextlib.suppress(Exception):  # a page with a picture no one can place keeps its words
                if pages[-1].strip() and stamped(page, pages[-1]):
                    pictures.append(number + 1)
            page.close()
        except Exception:  # one bad page must not cost the others
            pages.append("")
            bad.append(number + 1)
    notes = []
    if bad:
        notes.append(f"Page {', '.join(map(str, bad[:20]))} could not be read.")
    empty = sum(1 for text in pages if not text.strip())
    if empty == len(pages):
        notes.append(f"{TO_READ[0]} {NOT_YET}")
    elif empty:
        notes.append(some_to_read(empty, len(pages)))
    if pictures:
        notes.append(some_stamped(len(pictures), len(pages)))
    title, made = "", None
    with contextlib.suppress(Exception):
        about = document.get_metadata_dict()
        title, made = _title(about.get("Title", "")), _date(about.get("CreationDate", ""))
    with contextlib.suppress(Exception):
        if _attached(document):
            notes.append("Files are hidden inside this PDF. They are kept in it and not opened.")
    return Incoming("pdf", title[:200], tuple(pages), len(pages), made=made, notes=tuple(notes), pictures=tuple(pictures))


def unlocked(data: bytes, password: str) -> bytes | None:
    """The PDF saved again without its lock, its pages as they are; None when the password does not open it.

    The same PDF and password always give the same bytes. Raises ``Unreadable`` for what is no PDF with pages.
    """
    pikepdf: Any = importlib.import_module("pikepdf")
    for spelling in as_bytes(password):
        try:
            with pikepdf.open(io.BytesIO(data), password=spelling) as found:
                if not len(found.pages):
                    raise Unreadable("it holds no pages")
                target = io.BytesIO()
                found.save(target, encryption=False, deterministic_id=True)
                return target.getvalue()
        except pikepdf.PasswordError:
            continue
        except pikepdf.PdfError:
            raise Unreadable("it is damaged or is not really a PDF") from None
    return None


def _attached(document: Any) -> int:
    return int(document.count_attachments())


def draw(data: bytes, number: int, width: int) -> tuple[dict[str, Any], list[bytes]]:
    """One page (0 is the first) as an RGB picture ``width`` pixels wide, and its words with their boxes in pixels."""
    document = _open(data)
    if not 0 <= number < len(document):
        raise Unreadable(f"it has no page {number + 1}")
    if document.get_formtype():
        document.init_forms()
    page = document[number]
    wide, high = page.get_size()
    scale = width / max(wide, 1)
    scale = min(scale, LIMITS["page_pixels"] / max(wide, 1), LIMITS["page_pixels"] / max(high, 1))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    picture = bitmap.to_pil().convert("RGB")
    return {"width": picture.width, "height": picture.height, "words": _words(page, scale)}, [picture.tobytes()]


def grey(data: bytes, number: int, dots: int, *, typed: bool) -> tuple[Any, list[tuple[str, int, int, int, int]]]:
    """One page (0 is the first) as a grey picture of ``dots`` an inch; a very large page of fewer. Raises ``Unreadable``.

    Unless ``typed``, words that are typed on the page are left out of it; they come with it, their boxes in parts of the page.
    """
    document = _open(data)
    if not 0 <= number < len(document):
        raise Unreadable(f"it has no page {number + 1}")
    page = document[number]
    scale = min(dots / 72, LIMITS["page_pixels"] / max(*page.get_size(), 1))
    words = [] if typed else _words(page, scale)
    left_out = words if words and without_typed(page) else []
    picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return picture, in_parts(left_out, picture.width, picture.height)


def _words(page: Any, scale: float) -> list[list[Any]]:
    """Each word and its box, in pixels from the top left of the page as seen."""
    raw: Any = importlib.import_module("pypdfium2.raw")
    text_page = page.get_textpage()
    found: list[list[Any]] = []
    word, box = "", [1e9, 1e9, -1e9, -1e9]
    count = min(text_page.count_chars(), 20_000)
    width, height = page.get_size()
    size = (round(width * scale), round(height * scale))
    across, down = ctypes.c_int(), ctypes.c_int()
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text_page, index))
        if letter.isspace() or letter in "\0\ufffe":
            if word:
                found.append([word, *box])
            word, box = "", [1e9, 1e9, -1e9, -1e9]
            continue
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        for x, y in ((left, top), (right, bottom)):
            raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
            box = [
                min(box[0], across.value),
                min(box[1], down.value),
                max(box[2], across.value),
                max(box[3], down.value),
            ]
        word += letter
    if word:
        found.append([word, *box])
    return found
