"""A bundle of evidence: what it is for, which papers are in it, in what order, and on which numbered page each begins."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from casefile.domain.bundle_limits import Age, Limit, Need
from casefile.domain.bundle_subject import Subject
from casefile.domain.documents import Document, Precision
from casefile.domain.paper_choice import PaperChoice
from casefile.domain.redaction import Hiding

State = Literal["bundled", "repaired", "refused"]
Numbering = Literal["continuous", "sections"]
BLANK = "blank "
"""How the key of a blank page begins."""
DIVIDER = "divider "
"""How the key of a divider begins: the sheet before a section."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the bundle and the kinds of paper that belong there; one without kinds takes all that is left."""

    title: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Purpose:
    """For whom a bundle is made, and what that body asks of it.

    ``unsorted`` takes in papers that were not confirmed yet. ``leave_out`` are kinds not chosen at first.
    ``volume_mb`` is the most one file may hold, 0 where no limit is known. ``subject`` is the order of the parts of a subject
    line, ``change_form`` the form that asks for more pages, where there is one. ``kind`` is the appeal or claim it is for, in
    words, where a hearing bundle is made for one; ``decisions`` are the decisions such an appeal is against.
    """

    id: str
    title: str
    short: str
    to: str
    help: str
    file_name: str
    sections: tuple[Section, ...]
    numbering: Numbering = "continuous"
    chronology: bool = True
    unsorted: bool = False
    leave_out: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    ages: tuple[Age, ...] = ()
    needs: tuple[Need, ...] = ()
    volume_mb: int = 0
    notes: tuple[str, ...] = ()
    subject: tuple[str, ...] = ("name", "what")
    change_form: str = ""
    kind: str = ""
    decisions: tuple[str, ...] = ()

    def section_of(self, kinds: Iterable[str | None]) -> str:
        """The section of a paper, or of a mail and what is attached to it: the first that any of its kinds fits."""
        found = set(kinds)
        for section in self.sections:
            if not section.kinds or section.kinds & found:
                return section.title
        return self.sections[-1].title


@dataclass(frozen=True, slots=True)
class Item:
    """One paper of a bundle. ``pages`` is None until it is known; ``parent`` is the mail it came attached to.

    ``document`` is the paper's id. ``draft`` is instead the id of a letter that is not filed yet, printed afresh.
    ``warnings`` are sentences about it: no date, the same as another, too long. ``only`` and ``without`` are pages taken
    in and left out ("1-3, 7"), ``turned`` pages turned clockwise ("3:90"), as ``page_choice`` reads them.

    A heading of the parent's own is an item too, between the papers: ``heading`` is its number, counted from 1. ``over`` are
    the headings that are printed over a paper.
    """

    document: int | None
    title: str
    section: str
    on: dt.date | None = None
    precision: Precision = "day"
    kind: str | None = None
    pages: int | None = None
    included: bool = True
    mark: str = ""
    parent: int | None = None
    draft: int | None = None
    warnings: tuple[str, ...] = ()
    only: str = ""
    without: str = ""
    turned: str = ""
    heading: int = 0
    over: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this item from every other: "d12" for a paper, "l3" for a letter, "h1" for a heading."""
        if self.heading:
            return f"h{self.heading}"
        return f"l{self.draft}" if self.document is None else f"d{self.document}"


@dataclass(frozen=True, slots=True)
class SentRow:
    """A paper as it stood in the index of a bundle that was sent: its pages in words as stamped, and how many."""

    key: str
    title: str
    mark: str
    day: str
    span: str
    pages: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle as it was sent: the day, its pages in all, the letters of sections used up, and every paper in it.

    ``hiding`` is what was hidden in it; None in one that was sent before that was kept.
    """

    on: dt.date
    pages: int
    sections: int
    rows: tuple[SentRow, ...]
    hiding: Hiding | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it is composed. ``items`` stand in their order, section after section.

    ``sent`` is how it was sent last. ``adding`` makes an export of what has come since, numbered on from there.
    ``hiding`` is what nobody who gets it may read; ``paper`` is how it comes out on paper. ``renamed`` are sections of the
    purpose with the names the parent gave them; ``subject`` is what the parent said about the subject line.
    """

    purpose: str
    title: str
    items: tuple[Item, ...]
    about: str = ""
    id: int | None = None
    warnings: tuple[str, ...] = ()
    sent: Sent | None = None
    adding: bool = False
    hiding: Hiding = field(default_factory=Hiding)
    paper: PaperChoice = field(default_factory=PaperChoice)
    renamed: tuple[tuple[str, str], ...] = ()
    subject: Subject = field(default_factory=Subject)

    @property
    def chosen(self) -> tuple[Item, ...]:
        """The papers that are taken in, each with the headings over it; one with no paper behind it in its section is dropped."""
        made: list[Item] = []
        waiting: list[Item] = []
        for item in self.items:
            if item.heading:
                waiting.append(item)
            elif item.included:
                over = tuple(one.title for one in waiting if one.section == item.section)
                made.append(replace(item, over=over) if over else item)
                waiting = []
        return tuple(made)

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of its sections in their order."""
        return tuple(dict.fromkeys(item.section for item in self.items))


