"""Papers with a secret in each of the places where a covered word may survive, and a canary that must stay readable."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from tests.printing.bundle.awkward import changed

SECRET = "Zephyrine Quill"
CANARY = "Canary"


def base(paint: Callable[[Canvas], object] | None = None, *, pages: int = 1) -> bytes:
    """A page of ordinary words; ``paint`` adds to the first."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    for number in range(pages):
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 700, f"{CANARY} words that stay, page {number + 1}.")
        if number == 0 and paint is not None:
            paint(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def seen(canvas: Canvas) -> None:
    """The secret in plain sight, among other words."""
    canvas.drawString(72, 640, f"Amina worked with {SECRET} in maths.")


def _under_a_box(canvas: Canvas) -> None:
    canvas.drawString(72, 640, SECRET)
    canvas.rect(70, 634, 200, 20, fill=1)


def _same_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 640, SECRET)
    canvas.setFillColorRGB(0, 0, 0)


def _invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 640)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    text.setTextRenderMode(0)
    canvas.drawText(text)


def _outside(canvas: Canvas) -> None:
    canvas.drawString(-400, 640, SECRET)
    canvas.drawString(72, 1200, SECRET)


def _tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.4)
    canvas.drawString(72, 640, SECRET)


def _layer() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"Layer of {SECRET}")))
        page = pdf.pages[0]
        page.obj.Resources.Properties = Dictionary(Hid=layer)
        page.contents_add(f"/OC /Hid BDC BT /F1 12 Tf 72 600 Td ({SECRET}) Tj ET EMC".encode(), prepend=False)
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))

    return changed(base(), change)


def _annotation() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=Array([300, 600, 320, 620]), Contents=String(f"About {SECRET}"),
            T=String(SECRET),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return changed(base(), change)


def _form() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(SECRET), F=4,
                Rect=Array([72, 560, 300, 585]), DA=String("/Helv 12 Tf 0 g"),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]),
            NeedAppearances=True,
            DA=String("/Helv 12 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=font)),
        )

    return changed(base(), change)


def _old_revision() -> bytes:
    """The secret was on the page once; a later state of the file, added at its end, took it off."""
    first = base(seen)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        page = pdf.pages[0].obj
        number, content = page.objgen[0], f"BT /F1 12 Tf 72 700 Td ({CANARY} words that stay, page 1.) Tj ET".encode()
        plain = page.unparse(resolved=True).decode("latin-1")
        size = int(pdf.trailer.Size)
        root = pdf.trailer.Root.objgen[0]
    start = first.rindex(b"startxref")
    old = int(first[start + 9 :].split()[0])
    stream = f"{size} 0 obj\n<</Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream\nendobj\n"
    import re

    fresh = re.sub(r"/Contents \d+ 0 R", f"/Contents {size} 0 R", plain)
    at_stream = len(first) + 1
    body = b"\n" + stream
    at_page = len(first) + len(body)
    body += f"{number} 0 obj\n{fresh}\nendobj\n".encode("latin-1")
    xref = len(first) + len(body)
    body += (
        f"xref\n{number} 1\n{at_page:010d} 00000 n \n{size} 1\n{at_stream:010d} 00000 n \n"
        f"trailer\n<</Size {size + 1} /Root {root} 0 R /Prev {old}>>\nstartxref\n{xref}\n%%EOF\n"
    ).encode()
    return first + body


def _metadata() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = f"Notes about {SECRET}"
        with pdf.open_metadata() as about:
            about["dc:creator"] = [SECRET]
        pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET), LastModified=String("D:2026")))

    return changed(base(), change)


def _attachment() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[f"{SECRET}.txt"] = pikepdf.AttachedFileSpec(pdf, f"All about {SECRET}".encode())

    return changed(base(), change)


def _bookmark() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"About {SECRET}", 0))

    return changed(base(), change)


PLACES: dict[str, Callable[[], bytes]] = {
    "under a box": lambda: base(_under_a_box),
    "same colour": lambda: base(_same_colour),
    "invisible": lambda: base(_invisible),
    "outside the page": lambda: base(_outside),
    "tiny": lambda: base(_tiny),
    "layer": _layer,
    "annotation": _annotation,
    "form value": _form,
    "old revision": _old_revision,
    "metadata": _metadata,
    "attachment": _attachment,
    "bookmark": _bookmark,
}
"""The twelve places, each with what makes a paper that has the secret there."""


def in_unused_form() -> bytes:
    """The secret in content that the page carries along and never draws."""

    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(f"BT /F1 12 Tf 10 10 Td ({SECRET}) Tj ET".encode())
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
        pdf.pages[0].obj.Resources.XObject = Dictionary(Never=form)

    return changed(base(pages=2), change)


def with_actual_text() -> bytes:
    """The secret only in what a screen reader is told."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(f"/Span <</ActualText ({SECRET})>> BDC EMC".encode(), prepend=False)

    return changed(base(), change)
