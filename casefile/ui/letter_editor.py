"""The letter as it is edited: headings and numbered statements, gaps that stand out, a proof and its words lit together."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
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
            was, self.loading = self.loading, True
            self.marks.rehighlight()
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
        for number, proof in enumerate(self.proofs):
            start = text.find(proof.words) if proof.words else -1
            if start >= 0 and start <= at <= start + len(proof.words):
                self.light(proof.words)
                self.at_words.emit(number)
                return

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
            super().keyPressEvent(event)
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
