"""What the user chose for this computer: kept in ``settings.json``, never in a case, and never a name of a child."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from casefile import paths
from casefile.store.files import write_file

THEMES = ("system", "light", "cream", "dark", "contrast")
FONTS = ("Atkinson Hyperlegible Next", "Lexend", "OpenDyslexic", "system")
SIZES = (100, 110, 125, 150, 175, 200)
"""Text sizes that are offered, in per cent of 12 points."""
SPACINGS = (0, 4, 8)
"""Extra space between letters, in per cent of the letter size."""
MOST_RECENT = 6


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of this computer. ``recent`` are folders of cases, the latest first; it stays empty when ``remember`` is off.

    ``text_size`` is in per cent, ``spacing`` in per cent of the letter size. ``letter_keys`` lets single letters act
    in lists.
    """

    theme: str = "system"
    font: str = FONTS[0]
    text_size: int = 100
    spacing: int = 0
    letter_keys: bool = True
    remember: bool = True
    recent: tuple[str, ...] = ()


def place() -> Path:
    """The file the settings are kept in."""
    return paths.user_data() / "settings.json"


def load() -> Settings:
    """The settings of this computer. A damaged or foreign value is left out, and the default stands for it."""
    try:
        found = json.loads(place().read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    allowed: dict[str, tuple[object, ...]] = {"theme": THEMES, "font": FONTS, "text_size": SIZES, "spacing": SPACINGS}
    values: dict[str, object] = {}
    for field in dataclasses.fields(Settings):
        value = found.get(field.name, field.default)
        if field.name == "recent":
            rows = value if isinstance(value, list) else []
            value = tuple(row for row in rows if isinstance(row, str))[:MOST_RECENT]
        elif type(value) is not type(field.default) or value not in allowed.get(field.name, (value,)):
            value = field.default
        values[field.name] = value
    return Settings(**values)  # type: ignore[arg-type]


def save(settings: Settings) -> None:
    """Keep the settings. Raises ``NoSpace`` where they cannot be written."""
    write_file(place(), json.dumps(dataclasses.asdict(settings), indent=1).encode("utf-8"))


def opened(settings: Settings, folder: Path) -> Settings:
    """The settings after a case was opened: it stands first among the recent ones, unless they are not remembered."""
    if not settings.remember:
        return dataclasses.replace(settings, recent=())
    rest = [entry for entry in settings.recent if entry != str(folder)]
    return dataclasses.replace(settings, recent=(str(folder), *rest)[:MOST_RECENT])
