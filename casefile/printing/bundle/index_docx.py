"""The index as a Word file, written by hand: a heading, some sentences and one table, and nothing that tells of anybody."""

import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from casefile.printing.plainzip import zipped

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
)
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{_MAIN}">'
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="24"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style></w:styles>'
)
_LINE = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'


def index_docx(
    title: str, words: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int]
) -> bytes:
    """A table of words as .docx on A4; ``widths`` are in twentieths of a point. Equal words give equal bytes."""
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    borders = "".join(_LINE.format(side) for side in ("top", "bottom", "insideH"))
    made = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_MAIN}"><w:body>',
        _paragraph(title, style="Heading1"),
        *(_paragraph(line) for line in words),
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>',
        _row(heads, widths, head=True),
        *(_row(row, widths) for row in rows),
        '</w:tbl><w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="0" w:footer="0" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>",
    ]
    members = [
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", _RELATIONS.format(kind=f"{_OFFICE}/officeDocument", target="word/document.xml")),
        ("word/document.xml", "".join(made)),
        ("word/_rels/document.xml.rels", _RELATIONS.format(kind=f"{_OFFICE}/styles", target="styles.xml")),
        ("word/styles.xml", _STYLES),
    ]
    return zipped([(name, text.encode("utf-8", "replace")) for name, text in members], zipfile.ZIP_DEFLATED)


def _row(cells: Sequence[object], widths: Sequence[int], *, head: bool = False) -> str:
    kind = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{_paragraph(str(cell), bold=head)}</w:tc>'
        for cell, wide in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{kind}{made}</w:tr>"


def _paragraph(text: str, *, style: str = "", bold: bool = False) -> str:
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    heavy = "<w:rPr><w:b/></w:rPr>" if bold else ""
    clean = "".join(letter for letter in text if letter >= " " or letter == "\t")
    return f'<w:p>{kind}<w:r>{heavy}<w:t xml:space="preserve">{escape(clean)}</w:t></w:r></w:p>'
