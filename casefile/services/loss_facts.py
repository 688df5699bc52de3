"""What the family's own ledgers prove for a letter: days out of school, what was paid, what it did to the child."""

from collections.abc import Callable, Sequence

from casefile.domain.absences import lost_words
from casefile.domain.dates import NO_BREAK, count, in_words
from casefile.domain.letter_parts import safe
from casefile.domain.letters import Fact, Proof
from casefile.domain.money import in_pounds
from casefile.domain.phrases import lowered
from casefile.domain.sessions import ABSENCES, Absence
from casefile.services import losses
from casefile.services.case import child_of
from casefile.services.story_facts import Record

NOT_FULL_TIME = ("part_time", "sent_home")
"""Why a child was kept from full-time school without being excluded in the way the law sets out."""
MOST = 20
"""So many entries of a kind are told one by one; the rest are summed up."""


def _sentence(words: str) -> str:
    """The family's own words as a whole sentence."""
    words = safe(" ".join(words.split()))
    return words if words.endswith((".", "!", "?", "”")) else f"{words}."


def _paper(record: Record, document: int | None) -> str:
    mark = record.mark(document)
    return f" ({mark})" if mark else ""


def _costs(record: Record) -> dict[str, Fact]:
    spent = losses.spent(record.store)
    if spent is None:
        return {}
    lines, proofs = [], []
    for one in spent.costs[:MOST]:
        on, sum_ = in_words(one.on, joined=True), in_pounds(one.pence)
        lines.append(f"{on}: {safe(lowered(' '.join(one.what.split()))).rstrip('.')}, {sum_}{_paper(record, one.document)}.")
        proofs.append(Proof(on, f"What was paid: {one.what}", one.document, mark=record.mark(one.document)))
    if len(spent.costs) > MOST:
        lines.append(f"{count(len(spent.costs) - MOST, 'more payment')}. I can send the full list.")
    total = in_pounds(spent.pence)
    return {"costs_list": Fact(tuple(lines), tuple(proofs)), "costs_total": Fact((total,), (Proof(total, "The ledger of what was paid or lost"),))}


def _effects(record: Record) -> dict[str, Fact]:
    """What was written down of the child, without the entries the family folded away as hard to read."""
    found = [one for one in losses.effects(record.store, with_hard=False) if one.on <= record.today][-MOST:]
    lines, proofs, child = [], [], child_of(record.store)
    for one in found:
        on = in_words(one.on, joined=True)
        whose = {"child": f", in {child.short if child.name or child.known_as else 'the child'}’s own words", "other": ", as I was told"}.get(one.whose, "")
        lines.append(f"{on}{_paper(record, one.document)}{whose}: {_sentence(one.words)}")
        proofs.append(Proof(on, "What you wrote down on that day", one.document, mark=record.mark(one.document)))
    return {"effects_list": Fact(tuple(lines), tuple(proofs))} if lines else {}


def _days(name: str, total: str, kinds: Sequence[str]) -> Callable[[Record], dict[str, Fact]]:
    """The days out of school for some reasons (none: for all), entry by entry, and their sum."""

    def read(record: Record) -> dict[str, Fact]:
        out = losses.out_of_school(record.store, record.library, record.today, kinds)
        if out is None or not out.days:
            return {}
        lines, proofs = [], []
        for one, days in out.entries[-MOST:]:
            words = in_words(one.start, joined=True)
            lines.append(_absence(one, days) + _paper(record, one.document) + ".")
            proofs.append(Proof(words, ABSENCES.get(one.kind, "Out of school"), one.document, mark=record.mark(one.document)))
            if one.reason.strip():
                lines[-1] += f" The reason: {_sentence(lowered(one.reason))}"
            if one.agreed_by.strip():
                lines[-1] += f" Who decided it, or told me: {_sentence(one.agreed_by)}"
        lost = lost_words(out.total)
        return {name: Fact(tuple(lines), tuple(proofs)), total: Fact((lost,), (Proof(lost, "The ledger of days out of school"),))}

    return read


def _absence(one: Absence, days: int) -> str:
    """One stretch in words, without its full stop: from when to when, what it was, how many school days."""
    start = in_words(one.start, joined=True)
    kind = lowered(ABSENCES.get(one.kind, "Out of school"))
    hours = f", {one.hours:g}{NO_BREAK}{'hour' if one.hours == 1 else 'hours'} lost on each day" if one.hours is not None else ""
    if one.end is None:
        return f"Since {start}, {kind}: {count(days, 'school day')} so far{hours}"
    if one.end == one.start:
        return f"{start}, {kind}{hours.replace(' on each day', '')}"
    return f"From {start} to {in_words(one.end, joined=True)}, {kind}: {count(days, 'school day')}{hours}"


Read = Callable[[Record], dict[str, Fact]]
_SOURCES: tuple[tuple[frozenset[str], Read], ...] = (
    (frozenset({"costs_list", "costs_total"}), _costs),
    (frozenset({"effects_list"}), _effects),
    (frozenset({"days_out", "days_out_total"}), _days("days_out", "days_out_total", ())),
    (frozenset({"days_not_full", "days_not_full_total"}), _days("days_not_full", "days_not_full_total", NOT_FULL_TIME)),
)
"""Which facts come out of which ledger."""


def loss_facts(record: Record, names: Sequence[str]) -> dict[str, Fact]:
    """Those of the named facts that the family's ledgers can prove."""
    found: dict[str, Fact] = {}
    for given, read in _SOURCES:
        if given & set(names):
            found |= read(record)
    return found
