"""The pages of a bundle in the footnotes of a working document: each source with the page on which the Tribunal finds it."""

import datetime as dt
from collections.abc import Callable

from casefile.domain.bundles import Bundle
from casefile.library import Library
from casefile.progress import Progress
from casefile.services import bundles, plan_quality
from casefile.services.bundle_letters import places
from casefile.store.store import Store

At = Callable[[int, int], str]
"""Says where a page (1 is the first) of a paper stands in the bundle: "bundle page 45"; nothing where it is not in there."""
TRIBUNAL = "tribunal"
"""How the purposes begin whose bundles go to the Tribunal."""


def bundle_for(store: Store) -> Bundle | None:
    """The newest kept bundle for the Tribunal that holds one of the reports; None where there is none."""
    reports = {paper.id for paper in plan_quality.report_papers(store)}
    kept = (one for one in bundles.saved(store) if one.purpose.startswith(TRIBUNAL) and reports & bundles.papers_of(one))
    return next((bundles.load(store, one.id or 0) for one in kept), None)


def pages_in(store: Store, library: Library, bundle: Bundle, today: dt.date, progress: Progress) -> At:
    """Where each page of a paper stands in ``bundle``, counted as an export on ``today`` would count it.

    A bundle that was sent keeps its numbers; of its papers only the first pages are known. Raises what ``bundles.preview`` raises.
    """
    if bundle.sent is not None:
        spans = {row.key: row.span.split(" ")[0] for row in bundle.sent.rows}
        first = {item.document: spans.get(item.key, "") for item in bundle.chosen if item.document is not None}
        return lambda document, page: f"bundle, from page {first[document]}" if first.get(document) else ""
    shown = bundles.preview(store, library, bundle, today, progress)
    where = places(shown.layout.parts, shown.ready, None)
    given = {part.item.document: part.item.mark for part in shown.layout.parts if part.item is not None and part.item.mark}
    return lambda document, page: f"bundle page {label}" if document in given and (label := where(given[document], page)) else ""
