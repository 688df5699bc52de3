"""A letter: its form, the facts it takes from the record, and the words that come of them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from casefile.domain.dates import MONTHS, count, in_words
from casefile.domain.letter_parts import safe

FACTS: dict[str, str] = {
    "child_name": "the child's full name",
    "child_short": "the name used in a sentence",
    "child_born": "the child's date of birth, in words",
    "council": "the council's name",
    "council_reference": "the council's reference",
    "school": "the school's name",
    "my_name": "your name",
    "my_relation": "what you are to the child",
    "today": "the date of the letter",
    "request_received": "the day the council received the request",
    "request_how": "how the request was sent",
    "last_lawful_day": "the last day the law allowed",
    "days_late": "how many days late it is",
    "count_in_words": "how the last day was counted",
    "chronology": "what happened, in date order",
    "law_reference": "where the duty is written",
    "reply_by": "the day you ask for an answer by",
    "reply_by_count": "how that day was counted",
    "second_last_day": "the earlier limit that was missed too",
    "second_lateness": "whether that came, and how late",
    "marks": "what the marks of the papers mean",
    "lateness": "whether it came, and how late",
    "still_waiting": "that it has not come yet",
    "came_late": "that it came, but late",
    "complaint_made": "the day the council received your complaint",
    "loss": "what was lost, in one sentence",
    "plan_words": "what the plan promises, in its own words",
    "missed_sessions": "every session that was not given",
    "ledger_totals": "what was due, given and missed, line by line",
    "missed_total": "how much was missed in all",
    "complaint_story": "what happened with your complaint, in date order",
    "council_answer": "the council's last answer, or that its answer is late",
    "answered_on": "the day the council answered your complaint at stage 1",
    "unanswered_on": "a letter you sent that has no reply yet",
    "unanswered_about": "what that letter was about",
    "points_left": "what the reply to your complaint leaves open",
    "first_knew": "the day you first knew of this",
    "appeal_made": "the day the Tribunal had your appeal",
    "plan_date": "the day of the plan",
    "section_f": "what Section F promises, line by line, in the ledger",
    "decision_on": "the day of the council's decision",
    "refused_on": "the day the council refused to assess",
    "order_on": "the day of the Tribunal's order",
    "draft_on": "the day the draft plan was sent",
    "amended_on": "the day the notice of changes was sent",
    "amended_until": "the last day for your comments on the changes",
    "draft_until": "the last day for your comments on the draft",
    "moved_on": "the day you moved",
    "asked_on": "the day the council received the request",
    "agreed_on": "the day the council agreed to assess",
    "sixteen_weeks": "the end of the 16 weeks, passed without a word about a plan",
    "last_assessed": "the day the last assessment ended",
    "last_review": "the day of the last review",
    "next_date": "the next date of the case",
    "late_list": "what the council owes and has not done",
    "breaches": "help that was missed, or something that is overdue",
    "breach_list": "help that was missed, or something that is overdue",
    "whole_story": "what happened in the case, in date order",
    "letters_sent": "the letters you sent",
    "grounds_on": "the first day of the failing",
    "court_until": "the end of the three months for a court",
    "advice_list": "where free advice is",
    "sar_on": "the day your request for records arrived",
    "foi_on": "the day your freedom of information request arrived",
    "exclusion_on": "the first day of the suspension or exclusion",
    "exclusion_is_permanent": "that the exclusion is for good",
    "governors_told": "the day the governors were told",
    "governors_until": "the last day for the governors to meet",
    "governors_decide": "that the governors must decide",
    "survey_facts": "the facts of the case as closed answers",
    "survey_region": "the region of the council",
    "owed": "help that was missed, or money that was paid, in the ledger",
    "costs_list": "what was paid or lost",
    "costs_total": "what was paid or lost in all",
    "effects_list": "what it did to the child, day by day",
    "days_out": "the days out of school, in the ledger",
    "days_out_total": "the days out of school in all",
    "days_not_full": "the days sent home or on part-time hours, in the ledger",
    "days_not_full_total": "the days sent home or on part-time hours in all",
    "draft_points": "a draft plan that was read in, with what to change in Section F",
    "draft_left_out": "what reports ask for and the draft leaves out",
    "draft_other": "what else to change in the draft",
    "plan_changes": "a notice of changes that was read in, with what it takes away",
    "minutes_fall": "how many minutes a week the changes take away",
    "to_section_f": "a line of Section G or H that teaches or trains",
    "at_draft": "that the plan is a draft",
    "at_final": "that the plan is final",
    "section_g": "what Section G promises",
    "section_h": "what Section H promises",
}
"""Every fact a letter form may name, and what it is, for the list of gaps."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The record behind a statement of fact.

    ``words`` are the words in the letter it stands behind. ``document`` is the paper, ``event`` the recorded event,
    ``rule`` the rule of law; ``mark`` is the paper's exhibit mark ("E4"), empty where there is no paper.
    """

    words: str
    what: str
    document: int | None = None
    event: int | None = None
    rule: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value for a named place: one line, or several (each becomes a numbered paragraph)."""

    lines: tuple[str, ...]
    proofs: tuple[Proof, ...] = ()

    @property
    def text(self) -> str:
        """The value as one line."""
        return " ".join(self.lines)

    def latest(self, most: int) -> "Fact":
        """The fact with its last ``most`` lines, the proofs that stand behind them, and a line that says how many are left out."""
        left = len(self.lines) - most
        if most <= 0 or left <= 0:
            return self
        kept = self.lines[-most:]
        proofs = tuple(proof for proof in self.proofs if any(proof.words in line for line in kept))
        return Fact((f"{count(left, 'entry', 'entries')} before these {'is' if left == 1 else 'are'} left out here. I can send the full list.", *kept), proofs)


