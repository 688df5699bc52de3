"""Two versions of a plan side by side: which lines went, came, moved, and which of the rest bind less than before."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casefile.domain.plan import SECTIONS, PlanItem
from casefile.domain.plan_likeness import Likeness, pairs
from casefile.domain.plan_strength import Judge, balance, fixed_minutes
from casefile.domain.wording.model import Finding

Kind = Literal[
    "removed", "weakened", "strengthened", "moved", "merged", "split", "reworded_equal", "person_downgraded", "need_dropped",
    "placement_changed", "added",
]  # fmt: skip
KINDS: dict[str, tuple[str, str, str]] = {
    "removed": ("Gone", "missed", "late"),
    "need_dropped": ("Need gone", "missed", "late"),
    "weakened": ("Weaker", "weaker", "late"),
    "person_downgraded": ("Person changed", "person", "late"),
    "moved": ("Moved", "moved", "unknown"),
    "merged": ("Merged", "moved", "late"),
    "split": ("Split", "moved", "unknown"),
    "placement_changed": ("School changed", "info", "soon"),
    "strengthened": ("Stronger", "stronger", "done"),
    "added": ("New", "plus", "done"),
    "reworded_equal": ("Other words", "same", "unknown"),
}
"""What each kind of change is called, its icon and its role; the weakest first."""
PROVISION = ("F", "G", "H1", "H2")
_DUTY = {"F": 3, "G": 2, "H1": 2, "H2": 2}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``before`` and ``after`` are the lines it is about, more than one where lines were merged or split.

    ``minutes_before`` and ``minutes_after`` are a week's fixed minutes (None: not fixed; 0: no such line). ``why`` says
    what makes it weaker or stronger. ``silent``: an amendment notice does not list it; None where no list is known.
    """

    type: Kind
    before: tuple[PlanItem, ...] = ()
    after: tuple[PlanItem, ...] = ()
    why: tuple[str, ...] = ()
    minutes_before: float | None = None
    minutes_after: float | None = None
    silent: bool | None = None

    @property
    def section_before(self) -> str | None:
        """The section it stood in; None for a new line."""
        return self.before[0].section if self.before else None

    @property
    def section_after(self) -> str | None:
        """The section it stands in now; None for a line that is gone."""
        return self.after[0].section if self.after else None

    @property
    def text_before(self) -> str:
        """The words before."""
        return "\n".join(item.text for item in self.before)

    @property
    def text_after(self) -> str:
        """The words now."""
        return "\n".join(item.text for item in self.after)

    @property
    def key(self) -> str:
        """The key by which a person knows the line."""
        return (self.before or self.after)[0].key


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, the weakest first, and Section F's fixed minutes a week in all."""

    changes: tuple[Change, ...]
    minutes_before: float
    minutes_after: float
    unfixed_before: int = 0
    unfixed_after: int = 0

    def of(self, *kinds: str) -> tuple[Change, ...]:
        """The changes of some kinds."""
        return tuple(change for change in self.changes if change.type in kinds)


def plain(text: str) -> str:
    """A text without what does not count as a change: spaces, quotes and capitals, a last full stop."""
    return re.sub(r"\s+", " ", text.translate(str.maketrans("‘’“”–—\u00a0", "''\"\"-- "))).strip().rstrip(".").lower()


