"""A PDF from outside, opened for the bundle: frozen as it looks, and rid of all that acts, hides or tells too much.

Runs in the limited child. Tries, in order: as it is; saved again by PDFium; each page as a picture. What was done is
said in a note, and what was taken out is named.
"""

import importlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from casefile.printing.bundle.jpeg import without_notes
from casefile.printing.bundle.layers import Layers
from casefile.printing.bundle.sheaf import Inner

MODES = ("as it is", "saved again", "pictures")
MOST_PAGES = 10_000
_PIXELS = 1654
_TELLING = frozenset((
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo", "/AF", "/OC",
    "/StructParents", "/StructParent",
))  # fmt: skip
_OF_PAGES = frozenset(("/B", "/Dur", "/Trans", "/PresSteps", "/TemplateInstantiated", "/DPart", "/Tabs"))
_CHOSEN = ("/CharProcs", "/Colorants")
"""Dictionaries whose keys are names that somebody chose, as those of resources are: a font may be called B."""


class Refused(Exception):
    """This file cannot become pages; ``args[0]`` says why in words that end a sentence."""


@dataclass
class Opened:
    """A PDF ready to be joined. ``notes`` say what was mended or taken out; ``repaired`` that something was mended.

    ``links`` are those inside the file, taken off its pages: they are put on again once the pages are in the bundle.
    ``size`` is that of the file; ``read`` are the pages (0 is the first) over which words read from their picture were laid.
    """

    pdf: pikepdf.Pdf
    mode: str
    notes: list[str] = field(default_factory=list)
    repaired: bool = False
    links: list[Inner] = field(default_factory=list)
    size: int = 0
    read: frozenset[int] = frozenset()

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.pdf.pages)


def opened(path: str, mode: str = "") -> Opened:
    """Open the PDF at ``path`` by the first way that works, or by ``mode`` alone.

    Raises ``Refused`` with the reason.
    """
    reason = ""
    for way in [mode] if mode else MODES:
        try:
            made = {"as it is": _as_it_is, "saved again": _saved_again, "pictures": _as_pictures}[way](path)
        except pikepdf.PasswordError:
            raise Refused("it is locked with a password, and the password is not known") from None
        except Refused:
            raise
        except MemoryError:
            raise
        except Exception as problem:  # a foreign file may provoke anything; the next way is tried
            reason = reason or str(problem)
            continue
        if made.pages > MOST_PAGES:
            raise Refused(f"it has more than {MOST_PAGES:,} pages")
        if made.pages:
            made.size = Path(path).stat().st_size
            return made
        reason = reason or "it holds no pages"
    raise Refused("it holds no pages" if "no pages" in reason else "it is damaged, and no way of opening it worked")


def _as_it_is(path: str) -> Opened:
    pdf = pikepdf.open(path)
    made = Opened(pdf, MODES[0])
    if pdf.is_encrypted:
        made.notes.append("Its copy protection is not carried over.")
    _freeze(made)
    for page in pdf.pages:
        if not isinstance(page.obj, Dictionary):
            raise ValueError("a page is no page")
    warnings = [str(warning) for warning in pdf.get_warnings()]
    if warnings:
        if made.pages < _pdfium_pages(path):
            raise ValueError("pages are lost")
        made.repaired = True
        made.notes.append("Its inside is damaged and was mended. Compare these pages with the original.")
    return made


def _pdfium_pages(path: str) -> int:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _saved_again(path: str) -> Opened:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    target = io.BytesIO()
    try:
        with pypdfium2.PdfDocument(path) as document:
            if not len(document):
                raise Refused("it holds no pages")
            fresh = pypdfium2.PdfDocument.new()
            fresh.import_pages(document)
            fresh.save(target)
            wanted = len(document)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise Refused("it is locked with a password, and the password is not known") from None
        raise
    made = Opened(
        pikepdf.open(target),
        MODES[1],
        ["Its inside was damaged. It was read by another program and saved again."],
        True,
    )
    if made.pages != wanted:
        raise ValueError("pages are lost")
    _freeze(made)
    return made


def _as_pictures(path: str) -> Opened:
    """Every page drawn at 200 dots an inch: the last way, when a page shows but its inside is beyond mending."""
    img2pdf: Any = importlib.import_module("img2pdf")
    pypdfium2: Any = importlib.import_module("pypdfium2")
    made = pikepdf.new()
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            wide, high = page.get_size()
            picture = page.render(scale=min(_PIXELS / max(wide, 1), 4000 / max(high, 1))).to_pil().convert("RGB")
            target = io.BytesIO()
            picture.save(target, "PNG")
            size = (max(wide, 3), max(high, 3))
            layout = img2pdf.get_layout_fun(size)
            made.pages.extend(
                pikepdf.open(io.BytesIO(img2pdf.convert(target.getvalue(), layout_fun=layout, nodate=True))).pages
            )
    return Opened(
        made, MODES[2], ["It could only be taken in as pictures of its pages, so its words cannot be searched."], True
    )


