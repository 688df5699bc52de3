"""Sections and headings as a parent names them, wherever a bundle shows them: index, bookmarks, dividers, lists, files."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pytest

from casefile.domain.bundle_order import begun, placed, renamed, with_heading
from casefile.domain.bundles import Bundle
from casefile.domain.paper_choice import PaperChoice
from casefile.domain.redaction import Hiding, with_area, with_words
from casefile.library import Library
from casefile.progress import Cancelled, Silent
from casefile.services import bundles
from casefile.services.bundle_export import Exported
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.services.test_bundle_choices import given, paper, words_of

SECTION, OWN, HEADING = "<b>What Amina</b> needs & why", "Kofi at school", "<font size=40>Sensory</font> &amp; motor"


def named(store: Store, library: Library, folder: Path) -> Bundle:
    """Four papers: a renamed section, a section of their own, a heading in each."""
    ids = given(store, folder, one=paper("one", 2), two=paper("two", 1), three=paper("three", 1), four=paper("four", 2))
    made = bundles.compose(store, library, "everything", TODAY, documents=[ids[name] for name in ("one", "two", "three", "four")])
    made = begun(made, f"d{ids['three']}", OWN)
    made = renamed(made, made.items[0].section, SECTION)
    made = with_heading(made, f"d{ids['two']}", HEADING)
    return with_heading(made, f"d{ids['four']}", "Reports about Kofi")


def written(store: Store, library: Library, made: Bundle, folder: Path) -> Exported:
    return bundles.export(store, library, made, folder, Silent(), today=TODAY, now=NOW)


def marks_of(path: Path) -> list[str]:
    """The bookmarks, each with its depth before it."""
    found: list[str] = []

    def walk(entries: object, depth: int) -> None:
        for entry in entries:  # type: ignore[attr-defined]
            found.append(f"{depth} {entry.title}")
            walk(entry.children, depth + 1)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        walk(outline.root, 0)
    return found


def test_names_are_printed_as_typed_everywhere(store: Store, library: Library, tmp_path: Path) -> None:
    made = named(store, library, tmp_path / "given")
    out = written(store, library, replace(made, paper=PaperChoice(dividers=True, by_section=True)), tmp_path / "out")
    assert out.checks["ok"]
    pages = [" ".join(page.split()) for page in words_of(out.pdf[0])]
    index = pages[1].partition("go to it.")[2]
    for words in (f"1 {SECTION}", HEADING, f"2 {OWN}", "Reports about Kofi"):
        assert words in index
    assert index.index(SECTION) < index.index("No date one") < index.index(HEADING) < index.index(OWN) < index.index("Reports about Kofi")
    divider = next(page for page in pages if "Back to the index" in page)
    assert f"{HEADING}: from page" in divider
    marks = marks_of(out.pdf[0])
    at = next(number for number, mark in enumerate(marks) if mark.startswith(f"1 {HEADING}, page"))
    assert marks[at - 2].startswith(f"0 1 {SECTION}, page") and marks[at - 1].startswith("1 E1 one") and marks[at + 1].startswith("2 E2 two")
    assert any(mark.startswith(f"0 2 {OWN}") for mark in marks)
    with zipfile.ZipFile(out.zip) as packed:
        data = {name.split("/data/")[-1]: packed.read(name) for name in packed.namelist()}
    rows = list(csv.DictReader(io.StringIO(data["index.csv"].decode("utf-8-sig"))))
    assert [row["Section"] for row in rows] == [SECTION, f"{SECTION}: {HEADING}", OWN, f"{OWN}: Reports about Kofi"]
    table = docx.Document(io.BytesIO(data["index.docx"])).tables[0]
    assert [row.cells[3].text for row in table.rows][1:] == [row["Section"] for row in rows]
    assert b"<b>What" not in data["index.html"] and b"&lt;b&gt;What Amina" in data["index.html"]
    assert any("What Amina" in path.name for path in out.pdf) and not any("<" in path.name for path in out.pdf)


def test_covered_words_are_covered_in_names_too(store: Store, library: Library, tmp_path: Path) -> None:
    made = named(store, library, tmp_path / "given")
    made = replace(made, hiding=with_words(made.hiding, "Kofi"), paper=PaperChoice(dividers=True, by_section=True))
    out = written(store, library, made, tmp_path / "out")
    assert not any("Kofi" in path.name for path in (tmp_path / "out").iterdir())
    held = b""
    with zipfile.ZipFile(out.zip) as packed:
        for name in packed.namelist():
            assert "Kofi" not in name
            held += packed.read(name) if not name.endswith(".pdf") else b""
    assert b"Kofi" not in held and b"[hidden] at school" in held
    for path in out.pdf:
        assert "Kofi" not in " ".join([*words_of(path), *marks_of(path)])
    assert "Reports about [hidden]" in " ".join(marks_of(out.pdf[0]))


def test_names_are_kept_and_papers_added_later_find_their_section(store: Store, library: Library, tmp_path: Path) -> None:
    ids = given(store, tmp_path / "given", one=paper("one", 1), two=paper("two", 1), three=paper("three", 1))
    made = bundles.compose(store, library, "tribunal", TODAY, documents=[ids["one"], ids["two"]])
    old = made.items[0].section
    made = begun(renamed(made, old, "The rest"), f"d{ids['two']}", "My own")
    made = placed(made, f"d{ids['two']}", "My own")
    kept = bundles.save(store, with_heading(made, f"d{ids['one']}", "A heading"), now=NOW)
    again = bundles.load(store, kept.id or 0)
    assert again == kept and again.sections == ("The rest", "My own")
    more = bundles.add_papers(store, library, again, [ids["three"]], TODAY)
    assert [(item.section, item.key) for item in more.items] == [
        ("The rest", "h1"), ("The rest", f"d{ids['one']}"), ("The rest", f"d{ids['three']}"), ("My own", f"d{ids['two']}"),
    ]  # fmt: skip
    planned = bundles.plan(store, library, more)
    assert [part.section for part in planned.parts if part.item] == ["The rest", "The rest", "My own"]


def test_what_is_added_to_a_sent_bundle_keeps_its_heading(store: Store, library: Library, tmp_path: Path) -> None:
    ids = given(store, tmp_path / "given", one=paper("one", 1), two=paper("two", 1))
    made = bundles.compose(store, library, "everything", TODAY, documents=[ids["one"]])
    out = written(store, library, made, tmp_path / "out")
    sent = bundles.mark_sent(store, made, out, now=NOW, on=TODAY)
    sent = with_heading(bundles.add_papers(store, library, sent, [ids["two"]], TODAY), f"d{ids['two']}", "Came late")
    late = bundles.additions(sent)
    assert [item.over for item in late.chosen] == [("Came late",)]
    again = written(store, library, late, tmp_path / "late")
    assert "Came late" in " ".join(words_of(again.pdf[0]))


def test_what_is_hidden_since_it_was_sent_is_told(store: Store, library: Library, tmp_path: Path) -> None:
    ids = given(store, tmp_path / "given", one=paper("one", 1), two=paper("two", 1))
    made = bundles.compose(store, library, "everything", TODAY, documents=[ids["one"]])
    made = replace(made, hiding=with_area(with_words(made.hiding, "Oakfield"), f"d{ids['one']}", 1, (0.1, 0.1, 0.5, 0.5)))
    sent = bundles.mark_sent(store, made, written(store, library, made, tmp_path / "out"), now=NOW, on=TODAY)
    assert sent == bundles.load(store, sent.id or 0) and len(bundles.changes(sent)) == 1
    other = replace(sent, hiding=with_words(with_words(Hiding(), "oak-field"), "Mr Price"))
    assert bundles.changes(other)[1:] == ["Since then hidden: “Mr Price”. What was sent shows it still.", "1 part of a page is not hidden any more."]
    shown = replace(sent, hiding=with_area(sent.hiding, f"d{ids['one']}", 1, (0.6, 0.6, 0.9, 0.9)))
    shown = replace(shown, hiding=replace(shown.hiding, words=()))
    assert bundles.changes(shown)[1:] == [
        "Not hidden any more: “Oakfield”. It was hidden when this was sent.",
        "Since then 1 part of a page is hidden. What was sent shows it still.",
    ]
    # Papers sent behind it change nothing about the pages that went before.
    late = bundles.additions(bundles.add_papers(store, library, bundles.save(store, other, now=NOW), [ids["two"]], TODAY))
    bundles.save(store, bundles.add_papers(store, library, other, [ids["two"]], TODAY), now=NOW)
    again = bundles.mark_sent(store, late, written(store, library, late, tmp_path / "late"), now=NOW, on=TODAY)
    assert "Since then hidden: “Mr Price”. What was sent shows it still." in bundles.changes(again)
    assert bundles.changes(replace(again, sent=replace(again.sent, hiding=None)))[1:] == []  # type: ignore[arg-type]


@pytest.mark.parametrize("before", [False, True])
def test_stopping_while_sections_are_cut_leaves_all_as_it_was(before: bool, store: Store, library: Library, tmp_path: Path) -> None:
    """Nothing is left of a bundle that was stopped at its very end, and an earlier one stands whole."""
    folder = tmp_path / "out"
    made = replace(named(store, library, tmp_path / "given"), paper=PaperChoice(by_section=True))
    if before:
        written(store, library, replace(made, items=made.items[:2]), folder)
    held = {path.name: path.read_bytes() for path in folder.iterdir()} if before else {}
    steps: list[str] = []

    class Stop:
        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            steps.append(text)
            if text == "Cutting sections" and done:
                raise Cancelled

    with pytest.raises(Cancelled):
        bundles.export(store, library, made, folder, Stop(), today=TODAY, now=NOW)
    assert steps[-1] == "Cutting sections" and folder.exists() == before
    assert ({path.name: path.read_bytes() for path in folder.iterdir()} if before else {}) == held
    if before:
        assert bundles.verify(folder)[0] == []
    assert not list(store.folder.rglob("cut *")) and written(store, library, made, folder).checks["ok"]
