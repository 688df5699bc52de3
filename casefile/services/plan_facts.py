"""What the plan proves for a letter: its lines that are vague, what reports ask for, what a notice changes, what belongs in Section F."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from casefile.domain.comparison import Change
from casefile.domain.dates import in_words
from casefile.domain.letter_parts import table_item
from casefile.domain.letters import Fact, Proof
from casefile.domain.phrases import lowered
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.domain.plan_check import TEACHES, Finding, Report, counts
from casefile.domain.plan_reports import against_plan
from casefile.services import plans
from casefile.services.ledger_facts import long_time
from casefile.services.story_facts import Record

LONGEST = 320
"""So many letters of a plan or report are quoted; the rest is left to the paper."""
MOST = 60
"""So many lines of a plan are told one by one."""
LESSER = ("removed", "need_dropped", "weakened", "person_downgraded", "moved", "merged", "split", "placement_changed")
"""The changes of a plan that a family may lose by."""
UNMADE = ("ours", "draft", "amendment_notice")
"""What a version may be that is not the plan itself."""
SECTIONS = {"G": ("G",), "H": ("H1", "H2")}
_OF_THE_LINE = ("Q04", "Q05", "Q06", "Q07", "Q20")
_ELSEWHERE = ("Q01", "Q02", "Q03", "Q08", "Q09", "Q11", "Q13", "Q15")
_DRAFT, _PROBLEM, _WRITE = "The draft says", "Problem", "Please write"
"""The labels of the rows of an item in a reply to a draft."""
_ROLES = {"health": "The health report", "school": "The school’s report"}


def quoted(text: str) -> str:
    """Words of a paper for a letter, in quotation marks: one line, no brackets that would read as a gap, cut where long."""
    words = " ".join(text.replace("[", "(").replace("]", ")").split())
    if len(words) > LONGEST:
        words = f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"“{words.rstrip('.')}.”" if not words.endswith(("…", "!", "?")) else f"“{words}”"


@dataclass
class _Told:
    """Statements of a letter as they are gathered, with the proofs behind them."""

    lines: list[str] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)

    def add(self, words: str, *proofs: Proof) -> None:
        if len(self.lines) < MOST:
            self.lines.append(words)
            self.proofs.extend(proofs)

    def fact(self) -> Fact:
        return Fact(tuple(self.lines), tuple(self.proofs))


def _where(item: PlanItem) -> str:
    return f"{item.label or item.key}, page {item.page}" if item.page else item.label or item.key


def _quote(record: Record, version: PlanVersion, item: PlanItem) -> tuple[str, Proof]:
    """A line of the plan in quotation marks, and its paper."""
    words = quoted(item.text)
    return words, Proof(words, f"{_where(item)} of {lowered(plans.name_of(version))}", version.document, mark=record.mark(version.document))


def draft_of(record: Record) -> PlanVersion | None:
    """The newest draft that was sent and read in."""
    return next((one for one in reversed(plans.versions(record.store)) if one.status == "draft"), None)


def _draft(record: Record) -> dict[str, Fact]:
    """The draft line by line: what Section F leaves open, what reports ask for and it leaves out, what else to change."""
    version = draft_of(record)
    if version is None:
        return {}
    from casefile.services import plan_quality  # it reads papers, which no other letter needs

    items = plans.items(record.store, version)
    reports = plan_quality.reports_of(record.store)
    checked = plan_quality.check(record.store, version, record.today)
    lines = [item for item in items if item.section == "F" and counts(item)]
    asked = [(report, kept) for report in reports for kept in against_plan(report.recommendations, lines, plans.judged)]
    points, left_out, other = _Told(), _Told(), _Told()
    ours = _ours(record)
    for item in lines:
        findings = [one for one in checked.findings if one.item == item.key and one.check in _OF_THE_LINE]
        reported = [(report, kept.advice.text, kept.advice.page) for report, kept in asked if kept.state == "thinned" and kept.item is not None and kept.item.key == item.key]
        if findings or reported or item.key in ours:
            _point(record, version, item, findings, reported, ours.get(item.key, ""), points)
    for report, kept in asked:
        if kept.state == "lost":
            words, proof = _said(record, report, kept.advice.text, kept.advice.page)
            rows = (("It says", words), (_PROBLEM, "I find no line of Section F that gives this."), (_WRITE, "This help, or tell me why not."))
            left_out.add(table_item(_report_title(record, report, kept.advice.page), rows), proof)
    by_key = {item.key: item for item in items}
    for finding in checked.findings:
        if finding.check in _ELSEWHERE and finding.level == "must":
            _elsewhere(record, version, by_key.get(finding.item), finding, reports, other)
    found = {"draft_points": points.fact(), "draft_left_out": left_out.fact(), "draft_other": other.fact()}
    return {name: fact for name, fact in found.items() if fact.lines}


def _ours(record: Record) -> dict[str, str]:
    """The lines of our own proposed wording that differ from the line it was copied from, by key."""
    mine = next((one for one in reversed(plans.versions(record.store)) if one.status == "ours"), None)
    theirs = draft_of(record)
    if mine is None or theirs is None:
        return {}
    before = {item.key: item.text for item in plans.items(record.store, theirs)}
    return {item.key: item.text for item in plans.items(record.store, mine) if item.section == "F" and item.key in before and before[item.key] != item.text}


def _point(
    record: Record, version: PlanVersion, item: PlanItem, findings: Sequence[Finding], reported: Sequence[tuple[Report, str, int]], ours: str, told: _Told
) -> None:
    """One line of Section F: its words, what is open in it, what reports say, what to write."""
    words, proof = _quote(record, version, item)
    proofs = [proof]
    weak = [found[1] for one in findings if one.check == "Q05" and (found := re.match(r"“([^”]*)”", one.why))]
    open_ = [_with_or(one.why) for one in findings if one.check in ("Q04", "Q07", "Q20")]
    # Who is not named at all need not be said to be untrained as well.
    wrong = open_ or [one.why for one in findings if one.check == "Q06"]
    if weak:
        named = " and ".join(f"“{word}”" for word in dict.fromkeys(weak))
        wrong.append(f"The words {named} leave it open whether the help is given.")
    said = []
    for report, text, page in _each_once(reported):
        sentence, behind = _from_report(record, report, text, page)
        said.append(sentence)
        proofs.append(behind)
    if ours:
        wanted = quoted(ours)
        wrong += said
    elif said:
        wanted = " ".join(["What the reports say." if len(said) > 1 else "What the report says.", *said])
        wrong = wrong or ["It gives less than the report asks for."]
    else:
        ask = next((one.ask for one in findings if one.ask.endswith("?")), "")
        wanted = f"The answer to this: {lowered(ask)}" if ask else next((one.ask for one in findings if one.ask), "Please make this exact.")
    told.add(table_item(_where(item), ((_DRAFT, words), (_PROBLEM, " ".join(wrong)), (_WRITE, wanted))), *proofs)


def _with_or(words: str) -> str:
    """A list of what is missing, its last part after "or": "who gives it, how often or for how long"."""
    head, comma, last = words.rpartition(", ")
    return f"{head} or {last}" if comma and words.startswith(("It does not say", "It no longer says")) else words


def _each_once(reported: Sequence[tuple[Report, str, int]]) -> list[tuple[Report, str, int]]:
    """Of each report its first sentence about a line, so that a line is not buried in quotations."""
    return list({report.document: (report, text, page) for report, text, page in reversed(reported)}.values())[::-1]


def _report_title(record: Record, report: Report, page: int) -> str:
    """A report by who wrote it, its date and the page of it that is meant."""
    name = _ROLES.get(report.role, f"The {report.role}’s report")
    dated = f" of {in_words(report.dated, joined=True)}" if report.dated else ""
    return f"{name}{dated} (page\u00a0{page}\u00a0of\u00a0{record.mark(report.document)})"


def _said(record: Record, report: Report, text: str, page: int) -> tuple[str, Proof]:
    """A report's own words, and its paper."""
    said = quoted(text[:1].upper() + text[1:])
    return said, Proof(said, f"{report.title}, page {page}", report.document, mark=record.mark(report.document))


