"""Bundles: choose papers for a purpose, put them in order, see the index, check and export."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from casefile import system
from casefile.domain.bundle_order import chosen, moved, placed, section_moved, section_placed, without_heading
from casefile.domain.bundles import Bundle, Item, Purpose
from casefile.domain.dates import count, in_table
from casefile.domain.letters import Draft
from casefile.services import bundles
from casefile.services.bundle_subject import note_for_more_pages
from casefile.services.bundles import Exported, Plan
from casefile.services.hiding import named_before
from casefile.ui.bundle_export import AfterDialog, BeforeDialog
from casefile.ui.bundle_meters import Meters, limits_told
from casefile.ui.bundle_names import NamesDialog
from casefile.ui.bundle_pages import PagesPane
from casefile.ui.bundle_papers import AddDialog, PagesDialog, PaperDialog
from casefile.ui.bundle_subject import SubjectDialog
from casefile.ui.bundle_table import BundleTable
from casefile.ui.council_bundle import check_their_bundle
from casefile.ui.dialogs import choose_folder, tell
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import Button, Card, Choice, Columns, Empty, Faces, row, scroller, stack, wrapping
from casefile.ui.redaction import HidePane
from casefile.ui.screen import Screen
from casefile.ui.text import Status, Words, faint, heading
from casefile.ui.theme import LEAD
from casefile.ui.unlock import unlock_papers

_FIRST = ("complaint_stage_1", "complaint_stage_2", "lgsco", "tribunal")


class BundlesScreen(Screen):
    """The list of bundles, and one bundle being composed."""

    name, title, icon = "bundles", "Bundles", "bundles"
    purpose = "Your evidence in one PDF: every page numbered, with an index."
    watches = frozenset({"document", "draft", "saved_bundle", "event"})

    def build(self) -> None:
        """Both faces, and the empty page."""
        self.bundle: Bundle | None = None
        self.planned: Plan | None = None
        self.for_whom = Choice("For whom the bundle is", [(one.id, one.short) for one in self._purposes()])
        self.for_whom.activated.connect(lambda _: self._begin(str(self.for_whom.value())))
        self.export_button = Button("Check and export", self._check, kind="main")
        self.head(self.for_whom, self.export_button)
        self.list = Lines("Bundles", bold_titles=True)
        self.list.picked.connect(self._show)
        self.list.opened.connect(lambda _: self._act())
        self.card_title, self.card_words, self.card_notes = heading("", LEAD), Words(""), faint("")
        self.act = Button("Make this bundle", self._act, icon="bundles", kind="main")
        self.remove = Button("Remove it from the list", self._remove, icon="bin")
        self.theirs = Button("Check a bundle you were sent", lambda: check_their_bundle(self, self.case), icon="look")
        card = Card(self.card_title, self.card_words, self.card_notes, 8, wrapping(self.act, self.remove, -1), -1, margin=24)
        mine = QWidget()
        mine.setLayout(stack(self.list, wrapping(self.theirs, -1), space=12))
        self.home = Columns((mine, 300, 400), (scroller(card), 380, 0), space=20, fill=True)
        self.faces = Faces()
        self.faces.addWidget(self.home)
        self.faces.addWidget(self._composer())
        self.hiding = HidePane(self.case, self._keep, self._hide)
        self.faces.addWidget(self.hiding)
        self.empty = Empty("bundles", "No papers to bundle yet", "Add papers first. Then they can be put in order, numbered and indexed for the body that must decide.",
                           [Button("Add papers", lambda: self.open_requested.emit("documents", None), icon="documents", kind="main")])  # fmt: skip
        self.body.addWidget(self.faces, 1)
        self.body.addWidget(self.empty, 1)
        self.have = False

    def _purposes(self) -> list[Purpose]:
        """Every purpose, the ones a family comes to first at the top."""
        return sorted(self.case.library.purposes, key=lambda one: (_FIRST.index(one.id) if one.id in _FIRST else len(_FIRST), one.title))

    def _composer(self) -> QWidget:
        self.meters = Meters()
        self.table = BundleTable()
        self.table.moved.connect(self._move)
        self.table.section_moved.connect(lambda by: self._arrange(lambda bundle, item: section_moved(bundle, item.section, by)))
        self.table.dropped.connect(lambda key, section, before: self._arrange(lambda bundle, _: placed(bundle, key, section, before), key))
        self.table.section_dropped.connect(lambda section, before: self._arrange(lambda bundle, _: section_placed(bundle, section, before)))
        self.table.named.connect(self._name)
        self.table.spaced.connect(lambda _: self._take())
        self.table.opened.connect(self._open)
        self.table.picked.connect(lambda _: self._about())
        up = Button("Move up", lambda: self._move(-1), icon="chevron-up", kind="row")
        down = Button("Move down", lambda: self._move(1), icon="chevron-down", kind="row")
        self.take = Button("Take out", self._take, kind="row")
        pages = Button("Pages", self._pages, kind="row", name="Choose pages of this paper")
        add = Button("Add papers", self._add, icon="documents", kind="row")
        see = Button("See the paper", self._open, icon="page", kind="row")
        hide = Button("Hide names and numbers", self._hide, icon="eye", kind="row")
        paper = Button("Paper and files", self._paper, icon="print", kind="link")
        names = Button("Sections and headings", self._name, icon="edit", kind="link")
        subject = Button("Subject line", self._subject, icon="letters", kind="link", name="Subject line and file name")
        back = Button("All bundles", self._leave, icon="chevron-up", kind="link")
        self.told, self.told_mark = Words("", measure=0), Status("look", "", "look")
        self.lost = Button("Put in what it points to", self._find_lost, icon="plus", kind="row")
        self.unlock = Button("Unlock papers…", self._unlock, icon="lock", kind="row")
        left = QWidget()
        column = stack(self.table, wrapping(up, down, self.take, pages, -1, space=8), wrapping(see, add, hide, -1, space=8), wrapping(paper, names, subject, -1), row(self.told_mark, -1), self.told, wrapping(self.lost, -1), wrapping(self.unlock, -1), space=8)
        column.setStretch(0, 1)
        left.setLayout(column)
        self.pages = PagesPane(self.case, lambda: str(self.table.current()))
        right = QWidget()
        right_column = stack(self.pages, back, space=8)
        right_column.setStretch(0, 1)
        right.setLayout(right_column)
        made = QWidget()
        columns = Columns((left, 420, 0), (right, 300, 340), space=20, fill=True)
        whole = stack(self.meters, columns, space=14)
        whole.setStretch(1, 1)
        made.setLayout(whole)
        return made

    def first(self) -> QWidget | None:
        """The list, the table, or the first action."""
        if not self.have:
            return self.empty.starts[0]
        return (self.list, self.table, self.hiding.words)[self.faces.currentIndex()]

    def panes(self) -> list[QWidget]:
        """The papers, then the index."""
        return ([self.list, self.act], [self.table, self.export_button], [self.hiding.words, self.hiding.view])[self.faces.currentIndex()]

    def refresh(self) -> None:
        """Show what there is now."""
        with self.case.store.guard:
            self.have = bool(self.case.store.db.execute("SELECT 1 FROM document WHERE state <> 'binned' LIMIT 1").fetchone())
        if self.bundle is not None and not self.bundle.adding:
            self.bundle = bundles.kept_or(self.case.store, self.bundle)  # an undo changes what is kept
        composing = self.bundle is not None
        self.empty.setVisible(not self.have)
        self.faces.setVisible(self.have)
        hides = composing and self.faces.currentIndex() == 2
        self.faces.setCurrentIndex(2 if hides else 1 if composing else 0)
        self.title_words.say("Hide names and numbers" if hides else self.bundle.title if self.bundle else self.title)
        self.purpose_words.say("It goes from pages, lists and file names. Your own papers stay whole." if hides else "Drag papers into order, or press Alt and an arrow key." if composing else self.purpose)
        for part in (self.export_button, self.for_whom):
            part.setVisible(composing and self.have and not hides)
        if self.bundle is not None and hides:
            self.hiding.show_bundle(self.bundle)
        elif composing:
            self._plan()
        else:
            self._list()

    def _list(self) -> None:
        kept = bundles.saved(self.case.store)
        lines: list[Line] = []
        if kept:
            lines.append(Line("kept", "Begun", group=True))
            lines += [Line(f"kept {one.id}", one.title, f"Last changed {one.made[:10]}") for one in kept]
        lines.append(Line("new", "New, for", group=True))
        titles = [one.title for one in self._purposes()]  # two with one title are told apart by what they are for
        lines += [Line(one.id, one.title, one.to if titles.count(one.title) == 1 else one.help) for one in self._purposes()]
        self.kept = {f"kept {one.id}": one for one in kept}
        self.list.fill([replace(line, detail=self._changed_on(line)) for line in lines])
        self._show(self.list.current())

    def _changed_on(self, line: Line) -> str:
        return line.detail if not line.detail.startswith("Last changed ") else f"Last changed {in_table(dt.date.fromisoformat(line.detail.removeprefix('Last changed ')))}"

    def _show(self, key: object) -> None:
        kept = self.kept.get(str(key))
        self.remove.setVisible(kept is not None)
        if kept is not None:
            self.card_title.say(kept.title)
            self.card_words.say("You began this bundle. Its order and choices are kept.")
            self.card_notes.say("")
            self.act.setText("Go on with it")
        elif key is not None:
            one = self.case.library.purpose(str(key))
            self.card_title.say(one.title)
            self.card_words.say(one.help)
            self.card_notes.say("\n".join([*limits_told(one), *one.notes]))
            self.act.setText("Make this bundle")
        self.act.setAccessibleName(self.act.text())

    def _act(self) -> None:
        key = str(self.list.current())
        if key in self.kept:
            self._take_up(self.case.do(lambda: bundles.load(self.case.store, self.kept[key].id or 0)))
        else:
            self._begin(key)

    def _begin(self, purpose: str, draft: int | None = None) -> None:
        made = self.case.do(lambda: bundles.compose(self.case.store, self.case.library, purpose, self.case.today, draft=draft))
        if made is not None and self.bundle is not None and self.bundle.id is not None:
            made = replace(made, id=self.bundle.id)
        self._take_up(made)

    def _take_up(self, made: Bundle | None) -> None:
        if made is not None:
            self.bundle = made
            self.for_whom.choose(made.purpose)
            self.refresh()
            self.table.setFocus()

    def _leave(self) -> None:
        self.bundle = None
        self.refresh()
        self.list.setFocus()

    def _remove(self) -> None:
        kept = self.kept.get(str(self.list.current()))
        if kept is not None and kept.id is not None:
            id_ = kept.id
            self.case.do(lambda: bundles.remove(self.case.store, id_), "Removed from the list. What was written stays where it is.")

    def show_thing(self, what: object) -> None:
        """Compose a bundle: ("letter", id) with the papers of a letter, or a purpose."""
        if isinstance(what, tuple) and what[0] == "letter":
            self.bundle = None
            self._begin("complaint_stage_1", draft=int(what[1]))
            if self.bundle is not None:
                proving = {proof.document for proof in self.case.store.get(Draft, int(what[1])).proofs}
                items = tuple(replace(item, included=item.draft is not None or item.document in proving or (item.kind == "letter" and item.document is None)) for item in self.bundle.items)
                self._keep(replace(self.bundle, items=items))
        elif what:
            self._begin(str(what))

    def _plan(self) -> None:
        bundle = self.bundle
        if bundle is None:
            return
        self.planned = bundles.plan(self.case.store, self.case.library, bundle)
        self.table.show_bundle(bundle, self.planned, self._warnings)
        self.pages.show_plan(bundle, self.planned)
        self.meters.show_plan(self.planned, sum(1 for item in bundle.chosen if self._warnings(item)))
        self._about()

    def _item(self) -> Item | None:
        key = self.table.current()
        return next((item for item in self.bundle.items if item.key == key), None) if self.bundle else None

    def _lost_of(self, item: Item) -> list[int]:
        """The papers a letter points to that the bundle lacks and the case has."""
        return [one.document for one in self.planned.orphans if one.letter == item.key and one.there] if self.planned else []

    def _warnings(self, item: Item) -> list[str]:
        if item.heading:
            stands = self.bundle is not None and any(item.title in one.over for one in self.bundle.chosen if one.section == item.section)
            return [] if stands else ["No paper stands under this heading, so it is not printed."]
        lost = [one.name for one in self.planned.orphans if one.letter == item.key] if self.planned else []
        said = [f"It points to {count(len(lost), 'paper')} not in here: {', '.join(lost[:3])}{' and more' if len(lost) > 3 else ''}."]
        over = [one for one in self.planned.counts if one.item == item.key and one.over] if self.planned else []
        long = [f"It has {one.pages} pages. At most {one.limit.most} are allowed. {one.limit.advice}".strip() for one in over]
        locked = ["It is locked with a password. A sheet takes its place until you unlock it."] if self.planned and item.document in self.planned.locked else []
        return [*item.warnings, *locked, *(said if lost else ()), *long]

    def _find_lost(self) -> None:
        """Put in the papers that the chosen letter points to."""
        bundle, item = self.bundle, self._item()
        if bundle is not None and item is not None and (lost := self._lost_of(item)):
            self._keep(bundles.add_papers(self.case.store, self.case.library, bundle, lost, self.case.today))
            self.table.setFocus()

    def _unlock(self) -> None:
        """Ask for the password of each locked paper, the chosen one first."""
        item, waiting = self._item(), self.planned.locked if self.planned else ()
        unlock_papers(self, self.case, sorted(waiting, key=lambda id_: item is None or id_ != item.document))
        self.table.setFocus()

    def _about(self) -> None:
        item = self._item()
        self.take.setText("Put in" if item is not None and not item.included else "Take out")
        self.take.setAccessibleName(self.take.text())
        words = self._warnings(item) if item else []
        self.lost.setVisible(bool(item and self._lost_of(item)))
        waiting = self.planned.locked if self.planned else ()
        self.unlock.setVisible(bool(waiting))
        self.unlock.setText("Unlock a locked paper…" if len(waiting) == 1 else f"Unlock {count(len(waiting), 'locked paper')}…")
        self.unlock.setAccessibleName(self.unlock.text())
        self.told_mark.say("look", item.title if item and words else "", "look")
        self.told.say(" ".join(words))

    def _keep(self, made: Bundle) -> None:
        before = self.bundle
        if before is not None and before.id is None and (first := self.case.do(lambda: bundles.save(self.case.store, before, now=self.case.clock()))):
            made = replace(made, id=first.id)  # kept as it was first, so that an undo finds the way back
        self.bundle = made  # the change that is told of refreshes the screen
        kept = self.case.do(lambda: bundles.save(self.case.store, made, now=self.case.clock()))
        self.bundle = kept if kept is not None else before

    def _arrange(self, change: Callable[[Bundle, Item], Bundle], key: str = "") -> None:
        """Keep the bundle in another order; the paper ``key`` (or the one chosen before) is chosen in it."""
        bundle, item = self.bundle, self._item()
        if bundle is not None and item is not None and (made := change(bundle, item)) != bundle:
            self._keep(made)
            self.table.choose(key or item.key)
            self.table.setFocus()

    def _move(self, by: int) -> None:
        self._arrange(lambda bundle, item: moved(bundle, item.key, by))

    def _take(self) -> None:
        self._arrange(lambda bundle, item: without_heading(bundle, item.key) if item.heading else chosen(bundle, item.key, not item.included))

    def _name(self) -> None:
        """Name the section of the chosen paper, begin another, or set a heading."""
        bundle, item = self.bundle, self._item()
        if bundle is not None and item is not None:
            dialog = NamesDialog(self, bundle, item)
            if dialog.exec() and dialog.made != bundle:
                self._keep(dialog.made)
                self.table.setFocus()

    def _add(self) -> None:
        if (bundle := self.bundle) is None:
            return
        if not (papers := bundles.addable(self.case.store, bundle)):
            tell(self, "Add papers", "Every paper of the case is in this bundle.")
            return
        dialog = AddDialog(self, papers)
        if dialog.exec() and dialog.marked:
            self._keep(bundles.add_papers(self.case.store, self.case.library, bundle, dialog.marked, self.case.today))
            self.table.setFocus()

    def _pages(self) -> None:
        bundle, item = self.bundle, self._item()
        if bundle is None or item is None or item.heading:
            return
        found = [bundle]

        def choose(only: str, without: str, turned: str) -> None:
            found.append(bundles.with_pages(bundle, item.key, only, without, turned))

        if PagesDialog(self, item, choose).exec() and found[-1] is not bundle:
            self._keep(found[-1])
            self.table.setFocus()

    def _hide(self) -> None:
        """Go to what is hidden, or back from there."""
        there = self.faces.currentIndex() != 2
        self.faces.setCurrentIndex(2 if there else 1)
        self.refresh()
        (self.hiding.words if there else self.table).setFocus()

    def _paper(self) -> None:
        if (bundle := self.bundle) is not None:
            dialog = PaperDialog(self, bundle.paper, self.case.library.purpose(bundle.purpose).volume_mb)
            if dialog.exec() and dialog.chosen != bundle.paper:
                self._keep(replace(bundle, paper=dialog.chosen))

    def _subject(self) -> None:
        if (bundle := self.bundle) is not None:
            dialog = SubjectDialog(self, self.case, self.case.library.purpose(bundle.purpose), bundle)
            if dialog.exec() and dialog.subject != bundle.subject:
                self._keep(replace(bundle, subject=dialog.subject))

    def _open(self, _key: object = None) -> None:
        item = self._item()
        if item is not None and item.heading:
            self._name()
        elif item is not None:
            self.open_requested.emit("documents" if item.document is not None else "letters", item.document if item.document is not None else item.draft)

    def _check(self) -> None:
        bundle, made = self.bundle, self.planned
        if bundle is None or made is None:
            return
        purpose = self.case.library.purpose(bundle.purpose)
        change = (purpose.change_form, note_for_more_pages(self.case.store, purpose, bundle, made.counts))
        dialog = BeforeDialog(self, bundle, made, named_before(self.case.store, bundle), change)
        if not dialog.exec():
            return
        folder = choose_folder(self, "Write the bundle into")
        if folder is not None:
            self.write(folder, originals=dialog.originals.isChecked(), sent=dialog.sent.isChecked(), adding=dialog.adding.isChecked())

    def write(self, folder: Path, *, originals: bool = False, sent: bool = False, adding: bool = False) -> None:
        """Write the bundle into a folder, with progress; then say where it is and what became of each paper.

        ``adding`` writes only what was added since it was sent; ``sent`` keeps the numbers from now on.
        """
        whole = self.bundle
        bundle = self.case.do(lambda: bundles.additions(whole)) if adding and whole is not None else whole
        if bundle is None:
            return
        today, moment, target = self.case.today, self.case.clock(), folder

        def done(made: Exported) -> None:
            if sent:
                kept = self.case.do(lambda: bundles.mark_sent(self.case.store, bundle, made, now=moment, on=today))
                self.bundle = kept or self.bundle
            if AfterDialog(self, made).exec():
                self.case.do(lambda: system.show_in_folder(made.pdf[0]))

        self.case.run(
            "Making the bundle",
            lambda progress: bundles.export(self.case.store, self.case.library, bundle, target, progress, today=today, now=moment, originals=originals),
            done, words="The bundle is written.",
        )  # fmt: skip
