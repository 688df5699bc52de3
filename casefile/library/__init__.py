"""Everything in ``resources/`` read and checked: rules, event kinds, calendar, letter forms, councils and offices."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from casefile import paths
from casefile.domain.calendar import Calendar
from casefile.domain.letters import Template
from casefile.domain.rules import EventKind, Rule
from casefile.domain.tone import ToneGroup
from casefile.errors import CaseFileError, Invalid, NotFound
from casefile.library.calendar import load_calendar
from casefile.library.directory import Directory
from casefile.library.law import Law, load_law
from casefile.library.lawpack import merged, pack_folder, read_pack
from casefile.library.letters import load_letters, load_sentences
from casefile.library.tone import load_tone

if TYPE_CHECKING:
    from casefile.domain.bundles import Purpose
    from casefile.domain.wording.model import WordData


@dataclass(frozen=True)
class Library:
    """What the program knows before any case is opened. Each part is read when it is first asked for."""

    folder: Path
    pack: Path | None = None

    @cached_property
    def law(self) -> Law:
        """All rules with their versions, event kinds, bodies and failings; with the newer law pack, if one was taken.

        A pack that was damaged since, or is older than the program's own law, is left alone (``pack_problem``).
        """
        own = load_law(self.folder / "law")
        if self.pack is None or not self.pack.is_dir():
            return own
        try:
            newer = read_pack(self.pack, own)
        except CaseFileError as problem:
            self.__dict__["pack_problem"] = f"The newer law you added cannot be read, so the older one is used. {problem}"
            return own
        return merged(own, newer) if newer.law_checked >= own.law_checked else own

    @cached_property
    def pack_problem(self) -> str:
        """Why the newer law is not used, in words for the parent; empty where all is well. Ask for ``law`` first."""
        return ""

    @cached_property
    def calendar(self) -> Calendar:
        """Bank holidays of every nation, and how far they are known."""
        return load_calendar(self.folder / "calendar")

    @cached_property
    def letters(self) -> tuple[Template, ...]:
        """Every letter form."""
        return load_letters(self.folder / "letters", {rule.id for rule in self.rules}, self.event_kinds)

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """For each kind of event, what a letter says of it after "On Tuesday …"; keys are kind or kind:detail."""
        return load_sentences(self.folder / "letters" / "sentences.toml", self.event_kinds)

    @cached_property
    def tone(self) -> tuple[ToneGroup, ...]:
        """Words that can hurt a letter."""
        return load_tone(self.folder / "letters" / "tone.toml")

    @cached_property
    def directory(self) -> Directory:
        """Councils, national bodies and offices."""
        return Directory(self.folder / "directory")

    @cached_property
    def purposes(self) -> "tuple[Purpose, ...]":
        """Every purpose a bundle can be made for, by id."""
        from casefile.library.bundles import load_purposes

        return load_purposes(self.folder / "bundles")

    @cached_property
    def wording(self) -> "WordData":
        """The word lists of the Section F wording check."""
        # The check is a large part of the program, and nothing at its start needs it.
        from casefile.library.wording import load_wording

        return load_wording(self.folder / "wording")

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the law."""
        return self.law.rules

    @cached_property
    def rule_map(self) -> Mapping[str, Rule]:
        """Every rule of the law, by id."""
        return {rule.id: rule for rule in self.rules}

    @property
    def event_kinds(self) -> Mapping[str, EventKind]:
        """Every kind of event, by id."""
        return self.law.event_kinds

    @property
    def law_checked(self) -> dt.date:
        """The day the law was last checked."""
        return self.law.law_checked

    def rule(self, id_: str) -> Rule:
        """One rule. Raises ``NotFound`` naming what to do."""
        if id_ in self.rule_map:
            return self.rule_map[id_]
        raise NotFound(f"There is no rule called {id_!r}.", "See the list with: casefile law rules")

    def letter(self, id_: str) -> Template:
        """One letter form. Raises ``NotFound`` naming what to do."""
        for template in self.letters:
            if template.id == id_:
                return template
        raise NotFound(f"There is no letter called {id_!r}.", "See the list with: casefile letters")

    def purpose(self, id_: str) -> "Purpose":
        """One purpose of a bundle. Raises ``Invalid`` listing the ones there are."""
        for purpose in self.purposes:
            if purpose.id == id_:
                return purpose
        known = ", ".join(purpose.id for purpose in self.purposes)
        raise Invalid(f"There is no purpose called {id_!r}.", f"Use one of: {known}.")


@cache
def load() -> Library:
    """The library of the program's own resources, with the law pack the parent took."""
    return Library(paths.resources(), pack_folder())