@dataclass(frozen=True, slots=True)
class Field:
    """Something a letter asks its writer. ``lines`` is the height of the box; ``required`` bars "ready" while empty.

    Where there are ``choices`` the answer is one of them, word for word, or empty; the place ``name_2`` then says whether it
    is the second.
    """

    name: str
    label: str
    help: str = ""
    lines: int = 1
    required: bool = True
    default: str = ""
    choices: tuple[str, ...] = ()


Names = Literal["all", "no_child", "nobody"]
"""Whom a letter may name: everybody; everybody but the child; nobody at all, nor the sender."""
TO_WHOM = "to_whom"
"""The question whose answer says which of its offices a letter goes to."""


@dataclass(frozen=True, slots=True)
class Template:
    """A letter form, read from ``resources/letters``. ``needs`` are rule ids, one of which must be overdue, or facts.

    ``tells`` are the stages of the law whose events its story tells; ``records`` the event that sending it records.
    ``or_rules`` are other rules it may be about instead of ``rule``; a need called "shortfall" is the ledger's, and
    ``section`` the part of the plan whose sessions it tells ("F"; empty: all). ``ended_by`` are kinds of events: after
    one of them (and after the last of ``begun_by``) the time for this letter is over. ``or_offices`` are other offices it
    may go to, where the answer to the question ``TO_WHOM`` is that office's title. ``names`` says whom it may name. ``takes`` are the
    steps it takes beside what it records, as "failing:door"; "*:door" for any failing. ``most`` is how many statements
    each list of it may hold, 0 for all.
    """

    id: str
    title: str
    purpose: str
    to_office: str
    subject: str
    rule: str
    needs: tuple[str, ...]
    records: str
    fields: tuple[Field, ...]
    body: str
    reply_days: int = 0
    reply_rule: str = ""
    also_rule: str = ""
    copies: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    or_rules: tuple[str, ...] = ()
    section: str = ""
    begun_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    or_offices: tuple[str, ...] = ()
    names: "Names" = "all"
    takes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    most: int = 0

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office it may go to, the usual one first."""
        return (self.to_office, *self.or_offices)

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule this letter may be about."""
        return tuple(filter(None, (self.rule, *self.or_rules)))


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact the letter needs and the record lacks. ``shown`` is the gap as it stands in the text."""

    name: str
    what: str
    shown: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter being written. ``body`` is the text; ``edited`` says that the parent changed it, so it is kept as it is.

    In ``body`` a line beginning ``# `` is a heading, one beginning ``1. `` a numbered statement, one beginning ``| `` a
    labelled row of it; blank lines part paragraphs; what stands in square brackets is a gap.
    """

    id: int | None
    template: str
    title: str
    made: dt.date
    values: Mapping[str, str]
    subject: str
    body: str
    salutation: str
    closing: str
    recipient: tuple[str, ...]
    sender: tuple[str, ...]
    about: str = ""
    reference: str = ""
    our_reference: str = ""
    sent_by: str = ""
    signed: str = ""
    relation: str = ""
    enclosed: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    gaps: tuple[Gap, ...] = ()
    edited: bool = False
    sent_on: dt.date | None = None
    document: int | None = None
    email: str = ""
    check: tuple[str, ...] = field(default=())

    @property
    def ready(self) -> bool:
        """Whether no gap is left, so that it may be marked as sent."""
        return not self.gaps


    @property
    def nameless(self) -> bool:
        """Whether it names neither its sender nor the child, so that nothing in it may lead back to them."""
        return not self.about and not self.sender

    @property
    def dated(self) -> str:
        """The date as the letter shows it; only the month in a nameless one."""
        return f"{MONTHS[self.made.month - 1]} {self.made.year}" if self.nameless else in_words(self.made, joined=True)