def _from_report(record: Record, report: Report, text: str, page: int) -> tuple[str, Proof]:
    """What a report asks for, in its own words, and its paper."""
    said, proof = _said(record, report, text, page)
    return f"{_report_title(record, report, page)} says: {said}", proof


def _elsewhere(record: Record, version: PlanVersion, item: PlanItem | None, finding: Finding, reports: Sequence[Report], told: _Told) -> None:
    """Something to change outside the lines of Section F."""
    if finding.check == "Q13":
        report = next((one for one in reports if f"“{one.title}”" in finding.why), None)
        if report is not None and report.dated:
            mark, on = record.mark(report.document), in_words(report.dated, joined=True)
            told.add(f"Section K does not list this report: “{report.title}”, {on} ({mark}). Please add it.", Proof(on, report.title, report.document, mark=mark))
        return
    if item is None:
        if finding.check in ("Q01", "Q15"):
            told.add(f"{finding.why} {finding.ask}")
        return
    words, proof = _quote(record, version, item)
    why = "I find no line of Section F that meets this need." if finding.check == "Q03" else finding.why
    ask = "Please add the help that meets it, or say which line does." if finding.check == "Q03" else finding.ask
    told.add(table_item(_where(item), ((_DRAFT, words), (_PROBLEM, why), (_WRITE, ask))), proof)


