"""From the pieces of a paper to the sections and lines of a plan. Nothing is dropped: what has no place is kept unplaced."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from casefile.domain.blocks import Block
from casefile.domain.plan import SECTIONS
from casefile.domain.plan_heads import (
    column_of,
    column_section,
    head_of,
    is_contents,
    status_in,
    title_alone,
    title_goes_on,
)
from casefile.domain.plan_lines import FOLLOWS, ReadLine, cell_parts, labelled, sentences, small_head, with_keys
from casefile.domain.plan_links import linked
from casefile.domain.plan_pieces import BULLET, GROUP, Piece, from_blocks, from_pages

PROVISION = ("F", "G", "H1", "H2")
_LEADS = re.compile(r"\w\s+(?:will|must|should|shall|has|have|requires?|receives?|includ\w+|access|consists?|needs)\b(?=.*\w).*:$|\w\s+(?:have|receive|include|includes|require|requires|needs)\s*:$", re.I)
_SIGNED = re.compile(r"^(?:signed\b|signature|date\s*:|date (?:of )?issued?\b|authorised (?:by|officer))", re.I)
_AWAY = re.compile(r"^(?:appendix|annex|strategies|useful contacts|glossary|your right|how to appeal|mediation)\b", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the lines in order, the headings of sections as they stand, whether it is a plan, and its status.

    ``problem`` says in one sentence why it does not look like a plan; empty where it does.
    """

    lines: tuple[ReadLine, ...]
    heads: tuple[str, ...]
    status: str = ""
    problem: str = ""

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that were found, in the order of the law."""
        have = {line.section for line in self.lines} | {head.split("|")[0] for head in self.heads}
        return tuple(section for section in SECTIONS if section in have)


@dataclass
class _Row:
    """One row of a table with known columns, before it becomes lines."""

    need: str = ""
    outcome: str = ""
    label: str = ""
    section: str = ""
    provision: str = ""
    details: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, lettered: bool) -> None:
        self.lettered = lettered
        self.section = ""
        self.lines: list[ReadLine] = []
        self.heads: list[str] = []
        self.columns: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.lead = ""
        self.fresh = False
        self.group = ""
        self.table_rows: list[tuple[int, list[int], list[int]]] = []

    # -- paragraphs
    def read(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if piece.kind == "furniture" or is_contents(piece.text):
                self.put(replace(_blank(piece.text, piece.page), section=""))
            elif piece.kind == "table":
                self.table(piece)
            else:
                if piece.kind != "table":
                    self.columns = ((), ())
                self.paragraph(piece)
        self.close_lead(None)

    def head(self, text: str, *, strong: bool) -> str | None:
        """Begin a section where ``text`` heads one; gives what stands after the title, or None for no heading."""
        found = head_of(text, strong=strong)
        if found is None and not self.lettered and (section := title_alone(text)):
            found = section, ""
        if found is None:
            return None
        self.close_lead(None)
        self.section, rest = found
        self.group = ""
        title = text[: len(text) - len(rest)].strip() if rest else text
        self.heads.append(f"{self.section}|{title}")
        self.fresh = not rest and len(title.split()) <= 2
        return rest

    def paragraph(self, piece: Piece) -> None:
        text = piece.text.strip()
        fresh, self.fresh = self.fresh, False
        rest = self.head(text, strong=piece.kind == "heading")
        if rest is not None:
            text = rest
        elif fresh and title_goes_on(self.section, text):
            self.heads[-1] = f"{self.heads[-1]} {text}"
            return
        elif piece.kind == "heading" and self.section and _AWAY.match(text) and head_of(text, strong=True) is None:
            self.section = "" if self.section in ("K", "J", "I") or _AWAY.match(text) else self.section
        if not text:
            return
        if self.section == "K" and _SIGNED.match(text):
            self.section = ""
        if piece.kind == "heading" and rest is None:
            self.put(replace(_blank(text, piece.page), section=self.section, heading=bool(self.section)))
            return
        self.words(text, piece.page, item=piece.kind == "item")

    def words(self, text: str, page: int | None, *, item: bool = False) -> None:
        """A paragraph of the running text of a section."""
        if not self.section:
            self.put(_blank(text, page))
            return
        if BULLET.match(text) and not item:
            item, text = True, BULLET.sub("", text)
        if self.section in PROVISION and GROUP.match(text) and not item:
            self.close_lead(page)
            self.group = text
            self.put(replace(_blank(text, page), section=self.section, heading=True))
            return
        label, body = labelled(text)
        if item and self.lead and not label:
            self.put(replace(_blank(f"{self.lead} {body}", page), section=self.section))
            self.lead_used = True
            return
        self.close_lead(page)
        if body.endswith(":") and len(body.split()) <= 14 and not label:
            if _LEADS.search(body):
                self.lead, self.lead_page, self.lead_used = body, page, False
            else:
                self.put(replace(_blank(body, page), section=self.section, heading=True))
            return
        last = self.lines[-1] if self.lines and self.lines[-1].section == self.section else None
        if last is not None and not last.heading and re.fullmatch(r"(?:[BE]\s?\d[\d.]*[\s,;&]*(?:and )?)+", text.strip()) and self.section in PROVISION:
            # A cell of a table that only names needs or outcomes: it belongs to the line before it.
            self.lines[-1] = replace(last, text=f"{last.text} ({text.strip()})")
            return
        if last is not None and not label and not item and not last.heading and self._goes_on(last, body):
            self.lines[-1] = replace(last, text=f"{last.text}{'' if last.text.endswith((' ', '-')) else ' '}{body}".strip())
            return
        if not label and small_head(body) and self.section in ("B", "C", "D", *PROVISION, "E") and not item:
            self.put(replace(_blank(body, page), section=self.section, heading=True))
            return
        parts = [body] if label or item or self.section not in (*PROVISION, "E") else sentences(body)
        for number, part in enumerate(parts):
            self.put(ReadLine(self.section, part, page, label if number == 0 else ""))

    def _goes_on(self, last: ReadLine, body: str) -> bool:
        """Whether a paragraph belongs to the line before it: its title stood alone, or it only says more of the same."""
        if last.label and (not last.text or (len(last.text.split()) <= 8 and not last.text.endswith((".", ";", "!", "?")))):
            return True
        return (bool(last.label or self.section in PROVISION) and bool(FOLLOWS.match(body))) or body[:1].islower()

    lead_page: int | None = None
    lead_used = False

    def close_lead(self, page: int | None) -> None:
        """A line that ends in a colon and was followed by no list is a line of its own."""
        if self.lead and not self.lead_used:
            self.put(replace(_blank(self.lead, self.lead_page), section=self.section))
        self.lead = ""

    def put(self, line: ReadLine) -> None:
        if line.text.strip() or line.label:
            self.lines.append(replace(line, text=" ".join(line.text.split()), group=self.group if line.section in PROVISION else ""))

    # -- tables
    def table(self, piece: Piece) -> None:
        self.close_lead(None)
        above = _Row()
        for number, row in enumerate(piece.rows):
            filled = [cell for cell in row if cell]
            if not filled:
                continue
            if len(filled) == 1:
                if self.one_cell(filled[0], piece.page):
                    above = _Row()
                continue
            roles = _roles(row)
            if roles and (number == 0 or not self.columns[0] or roles == self.columns[0]):
                self.section_of(row)
                self.columns = (roles, row)
                above = _Row()
                continue
            if self.columns[0] and len(self.columns[0]) == len(row):
                above = self.known_row(row, piece.page, above)
                continue
            self.unknown_row(row, piece.page)

    def section_of(self, row: Sequence[str]) -> None:
        """The heads of columns may name one section ("Section F provision"): then it is the section of the table."""
        found = {head[0] for cell in row if (head := head_of(cell, strong=False))}
        if len(found) == 1 and not self.section:
            self.section = found.pop()
        self.heads.append(f"{self.section if self.section in found else ''}|{' | '.join(cell for cell in row if cell)}")

    def one_cell(self, text: str, page: int | None) -> bool:
        """A row of one merged cell: the heading of a section with or without words below it, or a paragraph."""
        rest = self.head(text, strong=True)
        if rest is not None:
            self.columns = ((), ())
        for line in (text if rest is None else rest).split("\n"):
            if line.strip():
                self.paragraph(Piece(line.strip(), page, "text"))
        return rest is not None

    def unknown_row(self, row: Sequence[str], page: int | None) -> None:
        """A row of a table whose columns say nothing: a section and its words, a label and its words, or cells joined."""
        cells = [cell for cell in row if cell]
        rest = self.head(cells[0], strong=True)
        if rest is not None:
            cells = [rest, *cells[1:]] if rest else cells[1:]
            for cell in cells:
                for line in cell.split("\n"):
                    if line.strip():
                        self.paragraph(Piece(line.strip(), page, "text"))
            return
        label, body = labelled(f"{cells[0]} ")
        if label and not body:
            said = [part.replace("\n", " ") for part in cells[1:]]
            self.put(ReadLine(self.section, " ".join(part + _stop(part) for part in said[:-1]) + f" {said[-1]}", page, label))
            return
        self.put(ReadLine(self.section, " | ".join(cell.replace("\n", " ") for cell in cells), page))

    def known_row(self, row: Sequence[str], page: int | None, above: _Row) -> _Row:
        """A row under known heads: needs go to B, outcomes to E, provision to F with who, how often and how long."""
        made = _Row()
        roles, titles = self.columns
        for role, title, cell in zip(roles, titles, row, strict=True):
            if not cell:
                continue
            if role in ("need", "outcome", "label", "section", "provision"):
                setattr(made, role, f"{getattr(made, role)} {cell}".strip())
            elif role == "detail":
                made.details.append((" ".join(title.split()), " ".join(cell.split())))
            else:
                made.others.append(" ".join(cell.split()))
        if made.section:
            head = head_of(made.section, strong=True)
            self.section = head[0] if head else self.section
            self.heads.append(f"{self.section if head else ''}|{made.section}")
        if "section" in roles:
            text = "\n".join(part for part in (made.need, made.outcome, made.provision) if part)
            made = _Row(label=made.label, details=made.details, others=made.others, provision=text)
            self.row_lines(made, _Row(), page, self.section)
            return made
        carried = _Row(need=made.need or above.need, outcome=made.outcome or above.outcome)
        self.row_lines(made, carried, page)
        return carried

    def row_lines(self, made: _Row, carried: _Row, page: int | None, place: str | None = None) -> None:
        home = self.section
        needs = self.side("B", made.need, carried.need, page) if home != "B" or made.provision or "provision" in self.columns[0] else []
        outcomes = self.side("E", made.outcome, carried.outcome, page) if home != "E" else []
        text = made.provision
        if not text and home == "B" and not needs:
            text = made.need
        elif not text and home == "E" and made.outcome:
            text = made.outcome
        if place is None:
            column = next((column_section(title) for role, title in zip(*self.columns, strict=True) if role == "provision"), "")
            place = column or ("F" if made.provision and home not in PROVISION else home)
        details = "".join(f" {name}: {words.rstrip('.')}." for name, words in made.details)
        extra = " ".join(made.others)
        parts = cell_parts(text)
        if len(parts) > 1 and not made.details:
            for part in parts:
                self._put_row(place, part, made.label if part is parts[0] else "", page, needs, outcomes)
        elif parts or details or extra:
            whole = " ".join(" ".join(part.split()) for part in parts)
            body = f"{whole}{_stop(whole) if details and whole else ''}{details} {extra}".strip()
            self._put_row(place, body, made.label, page, needs, outcomes)
        elif made.label and not needs and not outcomes:
            self.put(ReadLine(place, made.label, page))

    def _put_row(self, place: str, text: str, label: str, page: int | None, needs: list[int], outcomes: list[int]) -> None:
        own, body = labelled(text)
        tidy = labelled(f"{label} ")[0] if label else ""
        self.put(ReadLine(place, body if own else text, page, own or tidy or label))
        if self.lines:
            self.table_rows.append((len(self.lines) - 1, needs, outcomes))

    def side(self, section: str, text: str, carried: str, page: int | None) -> list[int]:
        """The lines of B or E that a cell of a row stands for: those it names or repeats, else new ones."""
        words = " ".join((text or carried).split())
        if not words:
            return []
        refs = re.findall(rf"\b{section}\s?\.?(\d+(?:\.\d+)?)\b", words)
        if refs and len(words.split()) <= 2 * len(refs) + 2:
            return [-1 - int(float(ref)) for ref in refs] if all(ref.isdigit() for ref in refs) else []
        same = [at for at, line in enumerate(self.lines) if line.section == section and _alike(line.text, words)]
        if same or not text:
            return same
        found = []
        for part in cell_parts(text):
            label, body = labelled(part)
            self.put(ReadLine(section, body, page, label))
            found.append(len(self.lines) - 1)
        return found


def _alike(left: str, right: str) -> bool:
    return left == right or (len(left) > 12 and (left in right or right in left))


def _blank(text: str, page: int | None) -> ReadLine:
    return ReadLine("", text, page)


def _stop(text: str) -> str:
    return "" if text.rstrip().endswith((".", "!", "?", ";", ":")) else "."


def _roles(row: Sequence[str]) -> tuple[str, ...]:
    """What the columns hold where a row is a row of heads; empty where it is none."""
    filled = [cell for cell in row if cell]
    if any(len(cell.split()) > 14 or cell.rstrip().endswith(".") for cell in filled):
        return ()
    roles = tuple(column_of(cell) for cell in row)
    known = [role for role in roles if role]
    main = [role for role in known if role in ("need", "outcome", "provision")]
    if any(labelled(cell)[0] for cell in filled):
        return ()
    if len(known) >= 2 and len(known) >= len(filled) - 1 and (main or "section" in known or len(known) == len(filled)):
        return roles if not (len(filled) == 2 and head_of(filled[0], strong=True)) or {"need", "provision"} <= set(known) else ()
    return ()


def read_pieces(pieces: Sequence[Piece], *, notice: bool = False) -> Reading:
    """Read the pieces of a paper as a plan. ``notice``: a single section is enough, as an amendment notice may hold."""
    lettered = {found[0] for text in _all_texts(pieces) if (found := head_of(text, strong=False)) is not None}
    reader = _Reader(len(lettered) >= 3)
    reader.read(pieces)
    heads = ({head.split("|")[0] for head in reader.heads} | {line.section for line in reader.lines}) - {""}
    problem = ""
    if len(heads) < (1 if notice else 3) or (not notice and not heads & {"B", "F"}):
        problem = "This does not look like an EHC plan: the lettered sections of a plan were not found in it."
    keyed = with_keys(reader.lines)
    status = status_in(" ".join(piece.text for piece in pieces[:14]))
    return Reading(tuple(linked(keyed, reader.table_rows)), tuple(reader.heads), status, problem)


def _all_texts(pieces: Sequence[Piece]) -> Iterable[str]:
    for piece in pieces:
        if piece.kind == "table":
            yield from (cell for row in piece.rows for cell in row if cell)
        else:
            yield piece.text


def read_plan(pages: Sequence[str], blocks: Sequence[Block] = (), *, notice: bool = False) -> Reading:
    """Read a plan from its blocks (a Word file) where there are any, else from the text of its pages."""
    return read_pieces(from_blocks(blocks) if blocks else from_pages(pages), notice=notice)
