"""Hearing bundles as a council makes them, held against the page limits: by bookmarks, by dividers, by our papers alone."""

import datetime as dt
import io
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from casefile.child import Child
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.library.bundles import load_purposes
from casefile.progress import Silent
from casefile.services import bundles, council_bundle, council_limits
from casefile.services.council_limits import Measured, Row
from casefile.store.rows import Told
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle.awkward import plain

Section = tuple[str, int, Sequence[str | int]]
"""The name of a section, its level, and what stands in it: pages of theirs by their number, papers of ours by their kind."""


def strange(pages: int, seed: str) -> bytes:
    """Pages of words that nobody else wrote."""
    chance = random.Random(seed)
    return plain(*(" ".join(f"{seed}{chance.randrange(10**7)}" for _ in range(45)) for _ in range(pages)))


def paper(store: Store, kind: str) -> Document:
    """Our first PDF of a kind."""
    return next(one for one in store.find(Document, "id") if one.kind == kind and one.type == "pdf")


def hearing(store: Store, path: Path, sections: Sequence[Section], *, dividers: bool = False, bookmarks: bool = True) -> Path:
    """A hearing bundle of sections."""
    made, kept, signs = pikepdf.new(), [], []
    for number, (name, level, things) in enumerate(sections):
        signs.append((name, level, len(made.pages)))
        sources = [plain(f"{name} {len(made.pages)}")] if dividers else []
        for thing in things:
            mine = store.originals.path_of(paper(store, thing).sha256, "pdf").read_bytes() if isinstance(thing, str) else strange(thing, f"s{number}x")
            sources.append(mine)
        for data in sources:
            kept.append(pikepdf.open(io.BytesIO(data)))  # its pages are read when the bundle is written
            made.pages.extend(kept[-1].pages)
    if bookmarks:
        with made.open_outline() as outline:
            above: list[pikepdf.OutlineItem] = []
            for name, level, first in signs:
                item = pikepdf.OutlineItem(name, first)
                del above[level:]
                (above[-1].children if above else outline.root).append(item)
                above.append(item)
    made.save(path)
    return path


WHOLE: Sequence[Section] = (
    ("Index", 0, (1,)), ("A Core bundle", 0, (60,)), ("LA response", 1, (45,)), ("B EHCP", 0, ("final_plan",)),
    ("Appendices", 0, ("ep_report", 20)), ("C Working document", 0, (30,)), ("D Parents’ evidence", 0, ("ot_report", "letter", 5)),
    ("E LA evidence", 0, (12,)),
)  # fmt: skip


def measured(store: Store, library: Library, path: Path, purpose: str = "") -> Measured:
    return council_limits.measure(store, library, council_bundle.compare(store, path, Silent()), purpose)


def by_part(made: Measured) -> dict[str, Row]:
    return {row.part: row for row in made.rows}


def numbers(made: Measured) -> dict[str, tuple[int, int, int, str]]:
    return {row.part: (row.least, row.most, row.limit.most, row.state) for row in made.rows}


def test_bookmarks_tell_the_parts_and_an_exceeded_limit_is_told_calmly(sample: Store, library: Library, tmp_path: Path) -> None:
    found = council_bundle.compare(sample, hearing(sample, tmp_path / "theirs.pdf", WHOLE), Silent())
    assert [sign.name for sign in found.bookmarks][:2] == ["Index", "A Core bundle"] and found.bookmarks[2].level == 1
    made = council_limits.measure(sample, library, found)
    assert numbers(made) == {
        "core": (105, 106, 100, "over"), "plan": (23, 23, 150, "within"), "working": (30, 30, 25, "over"), "own": (7, 7, 100, "within"),
        "other": (12, 12, 100, "within"),
    }  # fmt: skip
    words = "\n".join(made.lines)
    assert "The council’s core bundle: at least 105. The limit is 100 pages. It seems to be at least 5 too many." in words
    assert "The working document: about 30. The limit is 25 pages. It seems to be about 5 too many." in words
    assert "need the Tribunal’s permission, asked for with form SEND7" in words and "write to the council, with a copy to the Tribunal" in words
    assert "Counted by the names of its bookmarks" in words and "check the current direction" in words and "Looked up on 24 November 2026" in words
    with pypdfium2.PdfDocument(council_bundle.pdf_of(sample, found, made, TODAY)) as document:
        sheet = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "The council’s core bundle at least 105 100 Seems over the limit" in sheet and "Our own evidence in it about 7 100 Within the limit" in sheet
    assert "Your evidence" not in sheet and "check the current direction" in sheet


