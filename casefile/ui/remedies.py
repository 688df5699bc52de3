"""What the Ombudsman has recommended in published decisions, one by one: practice, never a right, nothing added up."""

from PySide6.QtWidgets import QWidget

from casefile.domain.remedies import Remedy
from casefile.services.doors import Shown
from casefile.ui.door_words import READ, paid_of
from casefile.ui.parts import Card, line, stack
from casefile.ui.text import Words, faint, strong


def remedies(shown: Shown) -> QWidget:
    """The decisions under the words that must stand beside them."""
    card = Card(strong(shown.note), Words(shown.first), space=10, margin=18)
    if shown.range:
        card.inner.addWidget(faint(shown.range))
    for one in shown.decisions:
        card.inner.addWidget(line())
        card.inner.addWidget(_decision(one))
    return card


def _decision(one: Remedy) -> QWidget:
    made = QWidget()
    parts: list[QWidget] = [strong(f"{one.council}, decision {one.number}, {one.year}"), Words(one.happened), Words(paid_of(one))]
    if one.note:
        parts.append(Words(one.note))
    parts += [faint(READ[one.read]), faint(one.link, measure=0)]
    made.setLayout(stack(*parts, space=2))
    return made
