"""The letter as it is edited: headings and numbered statements, gaps that stand out, a proof and its words lit together."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import GAP, Proof
from casefile.domain.spelling import Slip
from casefile.ui.theme import BODY, REGULAR, SECTION, SEMIBOLD, look

_ROW = int(QTextFormat.Property.UserProperty.value) + 1
"""Marks a paragraph of the editor as a row; it travels with the paragraph when it is moved or undone."""
_LABEL = re.compile(r"[^:“”|]{1,40}:")


class _Marks(QSyntaxHighlighter):
    """Gaps in brackets, words that have a proof, and the ones that are lit."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.words: Sequence[str] = ()
        self.lit = ""
        self.slips: Callable[[str], Sequence[Slip]] = lambda _: ()
        self.cursor: Callable[[], tuple[int, int]] | None = None
        self.typing = (-1, -1)

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph."""
        label = _LABEL.match(text) if _is_row(self.currentBlock()) else None
        if label:
            form = QTextCharFormat()
            form.setFont(look.font(BODY, SEMIBOLD))
            self.setFormat(0, label.end(), form)
        for words in self.words:
            self._mark(text, words, self._proof(lit=words == self.lit))
        for gap in GAP.finditer(text):
            form = QTextCharFormat()
            form.setFont(look.font(BODY, SEMIBOLD))
            form.setForeground(look.colour("look"))
            form.setBackground(look.colour("look_soft"))
            if look.theme.edges:
                form.setFontUnderline(True)
            self.setFormat(gap.start(), gap.end() - gap.start(), form)
        if self.cursor is not None:
            self.typing = self.cursor()
        for slip in self.slips(text):
            if (self.currentBlock().blockNumber(), slip.end) != self.typing:  # a word that is being typed is not wrong yet
                self._wave(slip)

    def _wave(self, slip: Slip) -> None:
        form = self.format(slip.start)
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(look.colour("error"))
        self.setFormat(slip.start, slip.end - slip.start, form)

    def _mark(self, text: str, words: str, form: QTextCharFormat) -> None:
        at = text.find(words) if words else -1
        while at >= 0:
            self.setFormat(at, len(words), form)
            at = text.find(words, at + len(words))

    def _proof(self, *, lit: bool) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setUnderlineColor(look.colour("accent"))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline if lit else QTextCharFormat.UnderlineStyle.DotLine)
        if lit:
            form.setBackground(look.colour("soft"))
            form.setForeground(look.colour("text"))
        return form


class LetterEditor(QTextEdit):
    """The body of a letter. It grows with its text, keeps to plain words, and never shows anything as markup."""

    typed = Signal()
    at_words = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(look.font(BODY, REGULAR))
        self.setAccessibleName("The letter")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.proofs: Sequence[Proof] = ()
        self.menu_about: Callable[[QTextCursor], Sequence[tuple[str, Callable[[], object]]]] = lambda _: ()
        self.marks = _Marks(self.document())
        self.loading = False
        self.document().contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)

    def load(self, body: str, proofs: Sequence[Proof]) -> None:
        """Show a letter's body; its statements are numbered in one run."""
        self.loading = True
        self.proofs = proofs
        self.marks.words = tuple(dict.fromkeys(proof.words for proof in proofs))
        self.clear()
        cursor = QTextCursor(self.document())
        for number, part in enumerate(parts_of(body)):
            if number:
                cursor.insertBlock()
            heading = part.role == "heading"
            cursor.setBlockFormat(_block(heading))
            cursor.setCharFormat(_letters(heading))
            cursor.insertText(f"{part.number}. {part.text}" if part.role == "item" else part.text)
            for label, words in part.rows:
                cursor.insertBlock(_block(False, row=True))
                cursor.insertText(f"{label}: {words}")
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.loading = False
        self.marks.rehighlight()
        QTimer.singleShot(0, self, self._fit)

    def spell(self, slips: Callable[[str], Sequence[Slip]]) -> None:
        """Underline from now on the words of each paragraph that ``slips`` finds, with a wave."""
        self.marks.slips = slips
        self._mark_again(self.marks.rehighlight)

    def slips(self) -> list[tuple[int, Slip]]:
        """Every word that stands out, each with the place of its paragraph in the text."""
        found: list[tuple[int, Slip]] = []
        block: QTextBlock = self.document().begin()
        while block.isValid():
            found += [(block.position(), slip) for slip in self.marks.slips(block.text())]
            block = block.next()
        return found

    def cursor_over(self, place: int, slip: Slip) -> QTextCursor:
        """A cursor that selects a word in the paragraph at ``place``."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(place + slip.start)
        cursor.setPosition(place + slip.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu; over a word that stands out its ``menu_about`` comes first."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cursor = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        menu = self.createStandardContextMenu()
        first = next(iter(menu.actions()), None)
        for words, act in self.menu_about(cursor):
            action = QAction(words, menu)
            action.triggered.connect(lambda _=False, act=act: act())
            if first is not None:
                menu.insertAction(first, action)
        menu.exec(event.globalPos())

    def body(self) -> str:
        """The body as it is kept: headings begin with "# ", statements with "1. ", labelled rows of one with "| "."""
        lines: list[str] = []
        block: QTextBlock = self.document().begin()
        while block.isValid():
            text = block.text().replace("\u2028", "\n").strip()
            if text and _is_row(block):
                lines.append(f"| {text}")
            elif text:
                lines.append(f"# {text}" if block.blockFormat().headingLevel() else re.sub(r"^\d+\.\s+", "1. ", text))
            block = block.next()
        return "\n\n".join(lines)

    def light(self, words: str) -> None:
        """Light the words of one proof."""
        if words != self.marks.lit:
            self.marks.lit = words
            self._mark_again(self.marks.rehighlight)

    def _mark_again(self, mark: Callable[[], object]) -> None:
        """Draw marks anew, which is not typing."""
        was, self.loading = self.loading, True
        mark()
        self.loading = was

    def go_to(self, words: str) -> None:
        """Select words in the letter: a gap, or what a proof stands behind."""
        cursor = self.document().find(words)
        if not cursor.isNull():
            self.setTextCursor(cursor)
        self.setFocus()

    def _changed(self) -> None:
        self._fit()
        if not self.loading:
            self.typed.emit()

    def _moved(self) -> None:
        if self.loading:
            return
        cursor = self.textCursor()
        text, at = cursor.block().text(), cursor.positionInBlock()
        self._leave_word(self._place())
        for number, proof in enumerate(self.proofs):
            start = text.find(proof.words) if proof.words else -1
            if start >= 0 and start <= at <= start + len(proof.words):
                self.light(proof.words)
                self.at_words.emit(number)
                return

    def _place(self) -> tuple[int, int]:
        """Where the cursor is: the number of its paragraph, and the place in it."""
        cursor = self.textCursor()
        return cursor.blockNumber(), cursor.positionInBlock()

    def _leave_word(self, now: tuple[int, int]) -> None:
        """The word that was typed last is finished once the cursor is elsewhere."""
        before = self.marks.typing
        if before == now or before[0] < 0:
            return
        self.marks.typing = (-1, -1)
        block = self.document().findBlockByNumber(before[0])
        if block.isValid() and any(slip.end == before[1] for slip in self.marks.slips(block.text())):
            self._mark_again(lambda: self.marks.rehighlightBlock(block))

    def _fit(self) -> None:
        self.setFixedHeight(max(look.px(200), round(self.document().size().height()) + 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps anew."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after a heading, or on an empty row of a table, begins ordinary text."""
        block, enter = self.textCursor().block(), event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        leaves = _is_row(block) and not block.text().strip()
        ends = enter and (bool(block.blockFormat().headingLevel()) or leaves)
        if not (enter and leaves):
            self.marks.cursor = self._place
            super().keyPressEvent(event)
            self.marks.cursor = None
        if ends:
            cursor = self.textCursor()
            cursor.setBlockFormat(_block(False))
            cursor.setCharFormat(_letters(False))
            self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Only plain words can be pasted."""
        self.insertPlainText(source.text())


def _is_row(block: QTextBlock) -> bool:
    """Whether a paragraph is a labelled row of the statement above it."""
    return bool(block.blockFormat().property(_ROW))


def _block(heading: bool, *, row: bool = False) -> QTextBlockFormat:
    form = QTextBlockFormat()
    if row:
        form.setProperty(_ROW, True)
        form.setLeftMargin(look.px(24))
    form.setHeadingLevel(1 if heading else 0)
    form.setLineHeight(115, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
    form.setTopMargin(look.gap(10 if heading else 4))
    form.setBottomMargin(look.gap(4))
    return form


def _letters(heading: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(look.font(SECTION if heading else BODY, SEMIBOLD if heading else REGULAR))
    form.setForeground(look.colour("text"))
    return form


def bare(body: str) -> str:
    """A body as the editor gives it back, to see whether anything was typed."""
    return "\n\n".join(part.source for part in parts_of(body))
