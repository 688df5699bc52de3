"""The notes of a letter: what each of its facts rests on, from the record and the law, for whoever reads the letter."""

import re

from casefile.domain.dates import in_words
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.letter_notes import Note, placed
from casefile.domain.letters import Draft, Proof
from casefile.domain.phrases import lowered
from casefile.domain.rules import in_force
from casefile.domain.telling import SURE
from casefile.library import Library
from casefile.services.timeline import title_of
from casefile.store.store import Store


def notes_of(store: Store, library: Library, made: Draft) -> tuple[Note, ...]:
    """What each fact of a letter rests on, in the order of the letter."""
    return tuple(
        Note(place, proof.words.replace("\u00a0", " "), f"{_rests_on(store, library, made, proof).rstrip('.')}.")
        for place, proof in placed(made.body, made.proofs)
    )


def unread_in(library: Library, made: Draft) -> tuple[str, ...]:
    """The references of a letter that were not read in the law itself, as they stand in it. Raises ``NotFound``."""
    rules = (library.rule_map.get(proof.rule) for proof in made.proofs)
    versions = [version for rule in rules if rule and (version := in_force(rule, made.made))]
    cited = [version.cite for version in versions if version.confidence != "text"]
    plain = made.body.replace("\u00a0", " ")
    return tuple(dict.fromkeys(words for words in (*library.letter(made.template).unread, *cited) if words in plain))


def _rests_on(store: Store, library: Library, made: Draft, proof: Proof) -> str:
    # The window speaks to the parent, and the letter is the parent's own.
    what = re.sub(r"\byou\b", "I", re.sub(r"\byour\b", "my", proof.what.rstrip(".")))
    if proof.document is not None:
        paper = store.get(Document, proof.document)
        dated = f", {in_words(paper.dated)}" if paper.dated else ""
        return f"{what}. {proof.mark}: {paper.title}{dated}"
    if proof.event is not None:
        event = store.get(Event, proof.event)
        return f"{what}. From my record: {lowered(title_of(event, library))}, {in_words(event.on)}"
    rule = library.rule_map.get(proof.rule)
    version = in_force(rule, made.made) if rule else None
    if version is None:
        return what
    sure = "" if version.confidence == "text" else f". {version.sure or SURE[version.confidence]}"
    return f"{what}. {version.cite.rstrip('.')}{sure}"