def test_dividers_tell_the_parts_where_there_are_no_bookmarks(sample: Store, library: Library, tmp_path: Path) -> None:
    sections = [one for one in WHOLE if one[0] != "Index"]
    made = measured(sample, library, hearing(sample, tmp_path / "theirs.pdf", sections, dividers=True, bookmarks=False))
    assert made.by == "dividers" and "the names of its dividers" in made.how()[0]
    assert numbers(made)["core"] == (107, 107, 100, "over") and numbers(made)["plan"] == (25, 25, 150, "within")
    assert numbers(made)["own"] == (8, 8, 100, "within")


def test_without_names_no_more_is_said_than_is_known(sample: Store, library: Library, tmp_path: Path) -> None:
    made = measured(sample, library, hearing(sample, tmp_path / "theirs.pdf", WHOLE, bookmarks=False))
    rows = by_part(made)
    assert made.by == "" and "other" not in rows and not made.advice
    assert (rows["core"].state, rows["core"].counted) == ("cannot_tell", "not known")
    assert (rows["plan"].state, rows["plan"].counted) == ("cannot_tell", "at least 2")
    assert (rows["own"].counted, rows["own"].verdict, rows["own"].most) == ("up to 3 found", "Cannot be told", 176)
    assert rows["working"].verdict == "None was recognised"
    assert "You have made no bundle for the Tribunal" in " ".join(made.how()) and "Whether it holds cannot be told." in rows["core"].sentence
    short = measured(sample, library, hearing(sample, tmp_path / "short.pdf", [("x", 0, (40, "final_plan"))], bookmarks=False))
    assert by_part(short)["core"].counted == "at most 40" and by_part(short)["core"].state == "within", "so few pages cannot be too many"


def test_a_single_name_is_not_taken_for_all_that_follows(sample: Store, library: Library, tmp_path: Path) -> None:
    made = measured(sample, library, hearing(sample, tmp_path / "theirs.pdf", [("Core bundle", 0, (120,))]))
    assert made.by == "" and by_part(made)["core"].state == "cannot_tell"


