"""The one style sheet, written from the roles of the look in force."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from casefile.ui.theme import Look


def deeper(colour: QColor, dark: bool) -> str:
    """The colour of a main button under the mouse: 12 % deeper, or lighter where the theme is dark."""
    return (colour.lighter(112) if dark else colour.darker(130)).name()


def sheet(look: "Look") -> str:
    """The style sheet of the whole window."""
    return _surfaces(look) + _buttons(look) + _fields(look) + _lists(look)


def _surfaces(look: "Look") -> str:
    """Pages, bars and cards."""
    c, px = look.name_of, look.px
    return f"""
* {{ outline: none; }}
QWidget#page, QScrollArea, QWidget#body {{ background: {c("page")}; border: none; }}
QWidget#sidebar {{ background: {c("window")}; border: none; border-right: 1px solid {c("line")}; }}
QWidget#topbar {{ background: {c("page")}; border: none; border-bottom: 1px solid {c("line")}; }}
QWidget#topbar[stacked="true"] {{ background: {c("window")}; }}
QWidget#neutral {{ background: {c("window")}; }}
QFrame[card="true"] {{ background: {c("card")}; border: 1px solid {c("line")}; border-radius: {px(8)}px; }}
QFrame[card="soft"] {{ background: {c("soft")}; border: 1px solid {c("line") if look.theme.edges else c("soft")}; border-radius: {px(8)}px; }}
QFrame[card="error"] {{ background: {c("card")}; border: 1px solid {c("error")}; border-radius: {px(8)}px; }}
QFrame[card="empty"] {{ background: {c("card")}; border: 1px dashed {c("control")}; border-radius: {px(8)}px; }}
QFrame[card="band"] {{ background: {c("page")}; border: none; border-bottom: 1px solid {c("line")}; }}
QFrame[line="true"] {{ background: {c("line")}; border: none; max-height: 1px; min-height: 1px; }}
QFrame#undobar {{ background: {c("text")}; border: none; border-radius: {px(6)}px; }}
QLabel {{ background: transparent; border: none; }}
"""


def _buttons(look: "Look") -> str:
    """Buttons of every kind."""
    c, px = look.name_of, look.px
    edge = f"1px solid {c('control')}"
    hover = f"border: 2px solid {c('control')};" if look.theme.edges else f"background: {c('soft')};"
    chosen = f"border: 2px solid {c('accent')};" if look.theme.edges else f"background: {c('soft')}; border-color: {c('accent')};"
    return f"""
QPushButton {{ background: {c("card")}; color: {c("text")}; border: {edge}; border-radius: {px(6)}px; font-weight: 500;
  padding: {px(4)}px {px(16)}px; min-height: {px(30)}px; text-align: center; }}
QPushButton:hover {{ {hover} }}
QPushButton:checked {{ {chosen} }}
QPushButton:disabled {{ background: {c("page")}; color: {c("text2")}; border-color: {c("line")}; }}
QPushButton[kind="main"] {{ background: {c("accent")}; color: {c("on_accent")}; border-color: {c("accent")}; font-weight: 600; }}
QPushButton[kind="main"]:hover {{ background: {deeper(look.colour("accent"), look.theme.dark)}; }}
QPushButton[kind="main"]:disabled {{ background: {c("page")}; color: {c("text2")}; border-color: {c("line")}; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; padding: {px(4)}px {px(8)}px; }}
QPushButton[kind="quiet"]:hover {{ {hover} }}
QPushButton[kind="row"] {{ min-height: {px(26)}px; }}
QPushButton[kind="left"], QPushButton[keys="true"] {{ text-align: left; }}
QPushButton[kind="place"] {{ background: transparent; border: 1px solid transparent; text-align: left; padding: {px(4)}px {px(12)}px; font-weight: 400; }}
QPushButton[kind="place"]:hover {{ {hover} }}
QPushButton[kind="fold"] {{ background: transparent; border: 1px solid transparent; text-align: left; padding: {px(2)}px {px(4)}px; font-weight: 600; }}
QPushButton[kind="fold"]:hover {{ {hover} }}
QPushButton[kind="link"] {{ background: transparent; border: none; color: {c("accent")}; text-decoration: underline; padding: {px(2)}px 0px;
  min-height: {px(22)}px; text-align: left; }}