@dataclass(frozen=True, slots=True)
class Part:
    """Numbered pages: an item or one of our own front parts. ``first`` counts from 1 at the very first page.

    ``label`` is the number stamped on its first page, ``last_label`` that on its last ("B4" where sections restart).
    """

    key: str
    title: str
    section: str
    first: int
    pages: int
    label: str
    last_label: str
    item: Item | None = None

    @property
    def blank(self) -> bool:
        """Whether it is a blank page, there only so that what follows begins on the front of a sheet."""
        return self.key.startswith(BLANK)

    @property
    def divider(self) -> bool:
        """Whether it is the sheet before a section."""
        return self.key.startswith(DIVIDER)

    @property
    def front(self) -> bool:
        """Whether it is one of our own parts at the front: cover, index, chronology."""
        return self.item is None and not self.blank and not self.divider

    @property
    def last(self) -> int:
        """Its last page, counted from the very first."""
        return self.first + self.pages - 1

    @property
    def span(self) -> str:
        """Its pages in words, as stamped: "9 to 26"."""
        return self.label if self.pages == 1 else f"{self.label} to {self.last_label}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit and how many pages stand against it. ``item`` is the key of the paper it is about, if it is one."""

    limit: Limit
    pages: int
    item: str = ""

    @property
    def over(self) -> int:
        """How many pages too many."""
        return max(0, self.pages - self.limit.most)


def by_date(documents: Sequence[Document], purpose: Purpose) -> list[tuple[Document, str]]:
    """Papers in the order of a bundle, each with its section: by section, then date, a mail before what came with it.

    A mail and its attachments stay together, in the section of the first kind any of them has. Papers without a date
    stand at the end of their section.
    """
    there = {paper.id: paper for paper in documents}
    families: dict[int | None, list[Document]] = {}
    for paper in documents:
        top = paper
        while top.parent in there and top.parent != top.id:
            top = there[top.parent]
        families.setdefault(top.id, []).append(paper)
    order = {section.title: number for number, section in enumerate(purpose.sections)}
    made = []
    for top_id, family in families.items():
        top = there[top_id]
        section = purpose.section_of(paper.kind for paper in family)
        day = day_of(top) or dt.date.max
        inside = sorted(family, key=lambda paper: (paper.id != top.id, _place(paper), paper.id or 0))
        made.append(((order[section], day, top.id or 0), [(paper, section) for paper in inside]))
    return [entry for _, family_entries in sorted(made, key=lambda one: one[0]) for entry in family_entries]


def _place(paper: Document) -> tuple[int, ...]:
    """The place of an attachment in its mail: "2.1" before "10"."""
    return tuple(int(step) for step in (paper.part or "").split(".") if step.isdigit())


def day_of(paper: Document) -> dt.date | None:
    """The day a paper stands under: the date on it, else the day it was received."""
    return paper.dated or paper.received


