"""The quality check of a plan, Q01 to Q20, as far as the record can decide it; each finding says what to ask."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from casefile.domain.plan import SECTIONS, PlanItem, PlanVersion
from casefile.domain.plan_reports import Recommendation, lost_and_thinned
from casefile.domain.plan_strength import Judge, fixed_minutes

Level = Literal["must", "should", "could"]
FINALS = ("final", "amended_final", "tribunal_order", "other_council")
PROVISION = ("F", "G", "H1", "H2")
UNDOING = ("condition", "ceiling", "delegation", "money", "change")
TEACHES = re.compile(r"\b(?:teach\w*|train(?:s|ed|ing)?|learn\w*|skills?|strategies|practis\w+|programmes?|communicat\w+|independen\w+|self-care|regulat\w+)\b", re.I)
_AMOUNT = re.compile(r"\b(?:\d+|one|two|three|four|five|ten|half an?)[\w -]{0,12}\b(?:minutes?|mins|hours?|sessions?)\b", re.I)
_GIVES = re.compile(r"\bwill (?:receive|have|be (?:given|provided|supported|taught|offered)|access|attend)\b|\b(?:support|input|therapy|help) from\b|\b1:1\b|\bone.to.one\b", re.I)
_PROVIDES = re.compile(r"\bwill (?:receive|be (?:given|provided|supported|offered)|have access|access|attend)\b|\b(?:therapy|teaching assistant|support from|staff will|adults? will|school will)\b", re.I)
_UNMEASURED = re.compile(r"\b(?:will (?:improve|develop|increase|begin to|continue to|make progress|be (?:more|better)|feel|understand)|to the best of|achieve (?:his|her|their) potential|an understanding|better|more confident\w*)\b", re.I)
_BY_WHEN = re.compile(r"\bby (?:the )?(?:end|age|summer|easter|christmas|autumn|spring|year|key stage|\w+ 20\d\d|20\d\d|\d)|\bkey stage \d|\bend of\b|\bwithin \d|\bin (?:\d+|twelve|six|three) (?:months|weeks)\b", re.I)
_ADULT = re.compile(r"\b(?:adulthood|employ\w+|independent living|community|further education|college|work experience|travel train\w*|living independently|friendships? and community)\b", re.I)
_VOICE = re.compile(r"\bsays?\b|\bsaid\b|\btold\b|\bI\b|\b(?:my|our|we)\b|\bparents?\b|\bmum\b|\bmother\b|\bdad\b|\bfather\b|\bfamily\b|\bwishes\b", re.I)
_KNOWN = frozenset(["EHC", "EHCP", "SEN", "SEND", "NHS", "UK", "PE", "IT", "ICT", "RE", "GP", "KS", "KS1", "KS2", "KS3", "KS4", "OK", "DOB", "TV", "AM", "PM", "PDF", "II", "III", "IV", "VI", "CSDPA", "UPN", "NC", "ID"])
_FILLED = re.compile(r"^(?:none|n/?a|not applicable|nil|none known|not known)?[. ]*$", re.I)
_BLANK = re.compile(r"\b(?:blank|empty|to be (?:confirmed|named|decided|completed))\b", re.I)
_TYPE = re.compile(r"\b(?:mainstream|special|independent|maintained|academy|primary|secondary|nursery|college|specialist|residential|post.?16|alternative|education otherwise|home|school)\b", re.I)
_WEEK = 32.5 * 60
_NUMBERED = re.compile(r"\b(?:year|yr)\s?(\d{1,2})\b", re.I)
_QUESTIONS = {"what": "what is given", "who": "who gives it", "how_often": "how often", "how_long": "for how long"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the check, its level, the section and line, why, and what to write in reply."""

    check: str
    level: Level
    section: str
    item: str
    why: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the case: its paper, role ("educational psychologist"), day and what it recommends."""

    document: int
    title: str
    role: str
    dated: dt.date | None
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the check works with besides the lines: the child, the reports, direct payments where they are recorded."""

    today: dt.date
    born: dt.date | None = None
    name: str = ""
    school: str = ""
    reports: tuple[Report, ...] = ()
    direct_payment: bool | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, what could not be decided and why, and the thread from need to provision to outcome.

    ``set_aside`` are findings about a line whose wording the parent finds fine: they are shown apart and not counted.
    """

    findings: tuple[Finding, ...]
    not_decided: tuple[tuple[str, str], ...]
    thread: dict[str, list[str]] = field(default_factory=dict)
    set_aside: tuple[Finding, ...] = ()


def school_year(born: dt.date, today: dt.date) -> int:
    """The school year a child is usually in: 0 is Reception, below zero before school."""
    first = born.year - (born.month < 9)
    return today.year - (today.month < 9) - first - 5


def thread(items: Sequence[PlanItem]) -> dict[str, list[str]]:
    """The B, F, E thread: keys of needs without provision, of provision without a need, without an outcome, of outcomes nothing works to."""
    needs, outcomes, given = ([item for item in items if item.section == section and counts(item)] for section in ("B", "E", "F"))
    needs = [item for item in needs if item.key not in strengths(items)]
    met = {key for item in items if item.section in PROVISION for key in item.needs}
    served = {key for item in items if item.section in PROVISION for key in item.outcomes}
    return {
        "needs_without_provision": [item.key for item in needs if item.key not in met],
        "provision_without_need": [item.key for item in given if not item.needs],
        "provision_without_outcome": [item.key for item in given if not item.outcomes],
        "outcomes_without_provision": [item.key for item in outcomes if item.key not in served],
    }


def strengths(items: Sequence[PlanItem]) -> set[str]:
    """The keys of lines of Section B under a heading that says strengths: they are no needs."""
    found: set[str] = set()
    inside = False
    for item in items:
        if item.section == "B" and re.search(r"-h\d+$", item.key):
            inside = bool(re.match(r"\s*(?:\w+['’]s )?(?:strengths?|what (?:is|goes) (?:working )?well|likes)\b", item.text, re.I))
        elif item.section == "B" and inside:
            found.add(item.key)
    return found


def counts(item: PlanItem) -> bool:
    """Whether a line says something: no heading, not "none"."""
    return not re.search(r"-h\d+$", item.key) and not _FILLED.match(item.text.strip())


class _Check:
    def __init__(self, version: PlanVersion, items: Sequence[PlanItem], headed: set[str], judge: Judge, facts: Facts) -> None:
        self.version, self.items, self.headed, self.judge, self.facts = version, items, headed, judge, facts
        self.lines = [item for item in items if counts(item)]
        self.final = version.status in FINALS
        self.whole = " ".join(item.text for item in items)

    def of(self, *sections: str) -> list[PlanItem]:
        return [item for item in self.lines if item.section in sections]

    def q01(self) -> Iterator[Finding]:
        for section, name in SECTIONS.items():
            if section not in self.headed:
                yield Finding("Q01", "must", section, "", f"Section {section} ({name}) was not found under a heading of its own.", f"Please set out Section {section} separately, even if it says “not applicable”.")

    def q02(self) -> Iterator[Finding]:
        for item in self.lines:
            if item.section in ("A", "B", "C", "D", "") and _AMOUNT.search(item.text) and (_GIVES.search(item.text) or re.search(r"\bweek|daily|each day|term\b", item.text, re.I)):
                where = f"Section {item.section}" if item.section else "a part outside the sections"
                yield Finding("Q02", "must", item.section, item.key, f"This reads like provision, and it stands in {where}. Only Section F must be given by the council.", "Please put this provision into Section F.")

    def q03(self) -> Iterator[Finding]:
        missing = set(thread(self.items)["needs_without_provision"])
        for item in self.of("B"):
            if item.key in missing:
                yield Finding("Q03", "must", "B", item.key, "No line of Section F is linked to this need.", "Which provision in Section F meets this need? Please add it.")

    def q04(self) -> Iterator[Finding]:
        for item in self.of("F"):
            found = self.judge(item.text)
            if found.missing and found.verdict != "specific":
                said = ", ".join(_QUESTIONS[element] for element in found.missing)
                yield Finding("Q04", "must", "F", item.key, f"It does not say {said}.", found.ask or "Who gives this, how often, and for how long?")

    def q05(self) -> Iterator[Finding]:
        for item in self.of("F"):
            for word in self.judge(item.text).words:
                if word.kind in UNDOING:
                    yield Finding("Q05", "must", "F", item.key, f"“{word.text}”: {word.why}", f"Please take out “{word.text}” and say what will be given.")

    def q06(self) -> Iterator[Finding]:
        for item in self.of("F"):
            if "qualified" in self.judge(item.text).secondary:
                yield Finding("Q06", "should", "F", item.key, "It does not say how the person is qualified or trained.", "What training or qualification will this person have?")

    def q07(self) -> Iterator[Finding]:
        for item in self.of("F"):
            if re.search(r"\bprogrammes?\b", item.text, re.I) and "review" in self.judge(item.text).secondary:
                yield Finding("Q07", "should", "F", item.key, "It names a programme and not who reviews it, or when.", "Who reviews this programme, and how often?")
            elif re.search(r"\bprogrammes?\b", item.text, re.I) and not re.search(r"\b(?:by|from|therapist|psychologist|teacher)\b", item.text, re.I):
                yield Finding("Q07", "should", "F", item.key, "It does not say who writes the programme and who carries it out.", "Who writes this programme, and who gives it?")

    def q08(self) -> Iterator[Finding]:
        for item in self.of("G", "H1", "H2"):
            found = TEACHES.search(item.text)
            if found:
                yield Finding("Q08", "must", item.section, item.key, f"“{found[0]}”: provision that educates or trains counts as special educational provision, wherever it comes from.", "Please move this to Section F (Children and Families Act 2014, section 21(5)).")

    def q09(self) -> Iterator[Finding]:
        for item in self.of("E"):
            if re.search(r"\b(?:short.?term|targets? (?:will|are) )\b", item.text, re.I):
                continue
            if _PROVIDES.search(item.text) and not re.search(r"\bwill (?:follow|use|read|write|say|ask|join|complete|manage|be able)\b", item.text, re.I):
                yield Finding("Q09", "must", "E", item.key, "This is help that is given, not what your child will be able to do.", "Please put this into Section F, and say here what it should achieve.")
                continue
            vague, when = _UNMEASURED.search(item.text), _BY_WHEN.search(item.text)
            if vague:
                yield Finding("Q09", "must", "E", item.key, f"“{vague[0]}” cannot be measured.", "How will everyone know that this has been reached?")
            if not when:
                yield Finding("Q09", "must", "E", item.key, "It does not say by when.", "By when should this be reached?")

    def q10(self) -> Iterator[Finding]:
        if self.of("E") and not re.search(r"short.?er?.?term|\btargets?\b|\b(?:small|smaller|next) steps\b|\bsteps to(?:wards)?\b", " ".join(item.text for item in self.of("E")), re.I):
            yield Finding("Q10", "should", "E", "", "Section E does not say how shorter-term targets are set.", "Who sets the shorter-term targets, and when?")

    def q11(self) -> Iterator[Finding]:
        named = [item for item in self.of("I") if not _BLANK.search(item.text)]
        if self.version.status == "draft" and named:
            yield Finding("Q11", "must", "I", named[0].key, "A draft must not name a school or a type of school.", "Please leave Section I blank in the draft (Children and Families Act 2014, section 38(5)).")
        elif self.final and not named:
            yield Finding("Q11", "must", "I", "", "Section I names no school and no type of school.", "Please name the school, or its type.")
        elif self.final and not any(_TYPE.search(item.text) for item in named):
            yield Finding("Q11", "must", "I", named[0].key, "Section I does not give the type of school.", "Please add the type, for example “mainstream primary school”.")

    def q12(self) -> Iterator[Finding]:
        old_enough = self.facts.born is not None and school_year(self.facts.born, self.facts.today) >= 9
        if old_enough and not any(_ADULT.search(item.text) for item in self.of(*PROVISION)):
            yield Finding("Q12", "must", "F", "", "From Year 9 the plan must include provision that prepares for adult life, and none was found in F, G or H.", "Please add provision that prepares for adult life and independent living.")

    def q13(self) -> Iterator[Finding]:
        listed = " ".join(item.text for item in self.of("K"))
        if not listed:
            yield Finding("Q13", "must", "K", "", "Section K lists no advice.", "Please list each report with its author, role and date, and attach it.")
            return
        for report in self.facts.reports:
            day = report.dated
            in_list = day is not None and re.search(rf"\b{day.day} {day:%B} {day.year}\b|\b0?{day.day}[/.]0?{day.month}[/.](?:{day.year}|{day:%y})\b", listed)
            if not in_list and report.dated and self.version.dated and report.dated <= self.version.dated:
                yield Finding("Q13", "must", "K", "", f"“{report.title}” is in your papers and was not found in Section K by its date.", "Please add this report to Section K, or say why it is left out.")
        for item in self.of("K"):
            for part in re.split(r"(?<=\d{4})\.\s+|;|\n", item.text):
                if len(part.split()) > 1 and not re.search(r"\b(?:19|20)\d\d\b|\d/\d", part):
                    yield Finding("Q13", "must", "K", item.key, f"“{part.strip()[:70]}” has no date.", "Please give the author, role and date of each report.")

    def q14(self) -> Iterator[Finding]:
        for report in self.facts.reports:
            for advice, item, how in lost_and_thinned(report.recommendations, self.of("F"), self.judge):
                what = f"“{advice.text[:160]}”, says {report.title}, page {advice.page}."
                why = f"{what} No line of Section F is like it." if item is None else f"{what} {item.key} {how}"
                yield Finding("Q14", "should", "F", item.key if item else "", why, "Please put this into Section F as the report says, or give the reason why not.")

    def q15(self) -> Iterator[Finding]:
        text = " ".join(item.text for item in self.of("A"))
        if not text:
            yield Finding("Q15", "should", "A", "", "Section A is empty: no views of your child or of you.", "Please put in our views. I enclose them.")
        elif not _VOICE.search(text):
            yield Finding("Q15", "should", "A", "", "Section A does not say whose views these are.", "Please say whose words these are: the child’s or the parents’.")

    def q16(self) -> Iterator[Finding]:
        paid = self.facts.direct_payment or bool(re.search(r"\bdirect payments?\b", " ".join(item.text for item in self.of(*PROVISION)), re.I))
        if paid and not self.of("J"):
            yield Finding("Q16", "must", "J", "", "There is a direct payment, and Section J is empty.", "Please set out in Section J what the payment is for and how much it is.")

    def q17(self) -> Iterator[Finding]:
        if self.version.status in ("ours", "amendment_notice"):
            return
        if self.version.dated is None:
            yield Finding("Q17", "must", "", "", "No date of the plan is known.", "Which date does the plan carry?")
        if self.final and not self.version.signed_by:
            yield Finding("Q17", "must", "", "", "No signature of a responsible officer was found.", "Who signed the plan, and when?")
        if self.final and not re.search(r"\breview\w*\b[^.]{0,60}\b(?:19|20)\d\d\b", self.whole, re.I):
            yield Finding("Q17", "should", "", "", "No date of the next review was found.", "By when will the plan be reviewed?")

    def q18(self) -> Iterator[Finding]:
        yield from self._pronouns()
        if self.facts.born:
            now = school_year(self.facts.born, self.facts.today)
            for item in self.lines:
                years = [int(number) for number in _NUMBERED.findall(item.text) if int(number) <= 13]
                if item.section in ("E", "F") and years and max(years) < now:
                    yield Finding("Q18", "should", item.section, item.key, f"It speaks of Year {max(years)}; your child is usually in Year {now} now.", "Is this still up to date?")

    def _pronouns(self) -> Iterator[Finding]:
        found = [(item, len(re.findall(r"\b(?:he|him|his)\b", item.text, re.I)), len(re.findall(r"\b(?:she|hers?)\b", item.text, re.I))) for item in self.of("A", "B", "C", "D", "E", *PROVISION)]
        his, hers = sum(one for _, one, _ in found), sum(one for _, _, one in found)
        if his and hers and max(his, hers) >= 3 * min(his, hers):
            for item, one, other in found:
                if (one if his < hers else other) and item.section != "A":
                    yield Finding("Q18", "should", item.section, item.key, f"It says “{'he' if his < hers else 'she'}”, the rest says “{'she' if his < hers else 'he'}”. It may be copied from another plan.", "Is this line about my child?")

    def q19(self) -> Iterator[Finding]:
        for section in SECTIONS:
            text = " ".join(item.text for item in self.of(section))
            short = dict.fromkeys(word for word in re.findall(r"\b[A-Z][A-Z&]{1,6}\b", text) if word not in _KNOWN)
            left = [word for word in short if not re.search(rf"\({word}s?\)|\b{word} \([A-Za-z]", self.whole) and not text.isupper()]
            if left:
                yield Finding("Q19", "could", section, "", f"Not explained: {', '.join(left[:8])}.", "What do these letters stand for?")

    def q20(self) -> Iterator[Finding]:
        total = 0.0
        for item in self.of("F"):
            found = self.judge(item.text)
            if found.problem:
                yield Finding("Q20", "could", "F", item.key, found.problem, "Which of these amounts is right?")
            total += fixed_minutes(found) or 0.0
        if total > _WEEK:
            yield Finding("Q20", "could", "F", "", f"The lines fix {total / 60:.1f} hours a week in all, more than a school week of about 32.5 hours. Some may run at the same time.", "Please say which of these run at the same time.")

    def not_decided(self) -> Iterator[tuple[str, str]]:
        if self.facts.born is None:
            yield "Q12", "the date of birth is not recorded"
        if not self.facts.reports:
            yield "Q14", "no report is filed in the case as a report"
        elif not any(report.recommendations for report in self.facts.reports):
            yield "Q14", "no recommendation was found in the reports by its words"
        if self.facts.direct_payment is None:
            yield "Q16", "it is not recorded whether there is a direct payment"
        yield "Q18", "names of other children cannot be told apart from names of staff; read for them yourself"
        yield "Q20", "the hours of the school’s timetable are not recorded; 32.5 hours a week are taken"


def check_plan(version: PlanVersion, items: Sequence[PlanItem], headed: set[str], judge: Judge, facts: Facts) -> Checked:
    """Run every check on one version; findings in the order of the checks."""
    made = _Check(version, items, headed, judge, facts)
    found: list[Finding] = []
    for number in range(1, 21):
        found += getattr(made, f"q{number:02d}")()
    return Checked(tuple(found), tuple(made.not_decided()), thread(items))
