"""A paper read into a version of the plan: its lines proposed in their sections, with keys that last through the versions."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from casefile.domain.comparison import plain
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.plan import SECTIONS, STATUSES, PlanItem, PlanVersion, Status
from casefile.domain.plan_likeness import Likeness, pairs
from casefile.domain.plan_lines import ReadLine
from casefile.domain.plan_text import Reading, read_plan
from casefile.errors import BadFile, Invalid
from casefile.progress import Progress
from casefile.services import documents, plans
from casefile.services.importing import import_paths
from casefile.services.scans import WARNING, pages_read, read_scans
from casefile.services.timeline import events_of
from casefile.services.unlocking import readable
from casefile.store.store import Store

_BLOCKS = frozenset({"docx", "odt", "doc", "html", "rtf"})
_KINDS = {
    "draft_plan": "draft", "final_plan": "final", "amendment_notice": "amendment_notice", "amended_final_plan": "amended_final",
    "tribunal_order": "tribunal_order",
}  # fmt: skip
_LISTED = re.compile(r"\b(?:chang|amend|delet|remov|replac|add(?:ed|ing)?\b|insert|updat|reword|new\b)", re.I)
_PLACE = re.compile(r"\bsection\s+(?:H[12]|[A-K])\b|\b(?:[A-K]|H[12])\d+\b")


def file_paper(store: Store, path: Path, progress: Progress, *, now: dt.datetime) -> int:
    """Keep the file as a paper of the case, or find it there; returns its number. Raises ``NotFound`` or ``BadFile``."""
    if path.is_dir():
        raise Invalid(f"“{path}” is a folder.", "Name the file of the plan.")
    report = import_paths(store, [path], progress, now=now)
    row = next((row for row in report.rows if row.document is not None), None)
    if row is None or row.document is None:
        reason = report.rows[0].reason if report.rows else "there is nothing in it"
        raise BadFile(f"“{path.name}” was not taken in: {reason}", "Check that it is the right file.")
    read_scans(store, progress, now=now, only=[row.document])
    return row.document


def reading_of(store: Store, id_: int, *, notice: bool = False) -> Reading:
    """What can be read in a paper as a plan; nothing is stored. Raises ``BadFile`` where the paper has no text."""
    paper = readable(store, documents.document(store, id_))
    if paper.problem:
        raise BadFile(f"{paper.problem.rstrip('.')}. “{paper.title}” is kept.", "You can paste the plan’s words instead.")
    pages = documents.text_of(store, id_)
    blocks = documents.view(store, id_).blocks if paper.type in _BLOCKS else ()
    if not any(page.strip() for page in pages) and not blocks:
        raise BadFile(
            f"“{paper.title}” holds no text that can be read: it may be a scan. The paper is kept.", "You can paste or type the plan’s words."
        )
    return read_plan(pages, blocks, notice=notice)


def import_plan(
    store: Store, id_: int, status: Status | None = None, *, dated: dt.date | None = None, sent: dt.date | None = None,
    received: dt.date | None = None, received_how: str = "", listed: Sequence[str] = (), anyway: bool = False,
) -> PlanVersion:  # fmt: skip
    """Read a paper of the case into a new version of the plan.

    Raises ``Invalid`` for a paper that is no plan (unless ``anyway``) or is a version already, ``BadFile`` without text.
    """
    paper = documents.document(store, id_)
    for version in plans.versions(store):
        if version.document == id_:
            raise Invalid(f"“{paper.title}” is in the plan already, as version {plans.number_of(store, version)}.", "Look at it with: casefile plan CASE show")
    guess = status or _KINDS.get(paper.kind or "")
    reading = reading_of(store, id_, notice=guess == "amendment_notice")
    if reading.problem and not anyway:
        raise Invalid(f"{reading.problem} “{paper.title}” is kept as paper {id_}, and no version of the plan was made from it.", "Check that it is the right paper.")
    chosen: str = guess or reading.status or _KINDS.get(_suggested(store, id_), "") or "final"
    day = dated or paper.dated or _date_of(store, id_)
    named = tuple(listed) or (_listed_in(reading) if chosen == "amendment_notice" else ())
    version = PlanVersion(
        None, STATUSES[chosen], chosen, dated=day, sent=sent, received=received or paper.received, received_how=received_how,  # type: ignore[arg-type]
        document=id_, sha256=paper.sha256, signed_by=_signed_in(reading), listed=named,
    )  # fmt: skip
    if pages_read(store, id_):
        version = replace(version, note=f"{WARNING} Compare each line with the paper.")
    return add_read(store, version, reading)


def paste_plan(store: Store, text: str, status: Status, *, dated: dt.date | None = None, anyway: bool = False) -> PlanVersion:
    """Read pasted words into a new version. Raises ``Invalid`` for words that hold no sections (unless ``anyway``)."""
    if not text.strip():
        raise Invalid("There are no words to read.", "Paste the words of the plan.")
    reading = read_plan(text.replace("\r\n", "\n").split("\f"), notice=status in ("amendment_notice", "ours"))
    if reading.problem and not anyway:
        raise Invalid(f"{reading.problem} No version was made.", "Begin each part with its heading, for example “Section F”.")
    lines = tuple(replace(line, page=None) for line in reading.lines)
    return add_read(store, PlanVersion(None, STATUSES[status], status, dated=dated), replace(reading, lines=lines))


def add_read(store: Store, version: PlanVersion, reading: Reading) -> PlanVersion:
    """Store what was read as a new version, in one action; keys follow those of the version before."""
    older = plans.versions(store)
    lines = list(reading.lines)
    before = next((one for one in reversed(older) if one.status != "ours"), None)
    if before is not None:
        lines = carried_keys(plans.items(store, before), lines)
    found = heads(reading) + lines
    with store.action("Added a version of the plan"):
        made = plans.add_version(store, version)
        for position, line in enumerate(found):
            store.add(PlanItem(None, made.id or 0, line.key, line.section, line.text, position, line.label, line.page, line.needs, line.outcomes))
    return made


def heads(reading: Reading) -> list[ReadLine]:
    """The headings of sections as lines of their own, so that a section that is there and empty is known to be there."""
    found: dict[str, str] = {}
    extra = 0
    made = []
    for head in reading.heads:
        section, _, words = head.partition("|")
        if section in SECTIONS and section not in found:
            found[section] = words
            made.append(ReadLine(section, words, key=f"{section}-h0", heading=True))
        elif words and words != found.get(section):
            extra += 1
            made.append(ReadLine(section, words, key=f"{section or 'U'}-h0{extra}", heading=True))
    return made


def carried_keys(before: Sequence[PlanItem], lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines with the keys their likes had before, so that a line keeps its key though the plan numbers it anew."""
    made = list(lines)
    renamed: dict[str, str] = {}
    for section in SECTIONS:
        old = [item for item in before if item.section == section and not plans.is_heading(item)]
        new = [PlanItem(None, 0, line.key, section, line.text, at) for at, line in enumerate(made) if line.section == section and not line.heading]
        like = Likeness([*old, *new])
        words = {plain(item.text): item for item in old}
        kept = [(words[plain(item.text)], item) for item in new if plain(item.text) in words]
        done = {id(item) for pair in kept for item in pair}
        kept += pairs([item for item in old if id(item) not in done], [item for item in new if id(item) not in done], like, least=0.5, key_bonus=0.2)
        # A number that stands on the paper itself is only given up for words that are nearly the same.
        kept = [(one, item) for one, item in kept if one.key == item.key or not made[item.position].label.upper().startswith(section) or like.score(one.text, item.text) >= 0.8]
        want = {item.position: one.key for one, item in kept}
        taken = set(want.values())
        if len(taken) < len(want):
            continue
        highest = max((int(found[1]) for item in (*old, *new) if (found := re.search(r"(\d+)$", item.key))), default=0)
        for item in new:
            if item.position in want:
                key = want[item.position]
            elif item.key in taken:
                highest += 1
                key = f"{section}{'.' if section[-1].isdigit() else ''}{highest}"
            else:
                key = item.key
            taken.add(key)
            if key != item.key:
                renamed[item.key] = key
                made[item.position] = replace(made[item.position], key=key)
    if not renamed:
        return made
    return [replace(line, needs=tuple(renamed.get(key, key) for key in line.needs), outcomes=tuple(renamed.get(key, key) for key in line.outcomes)) for line in made]


