"""The sample case: invented, complete, and made by the same services a parent uses."""

import datetime as dt
import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from casefile.domain.documents import Document
from casefile.domain.people import Child, Contact
from casefile.domain.sessions import Absence, Cost, Effect, Provision, Session
from casefile.library import Library
from casefile.progress import Progress
from casefile.services import case, documents, losses, plan_import, plans, provision, terms
from casefile.services.importing import import_paths
from casefile.services.people import contacts
from casefile.store.store import Store


def make_sample(folder: Path, library: Library, progress: Progress, *, now: dt.datetime) -> Store:
    """Make the sample case in ``folder``: import its papers, confirm most of them, leave a few to sort.

    Raises ``BadFile`` where the folder holds something already.
    """
    source = library.folder / "sample"
    told = tomllib.loads((source / "papers.toml").read_text("utf-8"))
    store = case.create(folder, Child(**told["child"]), library, now=now)
    try:
        with store.action("Filled in the sample’s people", now=now, undoable=False):
            for person in contacts(store):
                if person.id is not None and person.office not in ("lgsco", "send_tribunal"):
                    store.remove(Contact, person.id)
            for row in told["person"]:
                store.add(Contact(None, **row))
        import_paths(store, [source / "papers"], progress, now=now)
        with store.action("Filed the sample’s papers", now=now, undoable=False):
            # By their bytes: a paper that came attached to a mail is kept once, as that attachment.
            known = {paper.sha256: paper for paper in store.find(Document)}
            for row in told["paper"]:
                sha256 = hashlib.sha256((source / "papers" / row["file"]).read_bytes()).hexdigest()
                if "filed" in row:
                    _file(store, known[sha256], row["filed"])
            _file_parts(store)
            _plans(store)
            _follow(store, told, now.date())
    except BaseException:
        store.close()
        raise
    store.forget_undo()
    store.take_touched()
    return store


def _file(store: Store, paper: Document, row: dict[str, Any]) -> None:
    found = documents.suggestion_of(store, paper.id or 0)
    documents.sort_document(
        store, paper.id or 0, title=row.get("title", found.title), kind=row["kind"],
        dated=row.get("date") or (found.date.value if found.date else None),
        received=found.received.value if found.received else None, events=[tuple(event) for event in row.get("events", ())],
    )  # fmt: skip


def _plans(store: Store) -> None:
    """The draft and the final plan, read in; the needs the final plan meets, as a parent who has read it would link them."""
    papers = {paper.name: paper.id for paper in store.find(Document)}
    for name, status in (("Draft EHC plan.docx", "draft"), ("Final EHC plan.pdf", "final")):
        made = plan_import.import_plan(store, papers[name] or 0, status)  # type: ignore[arg-type]
    for item in plans.items(store, made):
        if item.section == "F":
            plans.save_item(store, replace(item, needs=("B1",)))


def _follow(store: Store, told: dict[str, Any], today: dt.date) -> None:
    """The plan's lines that are followed, the school's holidays, what was logged of each session, and what else was lost."""
    for row in told.get("closure", ()):
        terms.add_closure(store, row["start"], row["end"], row["reason"])
    papers = {paper.name: paper.id for paper in store.find(Document)}
    for row in told.get("provision", ()):
        logged = row.pop("session", ())
        line = provision.save(store, Provision(None, **(row | {"weekdays": tuple(row.get("weekdays", ()))})))
        for entry in logged:
            paper = papers.get(entry.pop("paper", ""))
            provision.log_session(store, Session(None, line.id or 0, document=paper, **entry), today)
    for name, kind in (("absence", Absence), ("cost", Cost), ("effect", Effect)):
        for row in told.get(name, ()):
            paper = papers.get(row.pop("paper", ""))
            losses.keep(store, kind(None, document=paper, **row), today)


def _file_parts(store: Store) -> None:
    """Attachments of filed mails are filed with them, as a parent who has read the mail would."""
    for paper in store.find(Document, state="unsorted"):
        if paper.parent is not None and paper.id is not None:
            found = documents.suggestion_of(store, paper.id)
            kind = found.kind.value if found.kind else "other"
            documents.sort_document(store, paper.id, kind=kind, dated=found.date.value if found.date else None)
