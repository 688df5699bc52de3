"""The strip over a bundle: how its pages stand to the limits, and how many papers want a look."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QVBoxLayout

from casefile.domain.dates import count
from casefile.services.bundles import Plan
from casefile.ui.parts import Card, clear, row, stack
from casefile.ui.text import Status, Words, strong
from casefile.ui.theme import BODY, SEMIBOLD, look


class Meters(Card):
    """A bar for each limit and for the paper nearest to its own, or the count of pages where there is no limit."""

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.bars: QBoxLayout = QVBoxLayout() if look.stacked else QHBoxLayout()
        self.bars.setSpacing(look.gap(24))
        self.inner.addLayout(self.bars)

    def show_plan(self, planned: Plan, odd: int) -> None:
        """Show the counts of a bundle of which ``odd`` papers want a look."""
        clear(self.bars)
        shown = [one for one in planned.counts if not one.item][:2]
        shown += sorted((one for one in planned.counts if one.item), key=lambda one: one.limit.most - one.pages)[:1]
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