class _Comparing:
    def __init__(self, before: Sequence[PlanItem], after: Sequence[PlanItem], judge: Judge) -> None:
        self.judge = judge
        self.like = Likeness([*before, *after])
        self.before = [item for item in before if not _is_heading(item)]
        self.after = [item for item in after if not _is_heading(item)]
        self.changes: list[Change] = []

    def minutes(self, items: Sequence[PlanItem]) -> float | None:
        """The fixed minutes a week of lines of provision; None where they fix none."""
        known = [fixed_minutes(self.judge(item.text)) for item in items if item.section in PROVISION]
        amounts = [minutes for minutes in known if minutes is not None]
        return round(sum(amounts), 1) if amounts else None

    def run(self) -> list[Change]:
        matched: list[tuple[PlanItem, PlanItem]] = []
        for section in SECTIONS:
            mine = [item for item in self.before if item.section == section]
            theirs = [item for item in self.after if item.section == section]
            if section == "I":
                self.placement(mine, theirs)
                self.drop(mine, theirs)
                continue
            found = self.within(mine, theirs)
            matched += found
        self.drop([one for one, _ in matched], [other for _, other in matched])
        matched = self.across(matched)
        matched = self.merged_and_split(matched)
        for one, other in matched:
            self.pair(one, other)
        for item in self.before:
            if item.section:
                self.gone(item)
        for item in self.after:
            if item.section and not _is_nothing(item.text):
                self.changes.append(Change("added", (), (item,), (), 0.0 if item.section in PROVISION else None, self.minutes([item])))
        return self.changes

    def within(self, mine: list[PlanItem], theirs: list[PlanItem]) -> list[tuple[PlanItem, PlanItem]]:
        """Pairs in one section: the same words first, then by key and likeness."""
        words: dict[str, list[PlanItem]] = {}
        for item in theirs:
            words.setdefault(plain(item.text), []).append(item)
        found = []
        for item in mine:
            same = words.get(plain(item.text))
            if same:
                best = next((other for other in same if other.key == item.key), same[0])
                same.remove(best)
                found.append((item, best))
        used = {id(item) for pair in found for item in pair}
        rest = [item for item in mine if id(item) not in used], [item for item in theirs if id(item) not in used]
        return found + pairs(*rest, self.like, least=0.4, key_bonus=0.2)

    def drop(self, mine: Sequence[PlanItem], theirs: Sequence[PlanItem]) -> None:
        used = {id(item) for item in (*mine, *theirs)}
        self.before = [item for item in self.before if id(item) not in used]
        self.after = [item for item in self.after if id(item) not in used]

    def across(self, matched: list[tuple[PlanItem, PlanItem]]) -> list[tuple[PlanItem, PlanItem]]:
        """Lines that stand in another section now."""
        mine = [item for item in self.before if item.section and not _is_nothing(item.text)]
        found = [
            pair for pair in pairs(mine, [item for item in self.after if not _is_nothing(item.text)], self.like, least=0.62)
            if pair[0].section != pair[1].section and len(self.like.about(pair[0].text)) > 1
        ]  # fmt: skip
        self.drop([one for one, _ in found], [other for _, other in found])
        for one, other in found:
            self.moved(one, other)
        return matched

    def moved(self, one: PlanItem, other: PlanItem) -> None:
        was, now = _DUTY.get(one.section, 1), _DUTY.get(other.section, 0 if not other.section else 1)
        to = f"Section {other.section}" if other.section else "a part outside the sections"
        why = [f"It stands in {to} now, where the duty is weaker." if now < was else f"It stands in {to} now."]
        if one.section in PROVISION and other.section in PROVISION:
            found = balance(one.text, other.text, one.section, self.judge)
            why += [*found.weaker, *([found.person] if found.person else []), *found.stronger]
        # Only Section F's minutes are owed by the council: a line that left it counts as none there.
        after = 0.0 if one.section == "F" else self.minutes([other])
        before = 0.0 if other.section == "F" and one.section != "F" else self.minutes([one])
        self.changes.append(Change("moved", (one,), (other,), tuple(why), before, after))

    def merged_and_split(self, matched: list[tuple[PlanItem, PlanItem]]) -> list[tuple[PlanItem, PlanItem]]:
        """Lines left over that stand inside a matched line: several became one, or one became several."""
        left: dict[int, tuple[list[PlanItem], list[PlanItem]]] = {}
        taken: list[PlanItem] = []
        for mine, leftovers in ((True, list(self.before)), (False, list(self.after))):
            for item in leftovers:
                best, share = -1, 0.0
                for at, (one, other) in enumerate(matched):
                    host, twin = (other, one) if mine else (one, other)
                    if host.section != item.section or plain(one.text) == plain(other.text):
                        continue
                    found = self.like.share(item.text, host.text)
                    own = self.like.share(item.text, twin.text)
                    if found >= 0.6 and found > share and found - own >= 0.3:
                        best, share = at, found
                if best >= 0:
                    left.setdefault(best, ([], []))[0 if mine else 1].append(item)
                    taken.append(item)
        self.drop(taken, taken)
        for at, (more_before, more_after) in left.items():
            one, other = matched[at]
            before, after = (one, *more_before), (other, *more_after)
            self.whole("merged" if more_before else "split", before, after)
        return [pair for at, pair in enumerate(matched) if at not in left]

    def whole(self, kind: Kind, before: tuple[PlanItem, ...], after: tuple[PlanItem, ...]) -> None:
        was, now = self.minutes(before), self.minutes(after)
        why = [f"{len(before)} lines became {len(after)}."]
        if was is not None and (now is None or now < was - 0.4):
            why.append(f"Minutes a week: was {was:g}, now {'not fixed' if now is None else f'{now:g}'}.")
        self.changes.append(Change(kind, before, after, tuple(why), was, now))

    def pair(self, one: PlanItem, other: PlanItem) -> None:
        if plain(one.text) == plain(other.text):
            return
        was, now = self.minutes([one]), self.minutes([other])
        if _is_nothing(one.text) or _is_nothing(other.text):
            if _is_nothing(one.text) and not _is_nothing(other.text):
                self.changes.append(Change("added", (), (other,), (), was and 0.0, now))
            elif not _is_nothing(one.text):
                self.gone(one)
            return
        found = balance(one.text, other.text, one.section, self.judge)
        less = was is not None and (now is None or now < was - 0.4)
        more = now is not None and (was is None or now > was + 0.4)
        kind: Kind = "reworded_equal"
        if found.weaker and (less or not more):
            kind = "weakened"
        elif found.person and not (found.weaker and not more) and not less:
            kind = "person_downgraded"
        elif found.stronger:
            kind = "strengthened"
        why = (*found.weaker, *((found.person,) if found.person else ()), *found.stronger)
        self.changes.append(Change(kind, (one,), (other,), why, was, now))

    def gone(self, item: PlanItem) -> None:
        if _is_nothing(item.text):
            return
        kind: Kind = "need_dropped" if item.section == "B" else "removed"
        why = ("The need is no longer in Section B. What was given for it may go next.",) if kind == "need_dropped" else ()
        self.changes.append(Change(kind, (item,), (), why, self.minutes([item]), 0.0 if item.section in PROVISION else None))

    def placement(self, mine: list[PlanItem], theirs: list[PlanItem]) -> None:
        before, after = (" ".join(plain(item.text) for item in items if not _is_blank_place(item.text)) for items in (mine, theirs))
        if before != after:
            self.changes.append(Change("placement_changed", tuple(mine), tuple(theirs), ("Section I: there may be a right of appeal.",)))


