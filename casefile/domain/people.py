"""The child, the family, and everyone who writes to them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Child:
    """The child the case is about. Everything may be unknown: the parent may skip every question.

    ``known_as`` is the name shown on screen; ``strengths`` a line of the parent's own ("Loves drums and maps").
    ``nickname`` is the neutral name of the case for window titles. ``stands`` is where things stand, an id of
    ``STANDS``.
    """

    id: int | None = None
    name: str = ""
    known_as: str = ""
    born: dt.date | None = None
    council: str = ""
    school: str = ""
    strengths: str = ""
    nickname: str = "My case"
    reference: str = ""
    stands: str = ""

    @property
    def short(self) -> str:
        """The name to use in a sentence: the chosen one, else the first name, else "your child"."""
        return self.known_as or (self.name.split()[0] if self.name.strip() else "your child")


STANDS: dict[str, str] = {
    "not_asked": "We have not asked for an assessment yet",
    "asked": "We have asked for an assessment",
    "refused": "The council said no",
    "assessing": "The council is assessing",
    "draft": "We have a draft plan",
    "plan": "There is a final plan",
    "review": "The plan is being reviewed",
    "appeal": "We are appealing",
}
"""Where a family may stand when it starts, in the words of the first pages."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or an office. ``office`` is an id of the directory's offices where it is one.

    ``check`` lists the fields the directory is not sure of: they are shown as "check before you send".
    ``me`` marks the parent's own entry (the sender of letters). ``address`` has one line a row.
    """

    id: int | None
    name: str = ""
    role: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    office: str = ""
    note: str = ""
    check: str = ""
    me: bool = False
    relation: str = ""
