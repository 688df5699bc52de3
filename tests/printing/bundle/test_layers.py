"""Layers as they are shown when a paper is opened: what PDFium paints of the paper is what stands in the bundle, and no layer is left."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from casefile.printing.bundle.source import opened
from tests.printing.bundle.binding import bound, sheaf_of
from tests.printing.bundle.test_sheaf import plan_of

POLICIES = ("AllOn", "AnyOn", "AnyOff", "AllOff", "")
GROUPS = {"on": ("on",), "off": ("off",), "both": ("on", "off"), "none": ()}


def expressions(on: Any, off: Any) -> dict[str, Any]:
    return {
        "and": Array([Name.And, on, off]), "or": Array([Name.Or, on, off]), "not": Array([Name.Not, on]),
        "deep": Array([Name.And, Array([Name.Not, off]), Array([Name.Or, on, off])]),
    }  # fmt: skip


def paper(path: Path, *, known: bool = True) -> list[str]:
    """A paper with a page for every way of belonging to layers: as a picture of its own, and as part of a page. Returns what each is."""
    pdf = pikepdf.new()
    on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String(name))) for name in ("on", "off"))
    named = {"on": on, "off": off}
    ways: dict[str, Any] = {"on": on, "off": off}
    for policy in POLICIES:
        for group, members in GROUPS.items():
            made = Dictionary(Type=Name.OCMD, OCGs=Array([named[one] for one in members]))
            if policy:
                made.P = Name(f"/{policy}")
            ways[f"{policy} {group}"] = pdf.make_indirect(made)
    for name, expression in expressions(on, off).items():
        ways[name] = Dictionary(Type=Name.OCMD, VE=expression)  # not an object of its own
    for way in ways.values():
        pdf.add_blank_page(page_size=(300, 400))
        form = pdf.make_stream(b"1 0 0 rg 0 0 80 80 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 80, 80]), OC=way)
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(XObject=Dictionary(Fm=form), Properties=Dictionary(MC0=way))
        page.Contents = pdf.make_stream(
            b"q 1 0 0 1 40 300 cm /Fm Do Q /OC /MC0 BDC 0 0 1 rg 180 300 80 80 re f EMC 0 g 40 200 20 20 re f"
        )
    if known:
        pdf.Root.OCProperties = Dictionary(OCGs=Array([on, off]), D=Dictionary(OFF=Array([off]), Order=Array([on, off])))
    pdf.save(path)
    return list(ways)


@pytest.mark.parametrize("known", [True, False], ids=["with a list of layers", "whose list of layers is lost"])
def test_what_is_seen_is_what_stays(tmp_path: Path, known: bool) -> None:
    path = tmp_path / "layers.pdf"
    ways = paper(path, known=known)
    assert any("layers" in note for note in opened(str(path)).notes)
    data, _ = bound([sheaf_of(path)], plan_of(len(ways)))
    painted = set()
    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument(data) as made:
        for at, way in enumerate(ways):
            pair = [one[at].render(scale=0.5).to_pil().convert("RGB").crop((0, 0, 150, 150)) for one in (source, made)]
            assert ImageChops.difference(*pair).getbbox() is None, way
            painted.add((pair[0].getpixel((40, 30)), pair[0].getpixel((110, 30))))
    assert len(painted) >= 2, "some is seen and some is not"
    # Once settled, another look changes nothing: pages are set on A4, or covered, before they are bound.
    settled = opened(str(path)).pdf
    settled.save(tmp_path / "settled.pdf")
    again = opened(str(tmp_path / "settled.pdf"))
    assert again.notes == []
    assert bound([sheaf_of(again)], plan_of(len(ways)))[0].count(b"endobj") == data.count(b"endobj")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/OCProperties" not in pdf.Root
        assert not [one for one in pdf.objects if isinstance(one, Dictionary | pikepdf.Stream) and "/OC" in one]


def test_a_paper_without_layers_is_not_said_to_have_any(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Odd=Array([1, 2])), Properties=Dictionary(MC0=Dictionary(MCID=1)))
    pdf.save(tmp_path / "plain.pdf")
    made = opened(str(tmp_path / "plain.pdf"))
    assert made.notes == [] and made.mode == "as it is"
