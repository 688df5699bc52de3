"""PDFs are looked at while they are imported: a first bundle then waits for none of it, and no paper can hold an import up."""

from pathlib import Path
from typing import Any

import pytest

from casefile.child import Child, ChildFailed
from casefile.errors import NoSpace
from casefile.library import Library
from casefile.progress import Cancelled, Progress, Silent
from casefile.services import bundles, documents, page_looks
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.readers import making


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three PDFs and a text."""
    made = tmp_path / "given"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.pdf").write_bytes(making.pdf(f"Letter {number}", "Its second page"))
    (made / "note.txt").write_text("A call on 3 March 2026", "utf-8")
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the bundle's children are asked to do, in order."""
    found: list[str] = []
    inner = Child._talk

    def talk(self: Child, head: dict[str, Any], *rest: Any) -> Any:
        if self.task == "bundle":
            found.append(head["do"])
        return inner(self, head, *rest)

    monkeypatch.setattr(Child, "_talk", talk)
    return found


def test_a_first_bundle_looks_at_no_pdf_again(
    store: Store, library: Library, folder: Path, tmp_path: Path, asked: list[str]
) -> None:
    documents.import_paths(store, [folder], Silent(), now=NOW)
    assert asked == ["survey"] * 3
    asked.clear()
    made = bundles.compose(store, library, "everything", TODAY)
    done = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert done.checks["ok"] and [one.state for one in done.inputs] == ["bundled"] * 4
    # The text is drawn and then looked at; the PDFs were looked at before.
    assert asked.count("survey") == 1


def test_what_was_looked_at_gives_the_same_bundle(store: Store, library: Library, folder: Path, tmp_path: Path) -> None:
    documents.import_paths(store, [folder], Silent(), now=NOW)
    made = bundles.compose(store, library, "everything", TODAY)
    first = bundles.export(store, library, made, tmp_path / "one", Silent(), today=TODAY, now=NOW)
    (store.folder / "work" / "pages" / "kept.json").unlink()
    again = bundles.export(store, library, made, tmp_path / "two", Silent(), today=TODAY, now=NOW)
    assert first.pdf[0].read_bytes() == again.pdf[0].read_bytes()


def test_a_paper_that_ends_the_child_costs_the_import_nothing(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Child._talk

    def talk(self: Child, head: dict[str, Any], *rest: Any) -> Any:
        if self.task == "bundle":
            raise ChildFailed("reading it stopped the reader")
        return inner(self, head, *rest)

    monkeypatch.setattr(Child, "_talk", talk)
    report = documents.import_paths(store, [folder], Silent(), now=NOW)
    assert report.totals["added"] == 4
    assert not (store.folder / "work" / "pages" / "kept.json").exists()


def test_an_import_does_not_wait_for_a_slow_paper(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = Child._talk

    def talk(self: Child, head: dict[str, Any], blobs: Any, seconds: float, progress: Progress) -> Any:
        if self.task != "bundle":
            return inner(self, head, blobs, seconds, progress)
        while True:
            progress.step("")

    monkeypatch.setattr(Child, "_talk", talk)
    monkeypatch.setattr(page_looks, "_PATIENCE", 0.2)
    assert documents.import_paths(store, [folder], Silent(), now=NOW).totals["added"] == 4


def test_a_stopped_import_keeps_what_was_added_and_ends_its_children(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    inner = Child.stop
    monkeypatch.setattr(Child, "stop", lambda self: (ended.append(self.task), inner(self))[1])

    class Stop(Silent):
        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            if text == "Looking at the pages":
                raise Cancelled

    monkeypatch.setattr(page_looks.Looking, "add", _slow(page_looks.Looking.add))
    with pytest.raises(Cancelled):
        documents.import_paths(store, [folder], Stop(), now=NOW)
    assert len(documents.all_documents(store)) == 4
    assert "bundle" in ended


def _slow(add: Any) -> Any:
    """``add``, told of one paper too many, so that the end must be waited for."""

    def more(self: page_looks.Looking, sha256: str) -> None:
        add(self, sha256)
        self._given += 1

    return more


def test_a_full_disk_after_the_papers_were_added_is_no_failure(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **more: object) -> None:
        raise NoSpace("The disk is full.", "Make room.")

    for where in ("bundle_pages", "sheaves"):
        monkeypatch.setattr(f"casefile.services.{where}.write_file", full)
        assert documents.import_paths(store, [folder], Silent(), now=NOW).totals["added"] == 4
        for path in folder.iterdir():
            path.write_bytes(path.read_bytes() + b"\n")
