"""The whole law on paper and on screen: a PDF with an outline, and one HTML page that needs nothing else."""

from html import escape

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from casefile.domain.dates import in_words
from casefile.domain.law_document import Entry, LawDocument
from casefile.printing import style
from casefile.printing.page import Look, footer, heading, render
from casefile.printing.style import markup

TITLE = "The law in this program"
OPENING = (
    "Every rule the program counts with, a worked count for each, and where it is written.",
    "To correct something, change the file that has the name shown in brackets, and tell the authors.",
    "This is not legal advice. Free advice: your local SENDIASS, IPSEA, SOS!SEN, Contact.",
)
_SHEET = """
body { font: 1.05rem/1.6 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fffdf7; }
h2 { margin-top: 3rem; border-bottom: 2px solid; } h3 { margin-top: 2rem; }
dt { font-weight: bold; margin-top: .4rem; } dd { margin: 0 0 0 1.5rem; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16181c; } a { color: #9cf; } }
"""


def law_html(document: LawDocument) -> bytes:
    """The document as one HTML page in UTF-8, with a list of contents; it loads nothing from anywhere."""
    parts = [
        "<!doctype html>", '<html lang="en-GB">', '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">', f"<title>{escape(TITLE)}</title>",
        f"<style>{_SHEET}</style></head>", f"<body><h1>{escape(TITLE)}</h1>",
    ]  # fmt: skip
    parts += [f"<p>{escape(text)}</p>" for text in (*OPENING, _checked(document))]
    parts.append("<nav><ul>")
    parts += [f'<li><a href="#c{n}">{escape(one.title)}</a></li>' for n, one in enumerate(document.chapters)]
    parts.append("</ul></nav>")
    for number, chapter in enumerate(document.chapters):
        parts.append(f'<h2 id="c{number}">{escape(chapter.title)}</h2>')
        for entry in chapter.entries:
            parts += _html_entry(entry, f"c{number}-{entry.id}")
    parts.append("</body></html>")
    return "\n".join(parts).encode("utf-8", "replace")


def _html_entry(entry: Entry, anchor: str) -> list[str]:
    parts = [
        f'<h3 id="{escape(anchor, quote=True)}">{escape(entry.title)} <small>[{escape(entry.id)}]</small></h3>',
        "<dl>",
    ]
    last = ""
    for label, text in entry.rows:
        if label != last:
            parts.append(f"<dt>{escape(label)}</dt>")
        shown = escape(text)
        if label == "Link" and text.startswith(("https://", "http://")):
            shown = f'<a href="{escape(text, quote=True)}">{shown}</a>'
        parts.append(f"<dd>{shown}</dd>")
        last = label
    return [*parts, "</dl>"]


def _lines(entry: Entry) -> list[str]:
    """The rows as paragraphs, rows under one label joined; the label in bold."""
    made: list[str] = []
    last = ""
    for label, text in entry.rows:
        if label == last:
            made[-1] += f" {markup(text)}"
        else:
            made.append(f"<b>{markup(label)}:</b> {markup(text)}")
        last = label
    return made


def _checked(document: LawDocument) -> str:
    return f"The law was last checked on {in_words(document.checked)}."


def law_pdf(document: LawDocument) -> bytes:
    """The document as a PDF of A4 pages with an outline; the same document gives the same bytes."""
    kinds = style.styles()

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, TITLE, (_checked(document), f"Page {page} of {total}"))

    def story() -> list[Flowable]:
        made: list[Flowable] = [Paragraph(markup(TITLE), kinds.cover)]
        made += [Paragraph(markup(text), kinds.wide) for text in (*OPENING, _checked(document))]
        for chapter in document.chapters:
            made.append(heading(chapter.title, kinds.title))
            for entry in chapter.entries:
                made.append(Paragraph(markup(f"{entry.title} [{entry.id}]"), kinds.heading))
                made += [Paragraph(line, kinds.wide) for line in _lines(entry)]
                made.append(Spacer(0, kinds.text.leading / 2))
        return made

    return render(Look(TITLE, paint), story)
