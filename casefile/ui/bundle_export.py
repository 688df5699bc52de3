"""Before a bundle is written: what is in it and who is named. Afterwards: where it is and what became of each paper."""

from PySide6.QtWidgets import QWidget

from casefile.domain.bundles import Bundle
from casefile.domain.dates import count
from casefile.services.bundle_scans import searchable_words
from casefile.services.bundles import Exported, Plan, changes
from casefile.services.named import Named
from casefile.ui.clipboard import SECONDS, copy_for_a_while
from casefile.ui.dialogs import Dialog
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import Button, Check, stack, wrapping
from casefile.ui.text import Status, Words, faint, strong

_KINDS = {"child": ("Perhaps other children", "person"), "address": ("Addresses", "letters"), "born": ("Dates of birth", "person"), "nhs": ("NHS numbers", "person"),
          "person": ("People", "person"), "phone": ("Phone numbers", "call"), "email": ("Email addresses", "letters")}

_MOST = 8
"""How many things to look at are told one by one."""


class BeforeDialog(Dialog):
    """What will be in the bundle, and what personal things of others stand in it. ``change`` is the form that asks for more pages, and its note."""

    def __init__(self, parent: QWidget, bundle: Bundle, made: Plan, named: list[Named], change: tuple[str, str] = ("", "")) -> None:
        self.originals = Check("Put the originals into the zip")
        self.sent = Check("I am sending this one")
        self.adding = Check("Only what was added since")
        lines: list[Line] = []
        for kind, (title, icon) in _KINDS.items():
            rows = [one for one in named if one.kind == kind]
            if rows:
                lines.append(Line(kind, f"{title}: {len(rows)}", group=True))
            lines += [Line((kind, one.words), one.words, f"In {count(one.papers, 'paper')}", icon) for one in rows]
        self.list = Lines("Who is named in it")
        self.list.fill(lines)
        self.list.setMinimumHeight(180)
        about = f"{count(len(bundle.chosen), 'paper')}, about {count(made.pages, 'page')}."
        parts: list = [strong("Who is named in it"), self.list if lines else Words("Nobody from your list of people, no phone number and no email address was found.")]
        hidden = bundle.hiding
        told_hidden = f"{count(len(hidden.words), 'name or number', 'names or numbers')} and {count(len(hidden.areas), 'part')} of pages are hidden." if hidden else "Nothing is hidden. “Hide names and numbers” is under the list of papers."
        parts += [Words(told_hidden), faint("Names in handwriting and in pictures that could not be read are not found, and a child may be missed. Look through the papers yourself.")]
        told = changes(bundle)
        over = [f"{one.limit.title}: {one.pages} pages, at most {one.limit.most} are allowed. {one.limit.advice}".strip() for one in made.counts if one.over]
        look_at = [*over, *(one for one in made.warnings if one not in told)]
        for words in look_at[:_MOST]:
            parts += [Status("look", "Look at this", "look"), Words(words)]
        form, note = change
        if note:
            self.copied = faint("It counts the pages that are too many. Say in it why each is needed. It goes into the zip too.")
            parts += [wrapping(Button(f"Copy the note for form {form}", lambda: self._copy(note)), -1), self.copied]
        if len(look_at) > _MOST:
            parts.append(faint(f"And {len(look_at) - _MOST} more. Each paper tells its own in the list."))
        if bundle.sent is not None:
            parts += [Words(words) for words in changes(bundle)[:6]]
            have = {row.key for row in bundle.sent.rows}
            if any(item.key not in have for item in bundle.chosen):
                parts += [self.adding, faint("Its pages are numbered on from the last page you sent.")]
        parts += [self.originals, faint("A paper in which something is hidden stays out."), self.sent, faint("Its page numbers stand from now on. What comes later goes behind them.")]
        parts.append(faint("Keeping your own child’s record is your private affair. If you publish it, or use it in work for others, data protection law applies."))
        super().__init__(parent, "Check before it is written", about, stack(*parts, space=8), "Choose a folder and write it", other="Not yet")

    def _copy(self, note: str) -> None:
        copy_for_a_while(note)
        self.copied.say(f"Copied. Put it in within {SECONDS} seconds.")


class AfterDialog(Dialog):
    """Where the bundle is, and each paper with its pages, those with trouble first."""

    def __init__(self, parent: QWidget, made: Exported) -> None:
        rows = sorted(made.inputs, key=lambda one: ("refused", "repaired", "bundled").index(one.state))
        words = {"refused": ("A sheet stands in its place", "warn"), "repaired": ("In, after repair", "look"), "bundled": ("In", "done")}
        lines = []
        for state, (title, icon) in words.items():
            part = [one for one in rows if one.state == state]
            if part:
                lines.append(Line(state, f"{title}: {len(part)}", group=True))
            lines += [Line((state, number), one.title, " ".join(filter(None, (f"Pages {one.span}.", one.reason))), icon) for number, one in enumerate(part)]
        self.list = Lines("What became of each paper")
        self.list.fill(lines)
        self.list.setMinimumHeight(240)
        names = ", ".join(f"“{path.name}”" for path in (*made.pdf, made.zip))
        sentence = f"{count(made.pages, 'page')}, every one numbered and read back. In the folder “{made.folder.name}”: {names}."
        self.searched = [faint(words) for words in searchable_words(made.checks["searchable"], hiding="hidden" in made.checks)]
        super().__init__(parent, "The bundle is written", sentence, stack(*self.searched, self.list), "Show the folder", other="Close")