QPushButton[kind="link"]:hover {{ color: {c("text")}; }}
QPushButton[kind="chip"] {{ background: {c("card")}; border: 1px solid {c("line")}; padding: {px(2)}px {px(10)}px; min-height: {px(26)}px; font-weight: 400; text-align: left; }}
QPushButton[kind="chip"]:hover {{ {hover} }}
QPushButton[kind="inverse"] {{ background: transparent; color: {c("page")}; border: 1px solid {c("page")}; min-height: {px(26)}px; }}
QPushButton[kind="inverse"]:hover {{ border-width: 2px; }}
QPushButton[kind="seg-left"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
QPushButton[kind="seg-right"] {{ border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: none; }}
QPushButton[kind="seg-left"]:checked, QPushButton[kind="seg-right"]:checked {{ font-weight: 600; {chosen} }}
QPushButton[kind="tab"] {{ background: transparent; border: none; border-bottom: 3px solid transparent; border-radius: 0; padding: {px(6)}px {px(16)}px; font-weight: 400; }}
QPushButton[kind="tab"]:hover {{ border-bottom: 3px solid {c("line")}; }}
QPushButton[kind="tab"]:checked {{ background: transparent; border-bottom: 3px solid {c("accent")}; font-weight: 600; }}
QPushButton::menu-indicator {{ width: 0px; }}
"""


def _fields(look: "Look") -> str:
    """Fields, lists that open, boxes to tick."""
    c, px = look.name_of, look.px
    edge = f"1px solid {c('control')}"
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {c("card")}; color: {c("text")}; border: {edge};
  border-radius: {px(6)}px; padding: {px(4)}px {px(12)}px; min-height: {px(30)}px; selection-background-color: {c("accent")};
  selection-color: {c("on_accent")}; }}
QPlainTextEdit, QTextEdit {{ padding: {px(6)}px {px(8)}px; }}
QLineEdit[bad="true"], QPlainTextEdit[bad="true"] {{ border: 2px solid {c("error")}; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {c("page")}; color: {c("text2")}; border-color: {c("line")}; }}
QLineEdit[plain="true"], QTextEdit[plain="true"] {{ border: none; background: transparent; padding: 0; }}
QComboBox::drop-down {{ border: none; width: {px(32)}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView, QMenu, QCompleter QAbstractItemView {{ background: {c("card")}; color: {c("text")}; border: {edge};
  selection-background-color: {c("accent")}; selection-color: {c("on_accent")}; padding: {px(4)}px; }}
QComboBox QAbstractItemView::item {{ min-height: {px(32)}px; padding: 0 {px(8)}px; }}
QMenu::item {{ padding: {px(7)}px {px(20)}px {px(7)}px {px(12)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c("accent")}; color: {c("on_accent")}; }}
QMenu::icon {{ padding-left: {px(10)}px; }}
QCheckBox, QRadioButton {{ spacing: {px(10)}px; min-height: {px(28)}px; color: {c("text")}; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(20)}px; height: {px(20)}px; border: {edge}; background: {c("card")}; border-radius: {px(4)}px; }}
QRadioButton::indicator {{ border-radius: {px(20) // 2}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {c("accent")}; border-color: {c("accent")}; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border: 2px solid {c("accent")}; }}
"""


def _lists(look: "Look") -> str:
    """Lists, scroll bars, progress, windows over the window."""
    c, px = look.name_of, look.px
    edge = f"1px solid {c('control')}"
    return f"""
QListView, QTableView, QTreeView {{ background: {c("card")}; color: {c("text")}; border: 1px solid {c("line")}; border-radius: {px(8)}px; padding: 1px; }}
QListView[plain="true"], QTableView[plain="true"] {{ background: transparent; border: none; padding: 0; }}
QScrollBar:vertical {{ background: transparent; width: {max(12, px(12))}px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {c("control")}; border-radius: 4px; min-height: {px(32)}px; }}
QScrollBar:horizontal {{ background: transparent; height: {max(12, px(12))}px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {c("control")}; border-radius: 4px; min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none; width: 0; height: 0; }}
QProgressBar {{ background: {c("card")}; border: 1px solid {c("control")}; border-radius: 5px; max-height: 8px; min-height: 8px; }}
QProgressBar::chunk {{ background: {c("accent")}; border-radius: 4px; }}
QDialog {{ background: {c("page")}; border: {edge}; border-radius: {px(8)}px; }}
QToolTip {{ background: {c("card")}; color: {c("text")}; border: {edge}; padding: {px(8)}px; }}
"""
