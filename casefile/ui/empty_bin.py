"""The one thing that cannot be taken back: emptying the bin asks for a word."""

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field, Form

WORD = "empty"


def confirm_emptying(parent: QWidget, papers: int) -> bool:
    """Ask for the word; True when it was typed."""
    field = Field()
    form = Form()
    form.row(f"Type the word “{WORD}” to go on", field)

    def fits() -> bool:
        if field.text().strip().casefold() == WORD:
            return True
        field.setFocus()
        return False

    sentence = f"{count(papers, 'paper')} in it will be removed from this computer for good. This is the one thing that cannot be taken back."
    dialog = Dialog(parent, "Empty the bin", sentence, form, "Empty the bin", other="Keep them", accepted_by=fits)
    field.setFocus()
    return bool(dialog.exec())
