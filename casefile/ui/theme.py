"""How everything looks: roles to colours, sizes in points and pixels, fonts, tinted icons. One ``look`` for the window."""

import tomllib
from dataclasses import dataclass, field
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from casefile import paths
from casefile.settings import FONTS, Settings

REGULAR, MEDIUM, SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
BODY, SECTION, LEAD, DIALOG, PAGE = 12.0, 14.0, 16.0, 18.0, 20.0
"""Text sizes in points at 100 %."""
LINE = 1.15
"""Height of a line, as a multiple of the font's own height."""
STACK_FROM = 150
"""From this text size, in per cent, the sidebar becomes a menu and columns stand one below the other."""
ROOM = 1120
"""So many pixels at 100 % the columns need side by side; a narrower window stacks them too."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A named set of colours by role. ``edges`` draws lines where other themes tint."""

    name: str
    title: str
    dark: bool
    edges: bool
    roles: dict[str, str]


@cache
def themes() -> dict[str, Theme]:
    """Every theme of ``resources/themes`` by its name."""
    found = {}
    for path in sorted((paths.resources() / "themes").glob("*.toml")):
        row = tomllib.loads(path.read_text("utf-8"))
        found[path.stem] = Theme(path.stem, row["title"], row["dark"], row["edges"], row["role"])
    return found


_FILES = {
    FONTS[0]: ("AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-Medium.ttf", "AtkinsonHyperlegibleNext-SemiBold.ttf"),
    FONTS[1]: ("Lexend-Regular.ttf", "Lexend-SemiBold.ttf"),
    FONTS[2]: ("OpenDyslexic-Regular.ttf", "OpenDyslexic-Bold.ttf"),
}  # fmt: skip


@dataclass
class Look:
    """The look in force. Widgets ask it while they are built and painted; a change of it rebuilds the window."""

    theme: Theme
    size: int = 100
    family: str = FONTS[0]
    spacing: int = 0
    dots: float = 1.0
    width: int = 1280
    icons: dict[tuple[str, str, int], QIcon] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """The text size as a factor."""
        return self.size / 100

    @property
    def stacked(self) -> bool:
        """Whether text is so large, or the window so narrow, that columns stand one below the other."""
        return self.size >= STACK_FROM or self.width < self.px(ROOM)

    def px(self, pixels: float) -> int:
        """A length of the design (pixels at 100 %) in pixels as they are now."""
        return round(pixels * self.scale * self.dots)

    def gap(self, pixels: float) -> int:
        """A space of the design in pixels as they are now: spaces grow half as fast as text."""
        return round(pixels * (1 + (self.scale - 1) / 2) * self.dots)

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self.theme.roles[role])

    def name_of(self, role: str) -> str:
        """The colour of a role as a style sheet writes it."""
        return self.theme.roles[role]

    def font(self, points: float = BODY, weight: QFont.Weight = REGULAR) -> QFont:
        """A font of ``points`` at 100 % and a weight, at the chosen size, family and letter spacing."""
        font = QFont(QApplication.font())
        if self.family != "system":
            font.setFamilies([self.family, "DejaVu Sans"])
        font.setPointSizeF(points * self.scale)
        font.setWeight(weight)
        if self.spacing:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + self.spacing)
        return font

    def icon(self, name: str, role: str = "text", pixels: int = 20) -> QIcon:
        """An icon tinted in a role's colour, ``pixels`` large at 100 %, with room at its right for Qt's small gap."""
        key = (name, role, pixels)
        if key not in self.icons:
            made = QIcon()
            for mode, tint in (
                (QIcon.Mode.Normal, role), (QIcon.Mode.Selected, role), (QIcon.Mode.Active, role), (QIcon.Mode.Disabled, "text2"),
            ):  # fmt: skip
                made.addPixmap(self.picture(name, tint, pixels), mode)
            self.icons[key] = made
        return self.icons[key]

    def picture(self, name: str, role: str = "text", pixels: int = 20, space: int = 4) -> QPixmap:
        """An icon as a picture, with ``space`` empty pixels at its right."""
        from PySide6.QtSvg import QSvgRenderer

        ratio = 2.0 if QGuiApplication.primaryScreen() is None else max(QGuiApplication.primaryScreen().devicePixelRatio(), 1.0)
        side, room = self.px(pixels), self.px(space)
        made = QPixmap(round((side + room) * ratio), round(side * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        drawing = _drawing(name).replace("currentColor", self.name_of(role))
        if pixels > 24:  # a large icon keeps a thin line
            drawing = drawing.replace('stroke-width="1.8"', f'stroke-width="{1.8 * 26 / pixels:.2f}"')
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        return made

    def icon_size(self, pixels: int = 20) -> QSize:
        """The size a button must give an icon made with the same ``pixels``."""
        return QSize(self.px(pixels) + self.px(4), self.px(pixels))


@cache
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


look = Look(Theme("light", "Light", False, False, {}))
"""The look in force; ``apply`` fills it before any widget is made."""


def _chosen(settings: Settings) -> Theme:
    found = themes()
    if settings.theme != "system":
        return found[settings.theme]
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return found["contrast"]
    return found["dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"]


def apply(app: QApplication, settings: Settings) -> None:
    """Take the settings' theme, font and text size for everything that is built from now on."""
    from casefile.ui.style import sheet

    look.theme = _chosen(settings)
    look.size, look.family, look.spacing = settings.text_size, settings.font, settings.spacing
    screen = QGuiApplication.primaryScreen()
    look.dots = screen.logicalDotsPerInchX() / 96 if screen else 1.0
    look.icons.clear()
    for name in _FILES.get(settings.font, ()):
        _load_font(name)
    _load_font("DejaVuSans.ttf") if not QFontDatabase.families() else None
    app.setFont(look.font())
    app.setPalette(_palette())
    app.setStyleSheet(sheet(look))


@cache
def _load_font(name: str) -> int:
    return QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))


def _palette() -> QPalette:
    palette = QPalette()
    for place, role in (
        (QPalette.ColorRole.Window, "page"), (QPalette.ColorRole.Base, "card"), (QPalette.ColorRole.AlternateBase, "page"),
        (QPalette.ColorRole.Text, "text"), (QPalette.ColorRole.WindowText, "text"), (QPalette.ColorRole.Button, "card"),
        (QPalette.ColorRole.ButtonText, "text"), (QPalette.ColorRole.Highlight, "accent"),
        (QPalette.ColorRole.HighlightedText, "on_accent"), (QPalette.ColorRole.Link, "accent"),
        (QPalette.ColorRole.PlaceholderText, "text2"), (QPalette.ColorRole.ToolTipBase, "card"),
        (QPalette.ColorRole.ToolTipText, "text"), (QPalette.ColorRole.Mid, "line"), (QPalette.ColorRole.Dark, "control"),
        (QPalette.ColorRole.Light, "card"), (QPalette.ColorRole.Accent, "accent"),
    ):  # fmt: skip
        palette.setColor(place, look.colour(role))
    for place in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, look.colour("text2"))
    return palette
