"""A hearing bundle that somebody else made, held against the page limits: how many pages of what, and how that was counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from casefile.domain.bundle_limits import PARTS, Limit, Source
from casefile.domain.bundles import Bundle, Purpose, day_of
from casefile.domain.dates import count, in_words
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.their_bundle import NONE, OTHER, Ours, may_belong, parts_named, tally
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.services import bundles
from casefile.store.rows import Told
from casefile.store.store import Store

if TYPE_CHECKING:
    from casefile.services.council_bundle import Compared

State = Literal["within", "over", "cannot_tell"]
VERDICTS: dict[State, str] = {
    "within": "Within the limit",
    "over": "Seems over the limit",
    "cannot_tell": "Cannot be told",
}
"""How a part stands to its limit, in words."""
_USUAL = "tribunal"
"""The kind that is taken where nothing in the case tells it: an appeal about what a plan says is the most frequent one."""
_LATE = "tribunal_late"
_ENOUGH = 3
_BEGUN = ("appeal_received", "registration_letter")
_PLANS = ("final_plan", "amended_final_plan")


@dataclass(frozen=True, slots=True)
class Row:
    """A part of their bundle, its limit, and its pages: at least and at most so many.

    ``named`` is whether names in their bundle tell it; ``claim`` is a claim against a school. ``found`` are the pages that hold
    papers of ours that may belong to it: ``most`` counts besides what may be ours and was not found.
    """

    part: str
    limit: Limit
    least: int
    most: int
    named: bool = False
    claim: bool = False
    found: int = 0

    @property
    def state(self) -> State:
        """How it stands to the limit: only what holds for the least as for the most is told."""
        if self.least > self.limit.most:
            return "over"
        if self.unseen:
            return "cannot_tell"
        return "within" if self.most <= self.limit.most else "cannot_tell"

    @property
    def unseen(self) -> bool:
        """Whether it is a working document, and none was recognised: there may be none."""
        return self.part == "working" and not self.least

    @property
    def over(self) -> int:
        """How many pages too many, at least."""
        return max(0, self.least - self.limit.most)

    @property
    def searched(self) -> bool:
        """Whether it is our evidence, and only looking for our papers tells it."""
        return self.part == "own" and not self.named

    @property
    def verdict(self) -> str:
        """How it stands to the limit, in words."""
        return "None was recognised" if self.unseen else VERDICTS[self.state]

    @property
    def counted(self) -> str:
        """Its pages in words, with how sure that is: "about 80", "24 to 60", "at least 24", "not known"."""
        if self.searched:
            return f"{self.found} found" if self.least == self.found else f"{self.least} to {self.found} found" if self.least else f"up to {self.found} found"
        if self.unseen or (self.state == "cannot_tell" and not self.least):
            return "not known"
        if self.state == "cannot_tell" or (self.state == "over" and self.least < self.most):
            return f"at least {self.least}"
        if self.least == self.most:
            return f"about {self.least}" if self.least else "none found"
        return f"{self.least} to {self.most}" if self.least else f"at most {self.most}"

    def title(self, *, ours: bool = False) -> str:
        """What it is; ``ours`` for a sheet that others read, where our evidence is not "yours"."""
        if self.part == "own":
            return "Our own evidence in it" if ours else "Your evidence in it"
        if self.part == OTHER:
            return "The other side’s own evidence" if self.claim else "The council’s own evidence"
        return self.limit.title

    @property
    def sentence(self) -> str:
        """All of it in a line."""
        said = f"{self.title()}: {self.counted}. The limit is {count(self.limit.most, 'page')}."
        if self.state == "over":
            return f"{said} It seems to be {'about' if self.least == self.most else 'at least'} {self.over} too many."
        return f"{said} {'Whether it holds cannot be told' if self.verdict == VERDICTS['cannot_tell'] else self.verdict}."


@dataclass(frozen=True, slots=True)
class Measured:
    """Their bundle against the limits of one kind of appeal or claim.

    ``because`` says why this kind was taken, empty where the parent chose it. ``by`` are the names its parts were told by:
    "bookmarks", "dividers" or nothing. ``evidence`` is the bundle that says which papers are our evidence, if there is one.
    ``claim`` is a claim against a school, in which the council makes nothing.
    """

    purpose: Purpose
    because: str
    rows: tuple[Row, ...]
    by: str
    evidence: Bundle | None
    claim: bool

    @property
    def heading(self) -> str:
        """Which kind of appeal or claim the limits are for."""
        return f"Limits for: {self.purpose.kind[:1].lower()}{self.purpose.kind[1:]}."

    def how(self, *, ours: bool = False) -> tuple[str, ...]:
        """How the pages were counted, and how far that can be trusted."""
        your = "our" if ours else "your"
        if self.by:
            made = [f"Counted by the names of its {self.by}, and by {your} papers found in it."]
        else:
            made = [f"No names of parts that the program knows were read in it. So only {your} papers found in it could be told apart."]
        if self.evidence is None and any(row.searched for row in self.rows):
            why = "" if ours else " You have made no bundle for the Tribunal in this case."
            made.append(f"Which of {your} papers are evidence is not known.{why}")
        elif self.evidence is not None:
            sent = self.evidence.sent
            when = f"sent on {in_words(sent.on)}" if sent else "not marked as sent"
            made.append(f"{your.capitalize()} evidence is what stands in “{self.evidence.title}”, {when}.")
        return (*made, "A page that was typed anew or photographed may be counted wrong.")

    @property
    def rule(self) -> tuple[str, ...]:
        """What is needed for more pages, where a limit seems not to hold."""
        if all(row.state != "over" for row in self.rows) or not self.purpose.change_form:
            return ()
        return (f"More pages than a limit need the Tribunal’s permission, asked for with form {self.purpose.change_form}.",)

    @property
    def advice(self) -> tuple[str, ...]:
        """What a parent can do where a limit seems not to hold; nothing where all hold or cannot be told."""
        over = {row.part for row in self.rows if row.state == "over"}
        made = []
        if over - {"own"}:
            maker = "the school’s side" if self.claim else "the council"
            made += [
                "Count the pages yourself first.",
                f"Then you can write to {maker}, with a copy to the Tribunal. Ask how the pages were counted, and whether more were allowed.",
            ]  # fmt: skip
        if "own" in over:
            made.append("Look whether papers of yours stand in it twice. Your limit is for what you put in.")
        return (*self.rule, *made)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the limits are from and when that was looked up; what was not read in its own words says so."""
        made = []
        for source in dict.fromkeys(row.limit.source for row in self.rows):
            unread = "" if source.sure else " The rule itself was not read: check the current direction."
            made.append(f"From: {source.words}. Looked up on {in_words(source.checked).split(' ', 1)[1]}.{unread}")
        return tuple(made)

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a sentence each."""
        return (
            self.heading, *([self.because] if self.because else []), *(row.sentence for row in self.rows), *self.how(),
            *self.advice, *self.sources,
        )  # fmt: skip


def kinds(library: Library) -> list[Purpose]:
    """The kinds of appeal and claim for which somebody makes a hearing bundle; the usual one first."""
    return sorted((one for one in library.purposes if one.kind), key=lambda one: (one.id != _USUAL, one.id))


def known(library: Library, purpose: str) -> dict[str, Purpose]:
    """The same by their ids. Raises ``Invalid`` where ``purpose`` is given and is none of them."""
    found = {one.id: one for one in kinds(library)}
    if purpose and purpose not in found:
        raise Invalid(f"There is no kind of appeal called {purpose!r}.", f"Use one of: {', '.join(found)}.")
    return found


def measure(store: Store, library: Library, made: "Compared", purpose: str = "") -> Measured:
    """Hold a bundle that was compared against the limits of ``purpose``, or of the kind that the case tells of.

    Raises ``Invalid`` for a purpose that is no kind of appeal or claim.
    """
    by_id = known(library, purpose)
    held = _held(store, by_id, made)
    chosen, because = (purpose, "") if purpose else held.kind
    return _measured(made, held, by_id[chosen], because)


def of_every_kind(store: Store, library: Library, made: "Compared") -> dict[str, Measured]:
    """The same for every kind of appeal and claim by its id; that which the case tells of comes first. The case is read once."""
    by_id = known(library, "")
    held = _held(store, by_id, made)
    usual, because = held.kind
    return {id_: _measured(made, held, by_id[id_], because if id_ == usual else "") for id_ in dict.fromkeys((usual, *by_id))}


@dataclass(frozen=True, slots=True)
class _Held:
    """What the case tells, whatever the kind of appeal: our evidence, the kind and why, our papers in it, and what was not found."""

    kept: Sequence[Bundle]
    kind: tuple[str, str]
    ours: Sequence[Ours]
    lost: int


def _held(store: Store, by_id: dict[str, Purpose], made: "Compared") -> _Held:
    kept = _evidence(store, by_id)
    return _Held(kept, _kind_of(store, by_id, kept), *_ours(store, made, _papers(kept)))


def _measured(made: "Compared", held: _Held, wanted: Purpose, because: str) -> Measured:
    claim = all(limit.part != "plan" for limit in wanted.limits)
    by, signs = _signs(made, claim)
    pages = may_belong(made.pages, frozenset(made.blank), held.ours, signs, claim)
    limits = {limit.part: limit for limit in wanted.limits if limit.part}
    rows = []
    for part in (*(part for part in PARTS if part in limits), OTHER):
        found, with_lost = tally(pages, part), tally(pages, part, held.lost if part == "own" else 0)
        # Each party has the same limit; the other side's evidence is told only where a name says that it is theirs.
        if part != OTHER or found.named:
            rows.append(Row(part, limits["own" if part == OTHER else part], found.least, with_lost.most, found.named > 0, claim, found.most))
    return Measured(wanted, because, tuple(rows), by, held.kept[0] if held.kept else None, claim)


def _signs(made: "Compared", claim: bool) -> tuple[str, list[tuple[int, frozenset[str]]]]:
    """The names that tell parts of it, and what carries them: its bookmarks, else its dividers, else nothing."""
    for by, carried in (("bookmarks", made.bookmarks), ("dividers", made.dividers)):
        named = parts_named(carried, claim)
        telling = [parts for _, parts in named if parts and NONE not in parts]
        # A single name would stand for everything up to the end of the file.
        if len(set(telling)) > 1 or len(telling) >= _ENOUGH:
            return by, named
    return "", []


def _ours(store: Store, made: "Compared", evidence: frozenset[int] | None) -> tuple[list[Ours], int]:
    """Our papers that were found in it; and how many pages of our evidence were not, or any number where it is not known."""
    papers = {paper.id: paper for paper in store.find(Document)}
    there = [papers[row.document] for row in made.rows if row.theirs and papers[row.document].kind in _PLANS]
    newest = max(there, key=lambda paper: (str(day_of(paper) or ""), paper.id or 0), default=None)
    ours, lost = [], made.pages if evidence is None else 0
    for row in made.rows:
        paper = papers[row.document]
        mine = None if evidence is None else row.document in evidence
        if row.theirs:
            length = (paper.pages or 0) if paper.type == "pdf" else 0
            ours.append(Ours(row.theirs, length, paper.kind or "", mine, newest is not None and paper.id == newest.id))
        if mine:
            lost += len(row.lacking) if row.theirs else paper.pages or 1
    return ours, lost


def _evidence(store: Store, by_id: dict[str, Purpose]) -> list[Bundle]:
    """The bundles that say what our evidence is: the one that was sent last, else the newest; then what was sent late."""
    every = []
    for row in bundles.saved(store):
        if row.purpose not in by_id and row.purpose != _LATE:
            continue
        try:
            every.append(bundles.load(store, row.id or 0))
        except BadFile:
            continue  # a bundle that cannot be read tells nothing; its own screen says so
    main = [one for one in every if one.purpose in by_id]
    sent = sorted((one for one in main if one.sent), key=lambda one: one.sent.on if one.sent else dt.date.min, reverse=True)
    late = [one for one in every if one.sent and one.purpose == _LATE]
    return [*(sent or main)[:1], *late] if main else []


def _papers(kept: Sequence[Bundle]) -> frozenset[int] | None:
    """The papers that are our evidence, by their ids; None where no bundle says."""
    if not kept:
        return None
    sent = {row.key for one in kept if one.sent for row in one.sent.rows}
    made = {item.key for one in kept if not one.sent for item in one.chosen}
    return frozenset(int(key[1:]) for key in sent | made if key.startswith("d"))


def _kind_of(store: Store, by_id: dict[str, Purpose], kept: Sequence[Bundle]) -> tuple[str, str]:
    """The kind of appeal or claim the case tells of, and why it was taken."""
    if kept:
        return kept[0].purpose, f"This is taken from your bundle “{kept[0].title}”."
    begun = max((event.on for event in store.find(Event) if event.kind in _BEGUN), default=None)
    decided = [
        event for event in store.find(Event)
        if event.kind in ("decision_letter_sent", "plan_finalised") and (begun is None or event.on <= begun)
    ]  # fmt: skip
    last = max(decided, key=lambda event: (event.on, event.kind == "decision_letter_sent"), default=None)
    if last is not None:
        decision = "plan_contents" if last.kind == "plan_finalised" else last.detail
        if decision == "plan_contents" and any(one.section_i_only for one in store.find(Told)):
            decision = "placement_only"
        for one in by_id.values():
            if decision in one.decisions:
                what = "final plan" if last.kind == "plan_finalised" else "decision"
                return one.id, f"This is taken from the {what} of {in_words(last.on)} in your timeline."
    return _USUAL, "Nothing in the case says which appeal it is, so this one was taken. Choose another if it is wrong."


def told(made: Measured) -> dict[str, object]:
    """The limits as plain data: which kind was taken and why, and for each part its pages, its limit and the source of that."""

    def source(one: Source) -> dict[str, object]:
        return {
            "words": one.words, "link": one.link, "since": one.since.isoformat() if one.since else None,
            "checked": one.checked.isoformat(), "sure": one.sure,
        }  # fmt: skip

    counts = [
        {
            "part": row.part, "title": row.title(), "limit": row.limit.most, "least": row.least, "most": row.most,
            "found": row.found if row.part == "own" else None, "state": row.state, "source": source(row.limit.source),
        }
        for row in made.rows
    ]  # fmt: skip
    return {
        "appeal": made.purpose.id, "kind": made.purpose.kind, "because": made.because, "counts": counts, "by": made.by or None,
        "how": list(made.how()), "advice": list(made.advice),
    }  # fmt: skip
