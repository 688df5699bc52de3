"""The copy of a letter that goes with a bundle: its marks name the bundle's pages, so that both can be read side by side."""

import datetime as dt
from dataclasses import replace

from casefile.domain.bundles import Bundle
from casefile.domain.letter_marks import numbered
from casefile.domain.letters import Draft
from casefile.errors import Invalid
from casefile.library import Library
from casefile.progress import Progress
from casefile.services import bundles
from casefile.services.bundle_letters import before, places
from casefile.store.store import Store


def bundles_for(store: Store, made: Draft) -> tuple[Bundle, ...]:
    """The kept bundles that hold every paper a letter points to, the newest first.

    None for a letter that points to no paper, and none for one that was sent: its words stay as they went.
    """
    wanted = {proof.document for proof in made.proofs if proof.document is not None}
    if not wanted or made.sent_on is not None:
        return ()
    found = (bundles.load(store, one.id or 0) for one in bundles.saved(store) if wanted <= bundles.papers_of(one))
    return tuple(one for one in found if wanted <= {item.document for item in one.chosen})


def copy_for(store: Store, library: Library, made: Draft, bundle: Bundle, today: dt.date, progress: Progress) -> Draft:
    """The letter as it goes with ``bundle``: each mark with the page of the bundle. Nothing is stored.

    A bundle that was sent keeps the numbers it went with; another is counted as an export on ``today`` would count it.
    Raises ``Invalid`` for a letter that was sent, and what ``bundles.preview`` raises.
    """
    if made.sent_on is not None:
        raise Invalid("This letter was sent, so its words stay as they are.", "Write a new letter instead.")
    if bundle.sent is not None:
        where = before(bundle.sent)
    else:
        shown = bundles.preview(store, library, bundle, today, progress)
        where = places(shown.layout.parts, shown.ready, None)
    return replace(made, body=numbered(made.body, where))
