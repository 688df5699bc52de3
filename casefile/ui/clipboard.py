"""Text put on the clipboard for a while: it goes by itself, and histories of the clipboard are asked to leave it out."""

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 30
"""How long it stays, unless something else is copied before."""
_NOT_FOR_HISTORY = (
    ("x-kde-passwordManagerHint", b"secret"),
    ("application/x-nspasteboard-concealed-type", b""),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"\0\0\0\0"),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\0\0\0\0"),
)
"""What the systems look for before they keep a history of what was copied."""


def copy_for_a_while(text: str) -> None:
    """Put case text on the clipboard; it is taken off again after ``SECONDS`` if it is still ours."""
    data = QMimeData()
    data.setText(text)
    for kind, value in _NOT_FOR_HISTORY:
        data.setData(kind, value)
    board = QGuiApplication.clipboard()
    board.setMimeData(data)

    def clear() -> None:
        if board.text() == text:
            board.clear()

    QTimer.singleShot(round(SECONDS * 1000), board, clear)
