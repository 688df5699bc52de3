"""The strip over a bundle: how its pages stand to the limits, and how many papers want a look."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QVBoxLayout

from casefile.domain.bundles import Purpose
from casefile.domain.dates import count, in_words
from casefile.services.bundles import Plan
from casefile.ui.parts import Card, clear, row, stack
from casefile.ui.text import Status, Words, strong
from casefile.ui.theme import BODY, SEMIBOLD, look


def limits_told(purpose: Purpose) -> list[str]:
    """Every limit of a purpose in a line, and then where they were read and when; what was not read in its own words says so."""
    made = [f"{limit.title}: at most {count(limit.most, 'page')}." for limit in purpose.limits]
    made += [f"Reports: at most {count(age.years, 'year')} old." for age in purpose.ages]
    sources = dict.fromkeys([*(limit.source for limit in purpose.limits), *(age.source for age in purpose.ages)])
    for source in sources:
        unread = "" if source.sure else " The rule itself was not read."
        made.append(f"From: {source.words}. Looked up on {in_words(source.checked).split(' ', 1)[1]}.{unread}")
    return made


class Meters(Card):
    """A bar for all pages and one for the limit on kinds of paper that is nearest, or the count of pages where there is no limit."""

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.bars: QBoxLayout = QVBoxLayout() if look.stacked else QHBoxLayout()
        self.bars.setSpacing(look.gap(24))
        self.inner.addLayout(self.bars)

    def show_plan(self, planned: Plan, odd: int) -> None:
        """Show the counts of a bundle of which ``odd`` papers want a look."""
        clear(self.bars)
        whole = [one for one in planned.counts if not one.limit.kinds]
        shown = whole + sorted((one for one in planned.counts if one.limit.kinds), key=lambda one: one.limit.most - one.pages)[:1]
        for one in shown:
            left = one.limit.most - one.pages
            words = f"{one.limit.title}: {count(abs(left), 'page')} {'left' if left >= 0 else 'too many'}"
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, one.limit.most)
            bar.setValue(min(one.pages, one.limit.most))
            bar.setAccessibleName(f"{one.pages} of {one.limit.most} pages")
            top = row(Words(words, role="text" if left >= 0 else "late", wrap=False), -1, Words(f"{one.pages} of {one.limit.most} pages", BODY, SEMIBOLD, wrap=False))
            self.bars.addLayout(stack(top, bar, space=6), 1)
        if not shown:
            self.bars.addWidget(strong(f"{count(planned.pages, 'page')} in all{'' if planned.sure else ', counted for certain when it is written'}"), 1)
        self.bars.addWidget(Status("look" if odd else "done", f"{count(odd, 'paper')} to look at" if odd else "Nothing to look at", "look" if odd else "done"))
