"""Only some pages of a paper, and pages turned the right way up, before they are joined. Runs in the limited child."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pikepdf

from casefile.printing.bundle.geometry import inherited
from casefile.printing.bundle.source import Opened


def turn(pdf: pikepdf.Pdf, turns: Mapping[int, int]) -> None:
    """Turn pages (0 is the first) clockwise by so many degrees."""
    for number, page in enumerate(pdf.pages):
        if number in turns:
            try:
                old = int(float(inherited(page.obj, "/Rotate") or 0))
            except (TypeError, ValueError):
                old = 0
            page.obj.Rotate = (old + turns[number]) % 360


def pick(made: Opened, picks: Sequence[int]) -> None:
    """Leave only these pages (0 is the first). Links from and to pages that are gone go too."""
    places = {page: at for at, page in enumerate(picks)}
    made.links = [
        replace(link, page=places[link.page], target=places[link.target])
        for link in made.links
        if link.page in places and link.target in places
    ]
    for number in range(made.pages - 1, -1, -1):
        if number not in places:
            del made.pdf.pages[number]