def _before_and_after(record: Record) -> tuple[PlanVersion, PlanVersion] | None:
    """The plan, and the notice or changed draft that came after it."""
    versions = plans.versions(record.store)
    for after in reversed(versions):
        before = next((one for one in reversed(versions) if one.order < after.order and one.status not in UNMADE), None)
        if after.status in ("amendment_notice", "draft") and before is not None:
            return before, after
    return None


def _notice(record: Record) -> dict[str, Fact]:
    """What an amendment notice takes away from the plan before it, line by line, and Section F's minutes a week."""
    both = _before_and_after(record)
    if both is None:
        return {}
    before, after = both
    compared = plans.compare(record.store, before, after)
    told = _Told()
    for change in compared.of(*LESSER):
        _change(record, before, after, change, told)
    found = {"plan_changes": told.fact()} if told.lines else {}
    if compared.minutes_after < compared.minutes_before - 0.4:
        was, now = (long_time(minutes) for minutes in (compared.minutes_before, compared.minutes_after))
        found["minutes_fall"] = Fact((f"In all, the lines of Section F fix {was} a week in the plan. With the changes they would fix {now}.",))
    return found


def _change(record: Record, before: PlanVersion, after: PlanVersion, change: Change, told: _Told) -> None:
    proofs: list[Proof] = []
    said: list[str] = []
    proposed: list[str] = []
    for items, version, words_of in ((change.before, before, said), (change.after, after, proposed)):
        for item in items:
            words, proof = _quote(record, version, item)
            words_of.append(words)
            proofs.append(proof)
    wrong = [_with_or(one) for one in change.why if not one.startswith("Section I")]
    if change.silent:
        wrong.append("The notice does not name this change.")
    wanted = "The school of the plan. It should stay." if change.type == "placement_changed" else "The words of the plan, as they are."
    rows = (
        ("The plan says", " ".join(said)), ("The notice says", " ".join(proposed) or "Nothing. It leaves this out."),
        (_PROBLEM, " ".join(wrong)), (_WRITE, wanted),
    )  # fmt: skip
    told.add(table_item(_where((change.before or change.after)[0]), rows), *proofs)


def _to_section_f(record: Record) -> dict[str, Fact]:
    """The lines of Sections G and H that educate or train, by their own words."""
    version = plans.latest(record.store)
    if version is None or version.status == "ours":
        return {}
    told = _Told()
    for item in plans.items(record.store, version):
        found = TEACHES.findall(item.text) if item.section in ("G", "H1", "H2") and counts(item) else []
        if found:
            words, proof = _quote(record, version, item)
            telling = next((word for word in found if re.match("teach|train|learn|skill|practis", word, re.I)), found[0])
            told.add(f"{_where(item)}: {words} The word “{telling.lower()}” shows what it is for.", proof)
    stage = "at_draft" if version.status in ("draft", "amendment_notice") else "at_final"
    return {"to_section_f": told.fact(), stage: Fact(("yes",))} if told.lines else {}


def _section(letter: str) -> "Read":
    def lines(record: Record) -> dict[str, Fact]:
        version = next((one for one in reversed(plans.versions(record.store)) if one.status not in UNMADE), None)
        told = _Told()
        for item in plans.items(record.store, version) if version else ():
            if item.section in SECTIONS[letter] and counts(item):
                words, proof = _quote(record, version, item) if version else ("", None)
                told.add(f"{_where(item)}: {words}", *([proof] if proof else ()))
        return {f"section_{letter.lower()}": told.fact()} if told.lines else {}

    return lines


Read = Callable[[Record], dict[str, Fact]]
_SOURCES: tuple[tuple[frozenset[str], Read, Callable[[Record], object]], ...] = (
    (frozenset({"draft_points", "draft_left_out", "draft_other"}), _draft, draft_of),
    (frozenset({"plan_changes", "minutes_fall"}), _notice, _before_and_after),
    (frozenset({"to_section_f", "at_draft", "at_final"}), _to_section_f, _to_section_f),
    (frozenset({"section_g"}), _section("G"), _section("G")),
    (frozenset({"section_h"}), _section("H"), _section("H")),
)
"""Which facts come out of which reading of the plan, and how one sees quickly whether there is anything to read."""


def plan_facts(record: Record, names: Sequence[str], *, brief: bool = False) -> dict[str, Fact]:
    """Those of the named facts that the plan can prove. ``brief`` says only that there is something, for a list."""
    found: dict[str, Fact] = {}
    for given, read, there in _SOURCES:
        if given & set(names):
            found |= (dict.fromkeys(given, Fact(("yes",))) if there(record) else {}) if brief else read(record)
    return found
