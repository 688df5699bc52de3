"""How a bundle is to come out on paper, and how large one file may be."""

from dataclasses import dataclass

from casefile.errors import Invalid

LEAST_MB, MOST_MB = 1, 2000


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """``a4`` makes every page A4. ``edge`` keeps room for the holes of a binder. ``two_sided`` lets every section begin on a
    right-hand page. ``dividers`` puts a sheet before every section. ``large`` sets index and chronology in large print.
    ``by_section`` makes a file of every section too, for a print shop. ``volume_mb`` is the most one file may hold, 0 for
    what the recipient of the bundle asks."""

    a4: bool = False
    edge: bool = False
    two_sided: bool = False
    volume_mb: int = 0
    dividers: bool = False
    large: bool = False
    by_section: bool = False

    @property
    def fits(self) -> bool:
        """Whether pages are to be set on A4 sheets."""
        return self.a4 or self.edge


def read_megabytes(words: str) -> int:
    """The most megabytes of one file as typed: "20" or "20 MB"; nothing means 0. Raises ``Invalid``."""
    bare = words.strip().lower().removesuffix("mb").strip()
    if not bare:
        return 0
    if not bare.isdigit() or not LEAST_MB <= int(bare) <= MOST_MB:
        raise Invalid(f"“{words.strip()}” is no size of a file.", f"Write whole megabytes, from {LEAST_MB} to {MOST_MB}.")
    return int(bare)