def following(store: Store, version: PlanVersion) -> list[Event]:
    """The events that follow from a version and are not recorded yet; each is recorded with one yes."""
    day = version.sent or version.dated
    served = version.received or day
    wanted: list[tuple[str, dt.date | None]] = []
    if version.status == "draft":
        wanted = [("draft_plan_served", served)]
    elif version.status in ("final", "amended_final"):
        wanted = [("plan_finalised", max(filter(None, (version.dated, version.sent)), default=None))]
    elif version.status == "amendment_notice":
        wanted = [("amendment_notice_sent", day)]
        if version.received and version.received != day:
            wanted.append(("amendment_notice_served", version.received))
    elif version.status == "tribunal_order":
        wanted = [("tribunal_order_date", version.dated)]
    elif version.status == "other_council":
        wanted = [("plan_transferred", served)]
    known = {(event.kind, event.on) for event in events_of(store)} | {(event.kind, event.document) for event in events_of(store) if event.document}
    return [
        Event(None, kind, on, version.document) for kind, on in wanted
        if on is not None and (kind, on) not in known and (kind, version.document) not in known
    ]  # fmt: skip


def record_following(store: Store, version: PlanVersion) -> list[Event]:
    """Record what follows from a version, as one action; returns the events."""
    found = following(store, version)
    with store.action("Recorded what follows from a version of the plan"):
        return [replace(event, id=store.add(event)) for event in found]


def candidates(store: Store) -> list[Document]:
    """Papers a version can be read from: those that look like a plan first, then all others, newest first."""
    used = {version.document for version in plans.versions(store)}
    papers = [paper for paper in documents.all_documents(store) if paper.id not in used and not paper.problem]
    likely = {paper.id for paper in papers if paper.kind in _KINDS or re.search(r"\bplan\b", paper.title, re.I)}
    return [paper for paper in papers if paper.id in likely] + [paper for paper in papers if paper.id not in likely]


def _suggested(store: Store, id_: int) -> str:
    kind = documents.suggestion_of(store, id_).kind
    return kind.value if kind else ""


def _date_of(store: Store, id_: int) -> dt.date | None:
    found = documents.suggestion_of(store, id_).date
    return found.value if found else None


def _signed_in(reading: Reading) -> str:
    lines = [line.text for line in reading.lines if not line.section]
    for at, text in enumerate(lines):
        found = re.match(r"^signed(?: (?:for|by|on behalf of)\b[^:]*)?:?\s*(.*)$", text, re.I)
        if found:
            return found[1].strip()[:120] or (lines[at + 1][:120] if at + 1 < len(lines) else "")
    return ""


def _listed_in(reading: Reading) -> tuple[str, ...]:
    """The changes a notice names before its sections: lines that name a section or a line of the plan and a change."""
    return tuple(line.text for line in reading.lines if not line.section and _LISTED.search(line.text) and _PLACE.search(line.text))
