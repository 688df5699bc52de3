"""A face of our own put into a PDF that is worked on. Runs in the limited child."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from casefile.printing.bundle.plan import Face


def embedded(pdf: pikepdf.Pdf, face: Face) -> Any:
    """The font object of a face in a PDF."""
    file = pdf.make_stream(face.data, Length1=len(face.data))
    about = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/" + face.name), Flags=32, FontBBox=Array([-200, -300, 1300, 1100]),
            ItalicAngle=0, Ascent=round(face.ascent), Descent=round(face.descent), CapHeight=700, StemV=90, FontFile2=file,
        )
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/" + face.name), FirstChar=32, LastChar=255,
            Widths=Array([round(width) for width in face.widths]), FontDescriptor=about, Encoding=Name.WinAnsiEncoding,
        )
    )  # fmt: skip