def paginate(
    fronts: Sequence[tuple[str, str, int]], items: Sequence[tuple[Item, int]], sections: Sequence[str],
    numbering: Numbering = "continuous", after: Sent | None = None, paper: PaperChoice | None = None,
) -> list[Part]:  # fmt: skip
    """Give every part its page numbers. ``fronts`` are (key, title, pages); ``items`` each with its true pages.

    ``after`` is a bundle that was sent: the numbers, and the letters of sections, go on from it. ``paper`` may ask for
    dividers, and for two sides: then a blank page, numbered like the others, stands wherever a front part, a section or what
    follows a divider would begin on the back of a sheet.
    """
    paper = paper or PaperChoice()
    parts: list[Part] = []
    page, used = 1, after.pages if after else 0
    for key, title, pages in fronts:
        if paper.two_sided and page % 2 == 0:
            parts.append(_sheet(BLANK, page, str(used + page), ""))
            page += 1
        parts.append(Part(key, title, "", page, pages, str(used + page), str(used + page + pages - 1)))
        page += pages
    within: dict[str, int] = {}
    first = after.sections if after else 0
    letters = {title: letter_of(first + number) for number, title in enumerate(dict.fromkeys(sections))}

    def numbered(section: str, pages: int) -> tuple[str, str]:
        """The labels of the first and the last of the next pages of a section."""
        if numbering != "sections" or not section:
            return str(used + page), str(used + page + pages - 1)
        start = within.get(section, 0) + 1
        within[section] = start + pages - 1
        return f"{letters[section]}{start}", f"{letters[section]}{start + pages - 1}"

    before = ""
    for item, pages in items:
        sheets: list[tuple[str, str]] = []
        if item.section != before:
            if paper.two_sided and page % 2 == 0:
                sheets.append((BLANK, before))
            if paper.dividers:
                sheets.append((DIVIDER, item.section))
            if paper.dividers and paper.two_sided:
                sheets.append((BLANK, item.section))
        for kind, section in sheets:
            parts.append(_sheet(kind, page, numbered(section, 1)[0], section))
            page += 1
        before = item.section
        label, last_label = numbered(item.section, pages)
        parts.append(Part(item.key, item.title, item.section, page, pages, label, last_label, item))
        page += pages
    return parts


def _sheet(kind: str, page: int, label: str, section: str) -> Part:
    title = "Blank page" if kind == BLANK else section
    return Part(f"{kind}{page}", title, section, page, 1, label, label)


def letter_of(number: int) -> str:
    """The letter of a section, the first being number 0: A to Z, then AA, AB…"""
    made = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        made = LETTERS[rest] + made
    return made


def label_at(part: Part, offset: int) -> str:
    """The number stamped on a page of a part; ``offset`` 0 is its first page."""
    letters = part.label.rstrip("0123456789")
    return f"{letters}{int(part.label[len(letters) :]) + offset}"


def counted(purpose: Purpose, items: Iterable[tuple[Item, int]]) -> list[Counted]:
    """How the pages of the chosen items stand against each limit of a purpose."""
    rows = list(items)
    found = []
    for limit in purpose.limits:
        if limit.council:
            continue
        mine = [(item, pages) for item, pages in rows if not limit.kinds or item.kind in limit.kinds]
        if limit.each:
            found += [Counted(limit, pages, item.key) for item, pages in mine]
        elif mine or not limit.kinds:
            found.append(Counted(limit, sum(pages for _, pages in mine)))
    return found


def missing(purpose: Purpose, items: Iterable[Item]) -> list[str]:
    """What the recipient will look for and not find, a sentence each."""
    kinds = {item.kind for item in items}
    return [need.missing for need in purpose.needs if not need.kinds & kinds]


def numbered_sections(items: Iterable[Item], numbering: Numbering = "continuous") -> dict[str, str]:
    """The sections that hold something, in order, each with its name as printed: "2 The plan", or "B The plan"."""
    titles = list(dict.fromkeys(item.section for item in items))
    if len(titles) == 1 and numbering == "continuous":
        return {titles[0]: titles[0]}
    return {
        title: f"{letter_of(number) if numbering == 'sections' else number + 1} {title}"
        for number, title in enumerate(titles)
    }


def same_words(duplicates: Mapping[int, int], titles: Mapping[int, str], id_: int) -> str:
    """The warning for a paper that says the same as another, or nothing."""
    other = titles.get(duplicates.get(id_, 0), "")
    return f"It has the same words as “{other}”." if other else ""
