"""The page of one body: where it stands today, what it can and cannot do, its times, what to send, what comes after."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_words
from casefile.domain.failings import Door, Route
from casefile.ui.door_row import written
from casefile.ui.door_words import icon_of
from casefile.ui.parts import Button, Card, Columns, row, stack
from casefile.ui.text import Icon, Words, faint, heading
from casefile.ui.theme import BODY, LEAD, SEMIBOLD


def part(title: str, lines: Sequence[str]) -> QWidget:
    """A heading with its lines; a list of several has a dot before each."""
    made = QWidget()
    column = stack(heading(title), space=5)
    for entry in lines:
        if len(lines) == 1:
            column.addWidget(Words(entry))
            continue
        dot = Words("•", wrap=False)
        dotted = row(dot, Words(entry), space=8)
        dotted.setStretch(1, 1)
        dotted.setAlignment(dot, Qt.AlignmentFlag.AlignTop)
        column.addLayout(dotted)
    made.setLayout(column)
    return made


def body_page(door: Door, route: Route, state: tuple[str, str], before: Sequence[Route], button: tuple[str, Callable[[], object]] | None) -> QWidget:
    """Everything the law data says of a body, and why its door stands as it does. ``button`` is the step to take."""
    icon, role = icon_of(door)
    now = row(Icon(icon, role, 22), Words(state[0], BODY, SEMIBOLD, state[1]), -1, space=10)
    why: list[QWidget] = [Words(door.because)]
    if before:
        why.append(Words(f"First: {'; '.join(one.title for one in before)}."))
    if door.unless:
        why.append(Words(f"Unless {door.unless}"))
    if door.likely:
        why += [heading("What tends to happen"), Words(door.likely), faint("That is how it usually goes. It is not the law.")]
    parts: list[QWidget] = []
    if button is not None:
        parts.append(Button(button[0], button[1], kind="main"))
    left = QWidget()
    left.setLayout(stack(
        Card(heading("Where it stands today", LEAD), now, *why, *parts, margin=24),
        Card(part("What a good letter holds", route.good), part("How to send it", (route.how,)), part("What you may get", (route.gives,)),
             part("If it fails", (route.if_fails,)), space=16, margin=24), -1, space=16,
    ))  # fmt: skip
    right = QWidget()
    right.setLayout(stack(
        Card(part("What it is", (route.what,)), part("What it can do", route.can), part("What it cannot do", route.cannot),
             part("Before you go there", route.before), part("Its times", route.limits), space=16, margin=24),
        Card(written(door.reference, door.link, in_words(route.checked), door.sure), margin=24), -1, space=16,
    ))  # fmt: skip
    return Columns((left, 380, 0), (right, 380, 0), space=20)
