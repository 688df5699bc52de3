"""The order of a bundle as a parent sets it: papers and sections moved, sections named, headings of their own."""

from dataclasses import replace

from casefile.domain.bundles import Bundle, Item
from casefile.errors import Invalid, NotFound

_LONGEST = 120


def chosen(bundle: Bundle, key: str, included: bool) -> Bundle:
    """The bundle with one item taken in or out."""
    items = (replace(item, included=included) if item.key == key else item for item in bundle.items)
    return replace(bundle, items=tuple(items))


def moved(bundle: Bundle, key: str, by: int) -> Bundle:
    """The bundle with one item moved up (``by`` -1) or down (1); at the edge of a section it goes into the next one."""
    items = list(bundle.items)
    at = _place(bundle, key)
    to = at + by
    if not 0 <= to < len(items):
        return bundle
    item, other = items[at], items[to]
    if other.section != item.section:
        items[at] = replace(item, section=other.section)
    else:
        items[at], items[to] = other, item
    return replace(bundle, items=tuple(items))


def placed(bundle: Bundle, key: str, section: str, before: str = "") -> Bundle:
    """The bundle with one item moved into ``section``, before the item ``before`` or to the end of it."""
    item = replace(bundle.items[_place(bundle, key)], section=section)
    if key == before:
        return bundle
    rest = [one for one in bundle.items if one.key != key]
    inside = [number for number, one in enumerate(rest) if one.section == section]
    to = next((number for number in inside if rest[number].key == before), inside[-1] + 1 if inside else _place(bundle, key))
    return replace(bundle, items=(*rest[:to], item, *rest[to:]))


def section_placed(bundle: Bundle, section: str, before: str = "") -> Bundle:
    """The bundle with a whole section moved before the section ``before``, or to the end."""
    if section == before:
        return bundle
    order = [one for one in bundle.sections if one != section]
    order.insert(order.index(before) if before in order else len(order), section)
    return _ordered(bundle, order)


def section_moved(bundle: Bundle, section: str, by: int) -> Bundle:
    """The bundle with a whole section moved up (``by`` -1) or down (1)."""
    order = list(bundle.sections)
    at = order.index(section)
    to = at + by
    if not 0 <= to < len(order):
        return bundle
    order[at], order[to] = order[to], order[at]
    return _ordered(bundle, order)


def renamed(bundle: Bundle, section: str, words: str) -> Bundle:
    """The bundle with another name for a section; the name of the section beside it joins the two.

    Papers added later that belong in it go there too. Raises ``Invalid`` for no name and for one that is taken elsewhere.
    """
    name = as_typed(words, "a name for the section")
    if name == section:
        return bundle
    order = bundle.sections
    if name in order and abs(order.index(name) - order.index(section)) > 1:
        raise Invalid(f"There is a section called “{name}” already.", "Give another name, or move this section beside it first.")
    items = tuple(replace(item, section=name) if item.section == section else item for item in bundle.items)
    before = [(old, name if new == section else new) for old, new in bundle.renamed]
    if section not in [new for _, new in bundle.renamed]:
        before.append((section, name))
    return replace(bundle, items=items, renamed=tuple(before))


def begun(bundle: Bundle, key: str, words: str) -> Bundle:
    """The bundle with a section of the parent's own, which begins at one item and holds all behind it in its section.

    Raises ``Invalid`` for no name and for one that is taken.
    """
    name = as_typed(words, "a name for the section")
    at = _place(bundle, key)
    section = bundle.items[at].section
    while at and bundle.items[at - 1].heading and bundle.items[at - 1].section == section:
        at -= 1  # a heading over the paper goes with it
    if name in bundle.sections:
        raise Invalid(f"There is a section called “{name}” already.", "Give another name, or move the paper there.")
    items = [replace(item, section=name) if number >= at and item.section == section else item for number, item in enumerate(bundle.items)]
    return replace(bundle, items=tuple(items))


def with_heading(bundle: Bundle, key: str, words: str) -> Bundle:
    """The bundle with a heading over one item. Raises ``Invalid`` for no words."""
    at = _place(bundle, key)
    number = max((item.heading for item in bundle.items), default=0) + 1
    made = Item(None, as_typed(words, "the words of the heading"), bundle.items[at].section, heading=number)
    return replace(bundle, items=(*bundle.items[:at], made, *bundle.items[at:]))


def reworded(bundle: Bundle, key: str, words: str) -> Bundle:
    """The bundle with other words in a heading; with none it goes."""
    at = _place(bundle, key)
    if not words.strip():
        return without_heading(bundle, key)
    made = replace(bundle.items[at], title=as_typed(words, "the words of the heading"))
    return replace(bundle, items=(*bundle.items[:at], made, *bundle.items[at + 1 :]))


def without_heading(bundle: Bundle, key: str) -> Bundle:
    """The bundle without a heading; the papers under it stay."""
    return replace(bundle, items=tuple(item for item in bundle.items if item.key != key or not item.heading))


def as_typed(words: str, what: str) -> str:
    """A name on one line, as it was typed. Raises ``Invalid`` where there is none (``what`` is asked for) or it is too long."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    if not name:
        raise Invalid("Nothing is typed yet.", f"Type {what}.")
    if len(name) > _LONGEST:
        raise Invalid(f"This has {len(name)} letters.", f"Use at most {_LONGEST}, so that it fits in the index.")
    return name


def _ordered(bundle: Bundle, order: list[str]) -> Bundle:
    return replace(bundle, items=tuple(sorted(bundle.items, key=lambda item: order.index(item.section))))


def _place(bundle: Bundle, key: str) -> int:
    for number, item in enumerate(bundle.items):
        if item.key == key:
            return number
    raise NotFound("This paper is not in the bundle.", "Add it first.")
