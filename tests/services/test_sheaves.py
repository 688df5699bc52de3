"""Pages are made ready once: what did not change is not touched again, and what was kept wrong is made anew."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casefile.child import Child, ChildFailed
from casefile.domain.documents import Document
from casefile.errors import BadFile
from casefile.library import Library
from casefile.printing.bundle.sheaf import Writer
from casefile.progress import Silent
from casefile.services import bundles, documents
from casefile.services.bundle_preview import preview
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle import awkward
from tests.services.test_bundles import export


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What the children are asked for, and how often."""
    counts: Counter[str] = Counter()
    true = Child._talk

    def noted(self: Child, head: dict[str, Any], *more: Any) -> Any:
        counts[head.get("do", "")] += 1
        return true(self, head, *more)

    monkeypatch.setattr(Child, "_talk", noted)
    return counts


def given(store: Store, folder: Path, **papers: bytes) -> None:
    folder.mkdir(parents=True)
    for name, data in papers.items():
        (folder / f"{name}.pdf").write_bytes(data)
    import_paths(store, [folder], Silent(), now=NOW)


def test_after_one_change_only_that_paper_is_made_ready(store: Store, library: Library, tmp_path: Path, asked: Counter[str]) -> None:
    given(store, tmp_path / "a", one=awkward.plain("ONE"), two=awkward.plain("TWO"), photo=awkward.camera_photo())
    export(store, library, tmp_path / "out")
    asked.clear()
    export(store, library, tmp_path / "out")
    # Our own pages, whose numbers may have changed, and the reading back of the whole.
    assert asked == {"own": 1, "check": 1}
    given(store, tmp_path / "b", three=awkward.plain("THREE"))
    assert asked["survey"] == 1, "at once, as it is added"
    asked.clear()
    made = export(store, library, tmp_path / "out")
    assert made.checks["ok"] and asked == {"own": 1, "check": 1}


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-9], lambda data: bytes(len(data)), lambda data: None])
def test_a_kept_sheaf_that_is_not_whole_is_made_anew(
    store: Store, library: Library, tmp_path: Path, spoil: Callable[[bytes], bytes | None]
) -> None:
    given(store, tmp_path / "a", one=awkward.plain("ONE"), dark=awkward.full_page())
    good = export(store, library, tmp_path / "out").pdf[0].read_bytes()
    kept = sorted((store.folder / "work" / "pages").glob("*.sheaf"))
    assert len(kept) == 2
    for path in kept:
        data = spoil(path.read_bytes())
        path.unlink()
        if data is not None:
            path.write_bytes(data)
    made = export(store, library, tmp_path / "out")
    assert made.checks["ok"] and made.pdf[0].read_bytes() == good


def test_a_bundle_stops_with_clear_words_where_no_sheaf_can_be_made(
    store: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(store, tmp_path / "a", one=awkward.plain("ONE"))
    old = export(store, library, tmp_path / "out").pdf[0].read_bytes()
    for path in (store.folder / "work" / "pages").glob("*.sheaf"):
        path.unlink()

    def dies(self: Child, *more: Any, **others: Any) -> Any:
        yield b"half"
        raise ChildFailed("reading it stopped the reader")

    monkeypatch.setattr(Child, "pieces", dies)
    with pytest.raises(BadFile, match="Nothing was written"):
        export(store, library, tmp_path / "out")
    assert next((tmp_path / "out").glob("*.pdf")).read_bytes() == old


def test_a_sheaf_that_makes_no_sense_stops_with_clear_words(store: Store, library: Library, tmp_path: Path) -> None:
    """Whole by its sum, and yet it names an object that is not there: a child that was taken over could make one."""
    given(store, tmp_path / "a", one=awkward.plain("ONE"))
    [kept] = (store.folder / "work" / "pages").glob("*.sheaf")
    parts: list[bytes] = []
    told = {"sheets": [[[0, 0, 595, 842], 0, 1]], "leaves": [[0, "a", "b", 0]], "links": [], "leads": [], "streams": []}
    paper = next(one for one in store.find(Document))
    Writer(parts.append).end([b"<< /Type /Page /Contents \0" + b"99\0"], [], told | {"size": paper.size})
    kept.write_bytes(b"".join(parts))
    with pytest.raises(BadFile, match="Nothing was written"):
        export(store, library, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_page_is_shown_before_and_after_its_sheaf_was_lost(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "a", one=awkward.plain("ONE", "TWO"))
    shown = preview(store, library, bundles.compose(store, library, "everything", TODAY), TODAY, Silent())
    page = shown.pages - 1
    first = shown.picture(store, page, 300)
    for path in (store.folder / "work" / "pages").glob("*.sheaf"):
        path.unlink()
    assert shown.picture(store, page, 300) == first


def test_the_emptied_bin_takes_the_pages_along(store: Store, library: Library, tmp_path: Path) -> None:
    """They show what was on the paper. Those of the other papers are made anew."""
    given(store, tmp_path / "a", one=awkward.plain("KEPTWORD"), two=awkward.plain("GONEWORD"))
    export(store, library, tmp_path / "out")
    pages = store.folder / "work" / "pages"
    assert list(pages.iterdir())
    gone = next(one for one in store.find(Document) if one.name == "two.pdf")
    documents.remove(store, gone.id or 0)
    documents.empty_bin(store)
    assert list(pages.iterdir()) == []
    assert export(store, library, tmp_path / "out").checks["ok"]


def test_papers_of_the_same_bytes_are_made_ready_once(store: Store, library: Library, tmp_path: Path, asked: Counter[str]) -> None:
    """A paper may have come with two mails. A cache that is gone is made anew by two helpers at once."""
    many = awkward.plain(*(f"PAGE{at}" for at in range(150)))
    given(store, tmp_path / "a", one=many, other=awkward.plain("OTHER"))
    again = replace(next(one for one in store.find(Document) if one.name == "one.pdf"), id=None, name="again.pdf", title="Again")
    with store.action("Test", now=NOW):
        store.add(again)
    for path in (store.folder / "work" / "pages").iterdir():
        path.unlink()
    asked.clear()
    made = export(store, library, tmp_path / "out")
    assert made.checks["ok"] and len(made.inputs) == 3 and asked["survey"] == 2


def test_pages_that_an_earlier_version_made_go(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "a", one=awkward.plain("ONE"))
    pages = store.folder / "work" / "pages"
    kept = (pages / "kept.json").read_text("utf-8")
    (pages / "kept.json").write_text(re.sub(r"/\d+\"", '/0"', kept), "utf-8")
    (pages / "old.pdf").write_bytes(b"made long ago")
    assert export(store, library, tmp_path / "out").checks["ok"]
    assert not (pages / "old.pdf").exists()
    export(store, library, tmp_path / "out")
    assert len(list(pages.glob("*.sheaf"))) == 1