def test_what_we_sent_is_our_evidence(sample: Store, library: Library, tmp_path: Path) -> None:
    mine = [paper(sample, kind).id or 0 for kind in ("ot_report", "letter", "decision_to_assess")]
    bundle = bundles.compose(sample, library, "tribunal_75", TODAY, documents=mine)
    exported = bundles.export(sample, library, bundle, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    kept = bundles.save(sample, bundle, now=NOW)
    theirs = hearing(sample, tmp_path / "theirs.pdf", [("x", 0, ("letter", "ep_report", "final_plan", 10))], bookmarks=False)
    made = measured(sample, library, theirs)
    assert made.purpose.id == "tribunal_75" and made.because == "This is taken from your bundle “Evidence for the Tribunal”."
    assert "not marked as sent" in " ".join(made.how())
    assert numbers(made)["own"] == (1, 1 + 2, 75, "within"), "two papers were not found: they may be among the ten strange pages"
    bundles.mark_sent(sample, kept, exported, now=NOW, on=TODAY)
    sent = measured(sample, library, hearing(sample, tmp_path / "all.pdf", [("x", 0, ("letter", "decision_to_assess", "ot_report"))], bookmarks=False))
    assert "sent on Tuesday 24 November 2026" in " ".join(sent.how())
    assert numbers(sent)["own"] == (1, 3, 75, "within"), "a decision and a report may stand in the core bundle and behind the plan"


def test_our_evidence_over_its_limit(sample: Store, library: Library, tmp_path: Path) -> None:
    sections: Sequence[Section] = [("Core", 0, (3,)), ("Appellant’s evidence", 0, (76, "letter")), ("LA evidence", 0, (2,))]
    path = hearing(sample, tmp_path / "theirs.pdf", sections)
    over, within = measured(sample, library, path, "tribunal_75"), measured(sample, library, path, "tribunal")
    assert numbers(over)["own"] == (77, 77, 75, "over") and numbers(within)["own"] == (77, 77, 100, "within")
    assert not over.because and "stand in it twice" in " ".join(over.advice) and "write to the council" not in " ".join(over.advice)


def test_a_claim_has_its_own_limits(sample: Store, library: Library, tmp_path: Path) -> None:
    sections: Sequence[Section] = [
        ("Core bundle", 0, (4, "final_plan")), ("Supplementary bundle", 0, (101,)), ("Claimant’s evidence", 0, ("letter",)), ("School’s evidence", 0, (5,)),
    ]  # fmt: skip
    made = measured(sample, library, hearing(sample, tmp_path / "theirs.pdf", sections), "tribunal_discrimination")
    assert numbers(made) == {
        "core": (6, 6, 100, "within"), "supplementary": (101, 101, 100, "over"), "own": (1, 1, 200, "within"), "other": (5, 5, 200, "within"),
    }  # fmt: skip
    assert "write to the school’s side" in " ".join(made.advice) and by_part(made)["other"].title() == "The other side’s own evidence"


def test_the_kind_of_appeal_is_taken_from_the_case(store: Store, library: Library) -> None:
    nothing = council_bundle.Compared("theirs.pdf", 10, (), ((1, 10),), ())

    def kind(purpose: str = "") -> tuple[str, str]:
        made = council_limits.measure(store, library, nothing, purpose)
        return made.purpose.id, made.because

    assert kind()[0] == "tribunal" and "Nothing in the case says which appeal" in kind()[1]
    with store.action("x", now=NOW):
        store.add(Event(None, "decision_letter_sent", dt.date(2026, 2, 3), detail="refuse_to_assess"))
    assert kind() == ("tribunal_75", "This is taken from the decision of Tuesday 3 February 2026 in your timeline.")
    with store.action("x", now=NOW):
        store.add(Event(None, "plan_finalised", dt.date(2026, 8, 3)))
    assert kind() == ("tribunal", "This is taken from the final plan of Monday 3 August 2026 in your timeline.")
    with store.action("x", now=NOW):
        store.add(Told(None, "school_named_wrong", section_i_only=True))
    assert kind()[0] == "tribunal_75", "an appeal about Section I alone"
    with store.action("x", now=NOW):
        store.add(Event(None, "appeal_received", dt.date(2026, 3, 3)))
    assert kind()[1].startswith("This is taken from the decision of"), "the plan came after the appeal"
    assert kind("tribunal_discrimination") == ("tribunal_discrimination", "")
    with pytest.raises(Invalid, match="tribunal_late"):
        kind("tribunal_late")


def test_the_decisions_of_every_kind_are_known_and_each_belongs_to_one(library: Library) -> None:
    named = [decision for one in council_limits.kinds(library) for decision in one.decisions]
    assert set(named) <= set(library.law.event_kinds["decision_letter_sent"].details) and len(named) == len(set(named))
    for one in council_limits.kinds(library):
        parts = {limit.part for limit in one.limits if limit.part}
        assert {"core", "own"} <= parts and ("plan" in parts) != ("supplementary" in parts)


def test_a_limit_for_a_part_that_no_bundle_has_is_refused(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "bundles"
    shutil.copytree(library.folder / "bundles", folder)
    limits = (folder / "limits.toml").read_text("utf-8")
    (folder / "limits.toml").write_text(limits.replace('part = "supplementary"', 'part = "poem"'), "utf-8")
    with pytest.raises(BadFile, match="supplementary_claim: part is 'poem'"):
        load_purposes(folder)


def odd_marks(path: Path) -> None:
    """Bookmarks in a ring, one with half a letter, one that opens another file, one that leads nowhere."""
    with pikepdf.open(io.BytesIO(plain("a", "b", "c"))) as pdf:
        def mark(name: bytes, **more: object) -> pikepdf.Object:
            return pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(name), **more))

        there = pikepdf.Array([pdf.pages[1].obj, pikepdf.Name.Fit])
        first, half = mark(b"Core bundle", Dest=there), mark(b"\xfe\xff\xd8\x00", Dest=there)
        other = mark(b"Elsewhere", A=pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=pikepdf.String("other.pdf"), D=pikepdf.Array([0, pikepdf.Name.Fit])))
        bare = mark(b"x" * 1000)
        for one, following in ((first, half), (half, other), (other, bare), (bare, first)):
            one.Next = following
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines, First=first, Last=bare))
        pdf.save(path)


def test_odd_bookmarks_are_read_as_far_as_they_can_be(tmp_path: Path) -> None:
    odd_marks(tmp_path / "odd.pdf")
    with Child("bundle") as child:
        answer, _ = child.ask({"do": "bookmarks", "path": str(tmp_path / "odd.pdf")}, seconds=30)
    names = [(name, page) for name, page, _ in answer["bookmarks"]]
    assert names[0] == ("Core bundle", 2) and names[1][1] == 2 and names[2:] == [("Elsewhere", 0), ("x" * 200, 0)]


def test_bookmarks_that_cannot_be_read_cost_nothing_else(
    sample: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Child.ask

    def ask(self: Child, head: dict[str, object], *more: object, **how: object) -> object:
        return asked(self, head | {"path": "nowhere"} if head["do"] == "bookmarks" else head, *more, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Child, "ask", ask)
    found = council_bundle.compare(sample, hearing(sample, tmp_path / "theirs.pdf", WHOLE), Silent())
    assert found.bookmarks == () and found.pages == 178 and council_limits.measure(sample, library, found).by == ""


def test_the_words_of_a_count(library: Library) -> None:
    limit = next(one for one in library.purpose("tribunal").limits if one.part == "core")
    row = Row("core", limit, 40, 40)
    assert [replace(row, least=least, most=most).counted for least, most in ((40, 40), (40, 60), (0, 60), (0, 0), (40, 140), (0, 140), (110, 140))] == [
        "about 40", "40 to 60", "at most 60", "none found", "at least 40", "not known", "at least 110",
    ]  # fmt: skip
