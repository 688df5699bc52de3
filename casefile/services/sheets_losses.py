"""Days out of school, costs and effects as PDF sheets and as tables (CSV) that any spreadsheet opens."""

import datetime as dt
from typing import TYPE_CHECKING

from casefile.domain.documents import Document
from casefile.domain.sessions import ABSENCES, COSTS
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import losses
from casefile.services.case import child_of
from casefile.services.documents import document
from casefile.services.facts import Exhibits
from casefile.store.store import Store

if TYPE_CHECKING:
    from casefile.printing.loss_sheets import Sheet

_NOTHING = "There is nothing to print yet."


def _title(store: Store, id_: int | None) -> str:
    return document(store, id_).title if id_ is not None else ""


def _in_full(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def absence_sheet(store: Store, library: Library, today: dt.date) -> bytes:
    """School days lost up to ``today`` as a PDF sheet. Raises ``Invalid`` where nothing is written down."""
    from casefile.printing import loss_sheets

    found = losses.out_of_school(store, library, today)
    if found is None:
        raise Invalid(_NOTHING, "Write down a day out of school first.")
    return loss_sheets.absence_sheet(_sheet(store, today), found.entries, found.total, found.half_terms, found.terms, found.cautions)


def _sheet(store: Store, today: dt.date) -> "Sheet":
    from casefile.printing.loss_sheets import Sheet

    child = child_of(store)
    about = ", ".join(part for part in (child.name, child.reference) if part)
    marks = {id_: f"E{number}" for id_, number in Exhibits.of(store).kept.items()}
    return Sheet(child.short, about, today, marks, {paper.id or 0: paper.title for paper in store.find(Document)})


def cost_sheet(store: Store, today: dt.date) -> bytes:
    """What the family paid or lost as a PDF sheet. Raises ``Invalid`` where nothing is written down."""
    from casefile.printing import loss_sheets

    found = losses.spent(store)
    if found is None:
        raise Invalid(_NOTHING, "Write down a cost first.")
    return loss_sheets.cost_sheet(_sheet(store, today), found.costs, found.kinds, found.pence)


def effect_sheet(store: Store, today: dt.date) -> bytes:
    """What it did to the child as a PDF sheet, what is hard to read on pages of its own at the end. Raises ``Invalid``."""
    from casefile.printing import loss_sheets

    found = losses.effects(store)
    if not found:
        raise Invalid(_NOTHING, "Write down what it has meant for your child first.")
    return loss_sheets.effect_sheet(_sheet(store, today), found)


def absence_csv(store: Store, library: Library, today: dt.date) -> bytes:
    """Every entry of the absence ledger as CSV; dates are ISO, an end that is not there yet is empty."""
    from casefile.printing.bundle.bag import as_csv

    found = losses.out_of_school(store, library, today)
    rows = [
        (one.start.isoformat(), one.end.isoformat() if one.end else "", ABSENCES[one.kind], days, "" if one.hours is None else f"{one.hours:g}", one.reason, one.agreed_by, one.note, _title(store, one.document))
        for one, days in (found.entries if found else ())
    ]
    return as_csv([("First day", "Last day", "What", "School days", "Hours lost each day (empty: the whole day)", "Why", "Who said so", "Note", "Paper"), *rows])


def cost_csv(store: Store) -> bytes:
    """Every cost as CSV; sums are pounds with two places."""
    from casefile.printing.bundle.bag import as_csv

    rows = [(one.on.isoformat(), COSTS[one.kind], one.what, _in_full(one.pence), one.note, _title(store, one.document)) for one in losses.costs(store)]
    return as_csv([("Day", "Kind", "What for", "Pounds", "Note", "Paper"), *rows])


def effect_csv(store: Store) -> bytes:
    """Every effect as CSV, those that are hard to read marked."""
    from casefile.printing.bundle.bag import as_csv

    rows = [(one.on.isoformat(), one.words, one.told_by("the child"), "yes" if one.hard else "", _title(store, one.document)) for one in losses.effects(store)]
    return as_csv([("Day", "Words", "Whose words", "Hard to read", "Paper"), *rows])
