"""What the volumes of a bundle show: the same pages with the same numbers, their bookmarks, and their page labels."""

from collections.abc import Sequence

from casefile.printing.bundle.plan import Mark


def within(marks: Sequence[Mark], first: int, last: int) -> tuple[Mark, ...]:
    """The marks of pages ``first`` to before ``last``, counted from there; papers whose section began before rise."""
    made: list[Mark] = []
    inside = False
    for mark in marks:
        if first <= mark.page < last:
            inside = inside or mark.level == 0
            made.append(Mark(mark.level if inside else 0, mark.title, mark.page - first))
    return tuple(made)


def labels_of(stamped: Sequence[str]) -> tuple[tuple[int, str, int], ...]:
    """Page labels that make a viewer show what is stamped: (first page, letters, start) wherever the count breaks."""
    made: list[tuple[int, str, int]] = []
    before = ("", -1)
    for at, label in enumerate(stamped):
        letters = label.rstrip("0123456789")
        number = int(label[len(letters) :])
        if (letters, number - 1) != before:
            made.append((at, letters, number))
        before = (letters, number)
    return tuple(made)
