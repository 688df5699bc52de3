"""Text on screen: always plain, with the line height of the design. Nothing else in the window makes labels."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from casefile.ui.theme import BODY, LINE, PAGE, REGULAR, SECTION, SEMIBOLD, look

MEASURE = 33
"""The longest line of running text, in em."""

Span = tuple[int, int, str]
"""A stretch of a text (start, length) and how it stands out: ``bold``, ``look`` (a gap), ``soft`` (a found word)."""


def formats(spans: tuple[Span, ...] | list[Span], points: float) -> list[QTextLayout.FormatRange]:
    """Spans as Qt draws them."""
    found = []
    for start, length, how in spans:
        entry = QTextLayout.FormatRange()
        entry.start, entry.length = start, length  # type: ignore[assignment]
        form = entry.format  # type: ignore[assignment]
        form.setFont(look.font(points, SEMIBOLD))
        if how in ("look", "soft"):
            form.setForeground(look.colour("look" if how == "look" else "text"))
            form.setBackground(look.colour("look_soft" if how == "look" else "soft"))
            form.setFontUnderline(True)
        entry.format = form  # type: ignore[assignment]
        found.append(entry)
    return found


class Words(QLabel):
    """Plain text that wraps: a title, a sentence, a hint. Markup in it stands there letter for letter.

    ``points`` is the size at 100 %, ``role`` the colour, ``measure`` the longest line in em (0 for no limit).
    """

    def __init__(
        self, text: str = "", points: float = BODY, weight: QFont.Weight = REGULAR, role: str = "text", *,
        measure: float = MEASURE, spans: tuple[Span, ...] = (), wrap: bool = True, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._heights: dict[tuple[int, str], int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.points, self.weight, self.role, self.spans = points, weight, role, spans
        self.measure, self.wrap = measure, wrap
        self.setFont(look.font(points, weight))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.ensurePolished()
        super().setText(text)

    def say(self, text: str, role: str | None = None, spans: tuple[Span, ...] = ()) -> None:
        """Show other words; an empty text takes the label out of the page."""
        if role:
            self.role = role
        self.spans = spans
        self._heights.clear()
        super().setText(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Show other words."""
        self.say(text)

    def _most(self) -> float:
        return self.measure * QFontMetricsF(self.font()).height() * 0.78 if self.measure else 16_000.0

    def _formats(self, offset: int, length: int) -> list[QTextLayout.FormatRange]:
        """How parts of the paragraph that begins at ``offset`` stand out."""
        return formats([(start - offset, long, how) for start, long, how in self.spans if offset <= start < offset + length + 1], self.points)

    def _laid(self, width: float) -> tuple[list[QTextLayout], float, float]:
        """The paragraphs laid out in a width, the height in all, and the widest line."""
        layouts, y, widest, last = [], 0.0, 0.0, 0.0
        offset, room = 0, max(1.0, min(width, self._most()))
        for text in self.text().split("\n"):
            layout = QTextLayout(text, self.font())
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self.wrap else QTextOption.WrapMode.NoWrap)
            layout.setTextOption(option)
            marked = self._formats(offset, len(text))
            if marked:
                layout.setFormats(marked)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(room)
                line.setPosition(QPointF(0, y))
                y += line.height() * LINE
                last = line.height()
                widest = max(widest, line.naturalTextWidth())
            layout.endLayout()
            layouts.append(layout)
            offset += len(text) + 1
        # The last line needs no space below it: the page's own spacing follows.
        return layouts, y - last * (LINE - 1), widest

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pixels needed for the text in ``width`` pixels; laid out once for each width, though layouts ask again and again."""
        known = (width, self.font().key())
        if known not in self._heights:
            self._heights[known] = round(self._laid(width)[1] + 0.5)
        return self._heights[known]

    def sizeHint(self) -> QSize:
        """One line, or the longest line allowed."""
        _, high, widest = self._laid(self._most())
        return QSize(int(widest) + 2, round(high + 0.5))

    def minimumSizeHint(self) -> QSize:
        """At least the longest word, or all of it where it may not wrap."""
        metrics = QFontMetricsF(self.font())
        if not self.wrap:
            return QSize(int(metrics.horizontalAdvance(self.text())) + 2, round(metrics.height() + 0.5))
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(int(min(longest, look.px(160))) + 2, round(metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines with the height of the design."""
        painter = QPainter(self)
        painter.setPen(QColor(look.colour(self.role)))
        layouts, high, _ = self._laid(self.width())
        spare = self.height() - high
        # Beside a taller thing in a row the words stand in its middle; in a taller page they stay at the top.
        top = spare / 2 if 0 < spare <= look.px(14) else 0.0
        for layout in layouts:
            layout.draw(painter, QPointF(0, top))


def page_title(text: str) -> Words:
    """The title of a page."""
    return Words(text, PAGE, SEMIBOLD)


def heading(text: str, points: float = SECTION) -> Words:
    """A heading inside a page."""
    return Words(text, points, SEMIBOLD)


def strong(text: str) -> Words:
    """A line that stands out by weight."""
    return Words(text, BODY, SEMIBOLD)


def faint(text: str, measure: float = MEASURE) -> Words:
    """A second, quieter line."""
    return Words(text, BODY, REGULAR, "text2", measure=measure)


class Icon(QWidget):
    """An icon by itself. It is always beside words that say the same, so it has no name of its own."""

    def __init__(self, name: str, role: str = "text", pixels: int = 20) -> None:
        super().__init__()
        self.name, self.role, self.pixels = name, role, pixels
        self.setFixedSize(look.px(pixels), look.px(pixels))

    def show_as(self, name: str, role: str) -> None:
        """Show another icon."""
        self.name, self.role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon, tinted."""
        painter = QPainter(self)
        picture = look.picture(self.name, self.role, self.pixels, space=0)
        painter.drawPixmap(QRect(0, 0, self.width(), self.height()), picture)


class Status(QWidget):
    """A state as icon and word, in its colour and never by colour alone."""

    def __init__(self, icon: str, word: str, role: str) -> None:
        super().__init__()
        self.icon = Icon(icon, role)
        self.word = Words(word, BODY, SEMIBOLD, role, wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(6))
        row.addWidget(self.icon)
        row.addWidget(self.word)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, icon: str, word: str, role: str) -> None:
        """Show another state; no word takes it out of the page."""
        self.icon.show_as(icon, role)
        self.word.say(word, role)
        self.setVisible(bool(word))
