"""One failing on one day: where the appeal and the complaint stand, and every limit as the rules of the law count it."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from casefile.domain.calendar import add_months
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.events import Event
from casefile.domain.failings import CLOSING, Books, Facts, Failing

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the conditions of a body come to. ``reasons``, ``unless`` and ``likely`` are keys of the route's texts."""

    state: str
    reasons: tuple[str, ...]
    opens: dt.date | None = None
    closes: dt.date | None = None
    first: tuple[str, ...] = ()
    unless: str = ""
    ask: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Whether the council has had its chance to answer: ``ready``, or what comes ``first`` and when it ``opens``."""

    ready: bool
    reason: str
    opens: dt.date | None = None
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """One failing on one day, with the limits counted from its facts by the rules of the law.

    ``days`` are the days a judgment came upon and the texts may name.
    """

    facts: Facts
    failing: Failing
    books: Books
    days: dict[str, dt.date | None] = field(default_factory=dict)

    def row(self, rule: str, **events: dt.date | None) -> Deadline | None:
        """The deadline a rule gives for some events, as the engine counts it."""
        given = [Event(n, kind, day) for n, (kind, day) in enumerate(events.items(), 1) if day is not None]
        found = deadlines(
            given, [self.books.rules[rule]], self.books.calendar, self.facts.as_of, closures=self.books.closures
        )
        return found[0] if found else None

    def last(self, rule: str, **events: dt.date | None) -> dt.date | None:
        """The last day a rule gives for some events."""
        row = self.row(rule, **events)
        return row.due if row else None

    @cached_property
    def appeal_closes(self) -> dt.date | None:
        """The last day to appeal, with the mediation certificate and the Tribunal's own holidays counted in."""
        if self.facts.appeal.decision_sent is None:
            return None
        certificate = self.facts.appeal.mediation_certificate
        sent = self.facts.appeal.decision_sent
        return self.last("appeal_notice", decision_letter_sent=sent, mediation_certificate_issued=certificate)

    @cached_property
    def right(self) -> str | None:
        """Where the right to appeal stands: what the dates show, else what was said."""
        given = self.facts.appeal
        if given.lodged is not None or given.ended is not None:
            return "used"
        if self.appeal_closes is not None and given.right != "none" and given.right != "used":
            return "open" if self.facts.as_of <= self.appeal_closes else "lapsed"
        return given.right

    @cached_property
    def young_person(self) -> bool:
        """Whether the child is past compulsory school age, so that the rights are the young person's own."""
        if self.facts.born is None:
            return False
        passed = self.last("young_person_rights", sixteenth_birthday=add_months(self.facts.born, 12 * 16))
        return passed is not None and self.facts.as_of > passed

    @cached_property
    def wait(self) -> Wait:
        """Whether the council has had its chance to answer a complaint, by the times of the complaint code."""
        told, today = self.facts.complaint, self.facts.as_of
        if told.refused:
            return Wait(True, "refused")
        if told.final_answered:
            return Wait(True, "finished")
        if told.stage2_made:
            known = self._known("cc_s2_acknowledged", "cc_s2_extended")
            end = self.last("cc_s2_response", cc_s2_requested=told.stage2_made, **known)
            return self._silence(end, "council_stage_2")
        if told.stage1_answered:
            end = self.last("cc_s2_response", cc_s2_requested=today)
            return Wait(False, "stage2_first", after(end), ("council_stage_2",))
        if told.stage1_made:
            return self._silence(self.stage_1_end(told.stage1_made), "council_stage_1")
        if self.failing.id == "complaint_ignored":
            return Wait(False, "which_complaint")
        end = self.last("cc_s2_response", cc_s2_requested=self.stage_1_end(today))
        return Wait(False, "complain_first", after(end), ("council_stage_1", "council_stage_2"))

    @cached_property
    def care_wait(self) -> Wait:
        """The same, and for social care by the times of its own three stages (SI 2006/1738)."""
        if self.failing.kind != "social_care":
            return self.wait
        told, today = self.facts.complaint, self.facts.as_of
        if told.refused or told.final_answered:
            return Wait(True, "refused" if told.refused else "care_finished")
        begun = told.stage2_made or today
        if told.stage2_made is None and not told.stage1_answered:
            begun = max(today, self.last("sc_s1", sc_complaint_received=told.stage1_made or today) or today)
        outcome = self.last("sc_s2", sc_s2_start=begun)
        met = self.last("sc_panel_meets", sc_panel_request_received=outcome)
        report = self.last("sc_panel_report", sc_panel_met=met)
        opens = after(self.last("sc_panel_response", sc_panel_report_received=report))
        return Wait(False, "care_first", max(opens, today + DAY) if opens else None, ("social_care_complaint",))

    def _silence(self, end: dt.date | None, stage: str) -> Wait:
        self.days["answer"] = end
        if end is not None and self.facts.as_of > end:
            return Wait(True, "silent")
        return Wait(False, "answer_first", after(end), (stage,))

    def stage_1_end(self, made: dt.date) -> dt.date | None:
        """The last day for the stage 1 answer; before the code of February 2024, the twelve weeks then called fair."""
        known = (
            self._known("complaint_acknowledged", "cc_s1_extended") if made == self.facts.complaint.stage1_made else {}
        )
        end = self.last("cc_s1_response", complaint_received=made, **known)
        return end or self.last("lgsco_premature", complaint_received=made)

    def _known(self, *kinds: str) -> dict[str, dt.date | None]:
        return {kind: self.facts.dates.get(kind) for kind in kinds}

    def late(self, closes: dt.date | None) -> str:
        """How a limit from ``knew_on`` stands: in_time, going_on, late, unknown (not known when), unsure (going on?)."""
        if self.facts.going_on and (closes is None or closes < self.facts.as_of):
            return "going_on"
        if closes is None:
            return "unknown"
        if self.facts.as_of <= closes:
            return "in_time"
        return "unsure" if self.facts.going_on is None else "late"

    def safe(self, rule: str, **events: dt.date | None) -> dt.date | None:
        """The safe day a rule gives for some events."""
        row = self.row(rule, **events)
        return row.safe_date if row else None

    def near(self, closes: dt.date | None) -> str:
        """Open, or closing where the last day is near."""
        return "closing" if closes and self.facts.as_of <= closes <= self.facts.as_of + CLOSING else "open"


def after(day: dt.date | None) -> dt.date | None:
    """The next day, if there is a day."""
    return day + DAY if day else None