def _is_heading(item: PlanItem) -> bool:
    return bool(re.search(r"-h\d+$", item.key))


def _is_nothing(text: str) -> bool:
    return bool(re.match(r"^(?:none|n/?a|not applicable|nil|none known|not known|no needs? (?:known|identified))?[. ]*$", text.strip(), re.I))


def _is_blank_place(text: str) -> bool:
    return _is_nothing(text) or bool(re.match(r"^(?:left |this section is |to be )?(?:empty|blank|intentionally|decided|confirmed|completed|named)", text.strip(), re.I))


def _is_listed(change: Change, listed: Sequence[str]) -> bool:
    keys = {item.key.upper() for item in (*change.before, *change.after)} | {item.label.upper() for item in (*change.before, *change.after) if item.label}
    for entry in listed:
        named = {re.sub(r"\s", "", found).upper() for found in re.findall(r"\b(?:[A-K]|H[12])\s?\d+(?:\.\d+)*\b", entry)}
        if named & keys:
            return True
        if named:
            continue
        like = Likeness([*change.before, *change.after])
        if any(like.share(item.text, entry) >= 0.6 for item in (*change.before, *change.after)):
            return True
        section = re.search(r"\bsection\s+(H\s?[12]|[A-K])\b", entry, re.I)
        if section and change.type == "placement_changed" and section[1].upper() == "I":
            return True
    return False


def _rank(change: Change) -> tuple[int, int, float, int]:
    """Section F and G first, then the weakest; what lost most minutes before what lost less."""
    lost = (change.minutes_before or 0.0) - (change.minutes_after or 0.0)
    section = change.section_before if change.section_before is not None else change.section_after or ""
    weight = {"F": 0, "I": 1, "B": 1, "G": 1, "H1": 1, "H2": 1}.get(section, 2)
    order = list(KINDS).index(change.type)
    calm = change.type in ("strengthened", "added", "reworded_equal")
    return (1 if calm else 0, weight if not calm else order, -lost, order)


def compare(before: Sequence[PlanItem], after: Sequence[PlanItem], judge: Judge, *, listed: Sequence[str] = ()) -> Comparison:
    """Every change from ``before`` to ``after``; ``listed`` are the changes an amendment notice names."""
    known: dict[str, Finding] = {}

    def once(text: str) -> Finding:
        if text not in known:
            known[text] = judge(text)
        return known[text]

    changes = _Comparing(before, after, once).run()
    if listed:
        changes = [replace(change, silent=not _is_listed(change, listed) and change.type != "reworded_equal") for change in changes]
    totals, unfixed = [], []
    for items in (before, after):
        fixed = [fixed_minutes(once(item.text)) for item in items if item.section == "F" and not _is_heading(item) and not _is_nothing(item.text)]
        totals.append(round(sum(minutes for minutes in fixed if minutes is not None), 1))
        unfixed.append(sum(1 for minutes in fixed if minutes is None))
    return Comparison(tuple(sorted(changes, key=_rank)), totals[0], totals[1], unfixed[0], unfixed[1])


def marks(before: str, after: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """The words taken out of the one and new in the other, as (start, end) in each text."""
    tokens = [[(found.start(), found.end(), plain(found[0]).strip(",;:")) for found in re.finditer(r"\S+", text)] for text in (before, after)]
    matcher = difflib.SequenceMatcher(None, [token[2] for token in tokens[0]], [token[2] for token in tokens[1]], autojunk=False)
    out: list[tuple[int, int]] = []
    new: list[tuple[int, int]] = []
    for tag, one, one_end, other, other_end in matcher.get_opcodes():
        if tag != "equal":
            if one_end > one:
                out.append((tokens[0][one][0], tokens[0][one_end - 1][1]))
            if other_end > other:
                new.append((tokens[1][other][0], tokens[1][other_end - 1][1]))
    return tuple(out), tuple(new)