GAP = re.compile(r"\[[^\[\]\n]{1,80}\]")
"""A gap in a letter's text: words in square brackets."""

_PLACE = re.compile(r"\{\{([a-z_]+)\}\}")
_OPTIONAL = re.compile(r"^\?(\w+(?:\|\w+)*):\s*", re.MULTILINE)
_PLACE_AND_STOP = re.compile(r"\{\{([a-z_]+)\}\}(\.(?!\w))?")


def gaps_in(text: str) -> tuple[str, ...]:
    """The gaps still standing in a text, as they are shown, in order and once each."""
    return tuple(dict.fromkeys(GAP.findall(text)))


def places_in(text: str) -> tuple[str, ...]:
    """The names of the places a letter form asks to be filled, in order and once each."""
    optional = [name for names in _OPTIONAL.findall(text) for name in names.split("|")]
    return tuple(dict.fromkeys([*_PLACE.findall(text), *optional]))


def fill(
    body: str, facts: Mapping[str, Fact], values: Mapping[str, str], names: Mapping[str, str]
) -> tuple[str, tuple[Proof, ...], tuple[Gap, ...]]:
    """Fill a letter form: the text, the proofs in the order they appear, and the gaps left.

    ``facts`` come from the record, ``values`` from the parent, ``names`` says in words what each place holds. A line
    beginning ``?name:`` is dropped when that value is empty, one beginning ``?one|other:`` when both are. A list alone on its line becomes numbered statements.
    Case text never becomes template source: each place is filled once and what it holds is not read again.
    """
    proofs: list[Proof] = []
    gaps: dict[str, Gap] = {}

    def value(name: str) -> str:
        fact = facts.get(name)
        if fact and fact.text:
            proofs.extend(fact.proofs)
            return fact.text
        if values.get(name, "").strip():
            return safe(values[name].strip())
        what = names.get(name, name.replace("_", " "))
        gaps.setdefault(name, Gap(name, what, f"[{what}]"))
        return f"[{what}]"

    lines: list[str] = []
    for line in body.splitlines():
        optional = _OPTIONAL.match(line)
        if optional:
            if not any((name in facts and facts[name].text) or values.get(name, "").strip() for name in optional[1].split("|")):
                continue
            line = line[optional.end() :]
        alone = re.fullmatch(r"(\d+\.\s+)?\{\{([a-z_]+)\}\}", line.strip())
        if alone and alone[2] in facts and facts[alone[2]].lines:
            proofs.extend(facts[alone[2]].proofs)
            mark = "1. " if alone[1] or len(facts[alone[2]].lines) > 1 else ""
            lines.extend(f"{mark}{entry}" for entry in facts[alone[2]].lines)
        else:
            filled = _PLACE_AND_STOP.sub(lambda match: _stopped(_bare(match, value(match[1])), match[2] or ""), line)
            # A place alone on its line holds whole sentences, also where it is the parent who wrote them.
            lines.append(_stopped(filled, ".") if alone and not filled.endswith(("]", "”")) else filled)
    return "\n".join(lines), tuple(dict.fromkeys(proofs)), tuple(gaps.values())


def put_in(body: str, shown: str, fact: Fact) -> str:
    """A letter's body with a gap filled, as its writer has changed it: a list takes the place of a statement that is only the gap."""
    listed = "\n\n".join(f"1. {line}" for line in fact.lines)
    body = re.sub(rf"^\d+\. {re.escape(shown)}\.?$", lambda _: listed, body, flags=re.MULTILINE)
    return body.replace(shown, safe(fact.text))


def _bare(match: re.Match[str], words: str) -> str:
    """A value without quotation marks of its own where the form already quotes it."""
    return words.strip("\"“” ") or words if match.string[: match.start()].endswith("“") else words


def _stopped(words: str, stop: str) -> str:
    """A value and the full stop after its place, which is left out where the value brings its own."""
    return words if words.endswith((".", "!", "?")) else words + stop
