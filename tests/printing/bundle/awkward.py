"""An awkward corpus made by script: every page carries a token of its own, so that the right page can be known again."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def plain(*tokens: str, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with one token a page, in the middle of it."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for token in tokens:
        canvas.setFont("Helvetica", 14)
        canvas.drawString(size[0] / 4, size[1] / 2, token)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A PDF after a change, saved again."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def rotated(turn: int) -> bytes:
    """A page turned by its /Rotate."""
    return changed(plain(f"TURN{turn}"), lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", turn))


def cropped() -> bytes:
    """A page whose crop box does not begin at nothing, with a corner the wrong way round, turned."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = Array([-50, -100, 600, 900])
        page.CropBox = Array([560, 800, 60, 120])
        page.Rotate = 90

    return changed(plain("CROPPED"), change)


def large_unit() -> bytes:
    """A page whose unit is three points."""
    data = plain("UNIT3", size=(200, 280))
    return changed(data, lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", 3))


def content(token: str, before: bytes, after: bytes) -> bytes:
    """A page with raw content before and after its token."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        old = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(before + old + after)

    return changed(plain(token), change)


def form() -> bytes:
    """A form with a value typed in, a script on opening, a file inside, an author, and a link to the web."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("reply"), V=String("TYPEDVALUE"), F=4,
                Rect=Array([100, 600, 300, 630]), DA=String("/Helv 12 Tf 0 g"), P=page,
            )
        )  # fmt: skip
        link = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 90, 30]),
                A=Dictionary(S=Name.URI, URI=String("http://secret.example/")),
            )
        )  # fmt: skip
        page.Annots = Array([field, link])
        page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRETSCRIPT')")))
        page.Metadata = pdf.make_stream(b"<x>SECRETMETA</x>")
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=font)),
        )  # fmt: skip
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRETSCRIPT')"))
        pdf.attachments["secret.txt"] = pikepdf.AttachedFileSpec(pdf, b"SECRETFILE", filename="secret.txt")
        pdf.docinfo["/Author"] = "SECRETAUTHOR"

    return changed(plain("FORM"), change)


def linked() -> bytes:
    """Three pages; the first leads to the third by name and by an action with its own zoom."""

    def change(pdf: pikepdf.Pdf) -> None:
        third = pdf.pages[2].obj
        pdf.Root.Dests = Dictionary(there=Array([third, Name.Fit]))
        named = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 90, 30]), Dest=Name.there)
        action = Dictionary(S=Name.GoTo, D=Array([third, Name.XYZ, 0, 500, 4]))
        other = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 50, 90, 70]), A=action)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(named), pdf.make_indirect(other)])

    return changed(plain("LINKS1", "LINKS2", "LINKS3"), change)


def locked(user: str, owner: str) -> bytes:
    """A PDF that asks for a password, or only forbids."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain("LOCKED"))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user=user, owner=owner))
    return target.getvalue()


def photo_inside() -> bytes:
    """A page with a photo in it that still carries the camera's notes."""

    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(camera_photo(), Filter=Name.DCTDecode, Type=Name.XObject, Subtype=Name.Image)
        image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 600, 400, Name.DeviceRGB, 8
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(Photo=image)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 60 0 0 40 50 600 cm /Photo Do Q")

    return changed(plain("PHOTO"), change)


def layered() -> bytes:
    """A page with a layer that is switched off, and one that is on, in content and in a form XObject."""

    def change(pdf: pikepdf.Pdf) -> None:
        on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("on", "off"))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([on, off]), D=Dictionary(OFF=Array([off]), Order=Array([on, off]))
        )
        page = pdf.pages[0].obj
        form = pdf.make_stream(b"BT /F1 9 Tf 50 300 Td (SECRETFORM) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.OC, form.Resources = Array([0, 0, 600, 800]), off, page.Resources
        page.Resources.Properties = Dictionary(On=on, Off=off)
        page.Resources.XObject = Dictionary(Hidden=form)
        more = (
            b" /OC /Off BDC BT /F1 9 Tf 50 200 Td (SECRETLAYER) Tj ET 0 0 99 99 re f EMC"
            b" /OC /On BDC BT /F1 9 Tf 50 250 Td (SHOWNLAYER) Tj ET EMC /Hidden Do"
        )
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + more)

    return changed(plain("LAYERED"), change)


def no_pages() -> bytes:
    """A PDF without any page."""
    target = io.BytesIO()
    pikepdf.new().save(target)
    return target.getvalue()


def full_page() -> bytes:
    """A page dark from edge to edge, with a white token."""
    return content("DARK", b"q 0.1 g 0 0 595 842 re f Q 1 g ", b"")


def picture(kind: str, size: tuple[int, int] = (400, 600), colour: str = "teal", **more: object) -> bytes:
    """A picture file."""
    target = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, colour).save(target, kind, **more)
    return target.getvalue()


def clear_png() -> bytes:
    """A PNG that is see-through but for a red square."""
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (100, 100, 200, 200))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def camera_photo() -> bytes:
    """A JPEG lying on its side as a camera saves it, red at the top once upright, with a place in its notes."""
    image = Image.new("RGB", (600, 400), "white")
    image.paste((255, 0, 0), (0, 0, 100, 400))  # the left edge is the top after a turn clockwise
    exif = Image.Exif()
    exif[0x112] = 6
    exif[0x13B] = "SECRETARTIST"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"SECRETCOMMENT")
    return target.getvalue()


def tiff(pages: int) -> bytes:
    """A TIFF of several pages."""
    target = io.BytesIO()
    frames = [Image.new("L", (300, 400), 40 * number) for number in range(pages)]
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:])
    return target.getvalue()


def heic() -> bytes:
    """A phone photo lying on its side, red at the top once upright. Needs the extra part for such photos."""
    pytest.importorskip("pillow_heif").register_heif_opener()
    image = Image.new("RGB", (600, 400), "white")
    image.paste((255, 0, 0), (0, 0, 100, 400))
    exif = Image.Exif()
    exif[0x112] = 6
    exif[0x13B] = "SECRETARTIST"
    target = io.BytesIO()
    image.save(target, "HEIF", exif=exif.tobytes(), quality=90)
    return target.getvalue()


def corpus() -> dict[str, bytes]:
    """Every awkward PDF that must come out whole, by the token its first page carries."""
    return {
        "TURN0": plain("TURN0", "SECOND", "THIRD"),
        **{f"TURN{turn}": rotated(turn) for turn in (90, 180, 270)},
        "CROPPED": cropped(), "UNIT3": large_unit(),
        "SURPLUSQ": content("SURPLUSQ", b"q 2 0 0 2 40 40 cm q ", b" q q 0.1 0 0 0.1 0 0 cm "),
        "SURPLUSPOP": content("SURPLUSPOP", b"Q Q 0.5 0 0 0.5 0 0 cm ", b" Q Q 0.3 0 0 0.3 90 90 cm "),
        "HIDDENTEXT": content("HIDDENTEXT", b"", b" 3 Tr 0.5 Tc 40 Tz "),
        "FORM": form(), "LINKS1": linked(), "LOCKED": locked("", "owner"), "DARK": full_page(), "PHOTO": photo_inside(), "LAYERED": layered(),
        "HUGE": plain("HUGE", size=(14400, 14400)), "TINY": plain("TINY", size=(140, 300)),
        "WIDE": plain("WIDE", size=(842, 595)),
        "TRUNCATED": plain("TRUNCATED", "AFTER")[:-300],
    }  # fmt: skip