def _freeze(made: Opened) -> None:
    """What was typed into a form, drawn as comments or shown by a layer becomes plain page content."""
    pdf = made.pdf
    root = pdf.Root
    layers = Layers(pdf)
    layers.settle()
    if layers.hidden:
        made.notes.append("It has layers. What they hide as it opens was taken out.")
    form = root.get("/AcroForm")
    found = _annotations(pdf)
    if isinstance(form, Dictionary) or found - {"/Link"}:
        if isinstance(form, Dictionary) and "/XFA" in form:
            made.notes.append(
                "It is a form of a kind that only its own program fills in. It is shown as other programs show it."
            )
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
        if "/Widget" in found:
            made.notes.append("Its form was frozen as it was filled in.")
        if found & {"/FileAttachment", "/Sound", "/Movie", "/RichMedia", "/Screen", "/3D"}:
            made.notes.append("A file or a recording inside it was left out.")
        if "/Text" in found:
            made.notes.append("Notes stuck on its pages are shown only where they would print.")
    _tell_hidden(made)
    if found:
        places = _places(pdf) if "/Link" in found else {}
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for number, page in enumerate(pdf.pages):
            made.links += _calm(page, number, places, numbers)


def _tell_hidden(made: Opened) -> None:
    root = made.pdf.Root
    names = root.get("/Names")
    names = names if isinstance(names, Dictionary) else Dictionary()
    if "/EmbeddedFiles" in names or "/AF" in root:
        made.notes.append("Files hidden inside it were left out.")
    opening = root.get("/OpenAction")
    acts = isinstance(opening, Dictionary) and opening.get("/S") != Name.GoTo
    if "/JavaScript" in names or acts or "/AA" in root:
        made.notes.append("What it does by itself on opening was taken out.")


def _annotations(pdf: pikepdf.Pdf) -> set[str]:
    found: set[str] = set()
    for page in pdf.pages:
        for annotation in _each(page.obj.get("/Annots")):
            found.add(str(annotation.get("/Subtype")))
    return found


def _each(annotations: Any) -> Iterator[Any]:
    for annotation in annotations if isinstance(annotations, Array) else ():
        if isinstance(annotation, Dictionary):
            yield annotation


def _calm(page: pikepdf.Page, number: int, places: dict[Any, Any], numbers: dict[Any, int]) -> Iterator[Inner]:
    """Take every annotation off a page; give the links inside its own file, without their zoom.

    ``places`` are the file's named destinations, ``numbers`` its pages by their object.
    """
    annotations = list(_each(page.obj.get("/Annots")))
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    for annotation in annotations:
        target, action = annotation.get("/Dest"), annotation.get("/A")
        if annotation.get("/Subtype") != Name.Link:
            continue
        if target is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            target = action.get("/D")
        if isinstance(target, pikepdf.String | Name):
            target = places.get(str(target))
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if not isinstance(target, Array) or not len(target) or not isinstance(target[0], Dictionary):
            continue
        rect = tuple(_figure(value) or 0.0 for value in annotation.get("/Rect", ()))
        if target[0].objgen in numbers and len(rect) == 4:
            yield Inner(number, rect, numbers[target[0].objgen], _place(target))


def _place(target: Any) -> tuple[float | None, float | None]:
    """Left and top of a destination, where it has them."""
    kind = str(target[1]) if len(target) > 1 else ""
    if kind == "/XYZ" and len(target) >= 4:
        return _figure(target[2]), _figure(target[3])
    if kind in ("/FitH", "/FitBH") and len(target) >= 3:
        return None, _figure(target[2])
    return None, None


def _figure(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _places(pdf: pikepdf.Pdf) -> dict[Any, Any]:
    """The named destinations of a file, old kind and new."""
    found: dict[Any, Any] = {}
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        found |= {name: old[name] for name in old.keys()}  # noqa: SIM118 (a pikepdf dictionary)
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        found |= {str(name): value for name, value in pikepdf.NameTree(tree).items()}
    return found


def telling(value: Any) -> set[str]:
    """The keys of a dictionary that act by themselves or tell of people, computers and earlier versions."""
    keys: set[str] = set(value.keys())
    return keys & (_TELLING | _OF_PAGES if value.get("/Type") == Name.Page else _TELLING)


def name_keyed(value: Any) -> Iterator[tuple[int, int]]:
    """The objects below a dictionary whose keys are names that somebody chose, so that none may be taken for another."""
    resources = value.get("/Resources")
    found = [resources, *(dict(resources.items()).values() if isinstance(resources, Dictionary) else ())]
    for one in (*found, *(value.get(key) for key in _CHOSEN)):
        if isinstance(one, Dictionary) and one.is_indirect:
            yield one.objgen


def cleaned(pdf: pikepdf.Pdf) -> None:
    """Take out of everything in a PDF what acts by itself or tells of people, computers and earlier versions.

    Photos keep every dot, and lose what the camera wrote into them.
    """
    entries = [entry for entry in pdf.objects if isinstance(entry, Dictionary | pikepdf.Stream)]
    chosen = {key for entry in entries for key in name_keyed(entry)}
    for entry in entries:
        for key in () if entry.objgen in chosen else telling(entry):
            del entry[key]
        if isinstance(entry, pikepdf.Stream) and entry.get("/Filter") == Name.DCTDecode:
            photo = entry.read_raw_bytes()
            bare = without_notes(photo)
            if len(bare) != len(photo):
                entry.write(bare, filter=Name.DCTDecode)
