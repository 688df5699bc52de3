"""Paper on screen: a preview of pages as they will print, printing them, saving them."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from casefile.services import sheets
from casefile.services.documents import Drawn
from casefile.store.files import write_file
from casefile.ui.dialogs import Dialog, choose_target
from casefile.ui.open_case import OpenCase
from casefile.ui.page_view import PageView
from casefile.ui.parts import Button, row, scrolling, stack, wrapping
from casefile.ui.text import Words
from casefile.ui.theme import look

DOTS = 200
"""Dots an inch of a printed page: enough for small print, quick enough for a long bundle."""


class PaperDialog(Dialog):
    """Pages of a PDF of ours: look through them, print them, save them."""

    def __init__(self, parent: QWidget, case: OpenCase, pdf: bytes, title: str) -> None:
        self.case, self.pdf, self.name = case, pdf, title
        self.page, self.pages = 0, sheets.pages_in(case.store, pdf)
        self.view = PageView()
        holder = QWidget()
        holder.setLayout(row(-1, self.view, -1))
        area = scrolling(holder, "The page as it will print")
        area.setMinimumHeight(look.px(300) if look.stacked else 440)
        self.count = Words("", wrap=False)
        before = Button("", lambda: self._turn(-1), icon="chevron-up", kind="quiet", name="Page before")
        after = Button("", lambda: self._turn(1), icon="chevron-down", kind="quiet", name="Next page")
        save = Button("Save as PDF", self._save, icon="drop", kind="link")
        keys = wrapping(self.count, before, after, save, -1)
        super().__init__(parent, title, "This is how it will print.", stack(area, keys), "Print", other="Close", accepted_by=self._print)
        self._show()

    def _turn(self, by: int) -> None:
        if 0 <= self.page + by < self.pages:
            self.page += by
            self._show()

    def _show(self) -> None:
        ratio = max(1.0, self.devicePixelRatioF())
        drawn = sheets.page_of(self.case.store, self.pdf, self.page, round(500 * ratio))
        self.view.show_page(drawn, (), ratio)
        self.view.setAccessibleName(f"Page {self.page + 1} of {self.pages}")
        self.count.say(f"Page {self.page + 1} of {self.pages}")

    def _save(self) -> None:
        path = choose_target(self, "Save as PDF", f"{self.name}.pdf", [("pdf", "PDF")])
        if path is not None:
            save_paper(self.case, self.pdf, path)

    def _print(self) -> bool:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Casefile")
        printer.setFromTo(1, self.pages)
        asked = QPrintDialog(printer, self)
        if asked.exec() != QDialog.DialogCode.Accepted:
            return False
        print_pages(self.case, self.pdf, self.pages, printer)
        return True


def print_pages(case: OpenCase, pdf: bytes, pages: int, printer: QPrinter) -> None:
    """Send the pages that were chosen to a printer, each drawn by the reader and set on the sheet at its true size."""
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    painter = QPainter(printer)
    try:
        for number in range(first, min(last, pages) + 1):
            if number > first:
                printer.newPage()
            drawn = sheets.page_of(case.store, pdf, number - 1, round(210 / 25.4 * DOTS))
            sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
            edge = printer.pageRect(QPrinter.Unit.DevicePixel)
            painter.drawImage(QRectF(-edge.x(), -edge.y(), sheet.width(), sheet.height()), _image(drawn))
    finally:
        painter.end()


def _image(drawn: Drawn) -> QImage:
    return QImage(drawn.rgb, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)


def save_paper(case: OpenCase, pdf: bytes, path: Path) -> None:
    """Write a PDF to ``path`` and say where it is."""
    written = case.do(lambda: write_file(path, pdf))
    if written is not None:
        case.noted.emit(f"Saved as “{written.name}” in “{written.parent.name}”.")


def show_paper(parent: QWidget, case: OpenCase, pdf: bytes, title: str) -> None:
    """Show a PDF of ours as it will print."""
    dialog = case.do(lambda: PaperDialog(parent, case, pdf, title))
    if dialog is not None:
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.exec()
