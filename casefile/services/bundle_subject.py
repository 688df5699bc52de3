"""The subject line, the file name and the note for more pages of a bundle, filled from the record; gaps stay visible."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.domain.bundle_subject import PARTS, appeal_numbers, change_note, gap, initials_of, subject_line
from casefile.domain.bundles import Bundle, Counted, Purpose
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.services.case import child_of
from casefile.services.redaction import Veil
from casefile.store.files import safe_name
from casefile.store.store import Store

_FIRST = ("tribunal_registration", "tribunal_order")


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """The ``line`` for a mail, the name for ``file``, the ``gaps`` in both, and where each known part comes from."""

    line: str
    file: str
    gaps: tuple[str, ...]
    hearing: dt.date | None
    known: dict[str, str]
    because: dict[str, str]


def subject_of(store: Store, purpose: Purpose, bundle: Bundle) -> SubjectLine:
    """The subject line and file name of a bundle; what it hides is hidden in them too."""
    child, chosen = child_of(store), bundle.subject
    found, because = _appeal(store)
    hearing = chosen.hearing or max((event.on for event in store.find(Event, kind="hearing_date") if event.certainty == "exact"), default=None)
    known = {
        "hearing": f"HD {hearing:%d/%m/%Y}" if hearing else "", "appeal": chosen.appeal or found,
        "name": initials_of(child.name) if chosen.initials else child.name, "reference": child.reference,
        "what": chosen.what or purpose.short,
    }  # fmt: skip
    told = {"appeal": because} if because and not chosen.appeal else {}
    if hearing and not chosen.hearing:
        told["hearing"] = "It is in your timeline."
    veil = Veil(bundle.hiding)
    parts = known | ({"hearing": f"HD {hearing.isoformat()}"} if hearing else {})
    file = safe_name(veil.over(", ".join(parts[part] or gap(part) for part in purpose.subject)).replace("/", "-"))
    gaps = tuple(PARTS[part] for part in purpose.subject if not known[part])
    return SubjectLine(veil.over(subject_line(purpose.subject, known)), file, gaps, hearing, known, told)


def _appeal(store: Store) -> tuple[str, str]:
    """The number of the appeal as papers of the Tribunal write it, and where it was read; nothing where they differ."""
    with store.guard:
        rows = store.db.execute("SELECT document, text FROM page_text WHERE text LIKE '%EH%/%/%'").fetchall()
    papers = {paper.id: paper for paper in store.find(Document) if paper.state != "binned"}
    found = [(papers[id_], number) for id_, text in rows if id_ in papers for number in appeal_numbers(text)]
    ours = [one for one in found if one[0].kind in _FIRST] or found
    numbers = list(dict.fromkeys(number for _, number in ours))
    if len(numbers) > 1:
        return "", f"Your papers name {', '.join(numbers[:4])}. Choose the right one."
    return (numbers[0], f"Read in “{ours[0][0].title}”. Check it.") if numbers else ("", "")


def note_for_more_pages(store: Store, purpose: Purpose, bundle: Bundle, counts: Iterable[Counted]) -> str:
    """The note for the form that asks for more pages; empty where every limit holds or the recipient has no such form."""
    over = [one for one in counts if one.over]
    if not over or not purpose.change_form:
        return ""
    named = subject_of(store, purpose, bundle)
    titles = {item.key: item.title for item in bundle.chosen}
    return Veil(bundle.hiding).over(change_note(purpose.change_form, named.known, named.hearing, over, titles))
