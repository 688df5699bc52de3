"""What is written over a mail that carries a bundle, what its files are called, and the note that asks for more pages."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.domain.dates import count, in_words

if TYPE_CHECKING:
    from casefile.domain.bundles import Counted

PARTS = {
    "hearing": "date of the hearing",
    "appeal": "number of the appeal",
    "name": "name of the child",
    "reference": "reference of the council",
    "what": "what it is",
}
"""What a subject line may be made of, in the words that stand in its gap where it is not known."""

_APPEAL = re.compile(r"\bEH\s?(\d{3})\s?/\s?(\d{2})\s?/\s?(\d{3,6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the parent said about the subject line of one bundle; what is empty comes from the record.

    ``initials`` are used for the name. ``for_files`` calls the files of the bundle so.
    """

    hearing: dt.date | None = None
    appeal: str = ""
    what: str = ""
    initials: bool = False
    for_files: bool = False


def appeal_numbers(text: str) -> tuple[str, ...]:
    """The numbers of appeals in a text, once each, written alike: EH123/26/00045."""
    return tuple(dict.fromkeys(f"EH{match[1]}/{match[2]}/{match[3]}" for match in _APPEAL.finditer(text)))


def initials_of(name: str) -> str:
    """The first letters of a name: "A. R."."""
    return " ".join(f"{part[0].upper()}." for part in re.split(r"[\s-]+", name) if part[:1].isalpha())


def gap(part: str) -> str:
    """What stands where a part is not known: it cannot be overlooked."""
    return f"[{PARTS[part]}]"


def subject_line(order: Sequence[str], known: Mapping[str, str]) -> str:
    """The subject line in the order its reader asks for, with a gap for whatever is not known."""
    return " | ".join(known.get(part) or gap(part) for part in order)


def change_note(form: str, known: Mapping[str, str], hearing: dt.date | None, over: "Sequence[Counted]", titles: Mapping[str, str]) -> str:
    """The words to put into the form that asks for more pages: the counted excess for each limit, with the reason left open.

    ``over`` are the limits that do not hold, ``titles`` the papers by their key.
    """
    lines = [
        f"Request for change, form {form}: more pages", "",
        f"Child: {known.get('name') or gap('name')}",
        f"Appeal: {known.get('appeal') or gap('appeal')}",
        f"Hearing: {in_words(hearing) if hearing else gap('hearing')}", "",
        "I ask to put in more pages than the direction allows:", "",
    ]  # fmt: skip
    for one in over:
        paper = f", “{titles[one.item]}”" if one.item in titles else ""
        lines.append(f"- {one.limit.title}{paper}: {count(one.pages, 'page')}. At most {one.limit.most} are allowed. That is {one.over} too many.")
        lines.append(f"  [why these {count(one.pages, 'page')} are needed and cannot be shorter]")
    lines += ["", "Where these limits are from:"]
    for source in dict.fromkeys(one.limit.source for one in over):
        unread = "" if source.sure else " Check it in the current direction: the rule itself was not read."
        lines.append(f"- {source.words}.{unread}")
    return "\n".join(lines) + "\n"
