"""Draws the papers of the sample case from ``papers.toml`` into ``papers/``. Run it after changing that file:

    python resources/sample/make_papers.py

Everyone in the papers is invented. The same input gives the same bytes.
"""

import datetime as dt
import io
import random
import sys
import tomllib
import zipfile
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from docx import Document as WordFile

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from looks import letter_pdf, photo, scan_pdf  # noqa: E402

OUT = HERE / "papers"
FIXED = (2026, 11, 1, 12, 0, 0)


def docx(paper: dict[str, Any]) -> bytes:
    """A Word file with headings and, where there is one, a table."""
    word = WordFile()
    word.add_heading(paper["title"], 0)
    word.add_paragraph(paper["written"])
    for chunk in paper["body"].strip().split("\n\n"):
        for line in chunk.splitlines():
            if line.startswith("# "):
                word.add_heading(line[2:], 1)
            else:
                word.add_paragraph(line)
    if paper.get("table"):
        rows = paper["table"]
        table = word.add_table(len(rows), len(rows[0]))
        table.style = "Table Grid"
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    word.core_properties.created = word.core_properties.modified = dt.datetime(*FIXED)  # noqa: DTZ001
    word.core_properties.author = "Northbrook"
    first, second = io.BytesIO(), io.BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as given, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            made.writestr(zipfile.ZipInfo(entry.filename, FIXED), given.read(entry.filename), zipfile.ZIP_DEFLATED)
    return second.getvalue()


def mail(paper: dict[str, Any], ids: dict[str, str]) -> bytes:
    """A mail as a mail program saves it, with its attachments."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = paper["from"], paper["to"], paper["subject"]
    made["Date"] = format_datetime(paper["date"])
    made["Message-ID"] = ids[paper["file"]]
    if paper.get("reply_to"):
        made["In-Reply-To"] = ids[paper["reply_to"]]
    made.set_content(paper["body"] + "\n")
    for name in paper.get("attach", ()):
        kind = (
            ("application", "pdf")
            if name.endswith(".pdf")
            else ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
        )
        made.add_attachment((OUT / name).read_bytes(), maintype=kind[0], subtype=kind[1], filename=name)
    if made.is_multipart():
        made.set_boundary(f"=={random.Random(paper['file']).randrange(10**16)}==")
    return made.as_bytes()


def main() -> None:
    """Draw every paper."""
    papers = tomllib.loads((HERE / "papers.toml").read_text("utf-8"))["paper"]
    OUT.mkdir(exist_ok=True)
    ids = {paper["file"]: f"<sample-{number}@mail.example>" for number, paper in enumerate(papers)}
    makers = {"letter": letter_pdf, "scan": scan_pdf, "photo": photo, "docx": docx}
    for paper in papers:
        if paper["form"] in makers:
            (OUT / paper["file"]).write_bytes(makers[paper["form"]](paper))
        elif paper["form"] == "note":
            (OUT / paper["file"]).write_text(paper["body"], encoding="utf-8")
    for paper in papers:
        if paper["form"] == "eml":
            (OUT / paper["file"]).write_bytes(mail(paper, ids))
    print(f"{len(papers)} papers in {OUT}")


if __name__ == "__main__":
    main()
