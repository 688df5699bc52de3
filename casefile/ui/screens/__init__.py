"""Every screen, in the order of the sidebar. To add one: a module here, and its line in ``SCREENS``."""

import importlib
from dataclasses import dataclass

from casefile.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen by name, with the title and icon of the sidebar; its class is loaded when it is first opened."""

    name: str
    title: str
    icon: str
    class_name: str
    under: str = ""
    """The place of the sidebar it belongs to, where it has none of its own."""


SCREENS: tuple[Place, ...] = (
    Place("today", "Today", "today", "TodayScreen"),
    Place("timeline", "Timeline", "timeline", "TimelineScreen"),
    Place("documents", "Documents", "documents", "DocumentsScreen"),
    Place("plan", "Plan", "plan", "PlanScreen"),
    Place("provision", "Provision", "provision", "ProvisionScreen"),
    Place("deadlines", "Deadlines", "deadlines", "DeadlinesScreen"),
    Place("letters", "Letters", "letters", "LettersScreen"),
    Place("bundles", "Bundles", "bundles", "BundlesScreen"),
    Place("people", "People", "people", "PeopleScreen"),
    Place("settings", "Settings", "settings", "SettingsScreen"),
)
FIND, HELP = "find", "help"
BESIDE: tuple[Place, ...] = (
    Place(FIND, "Search", "search", "FindScreen"),
    Place(HELP, "Help", "help", "HelpScreen"),
    Place("doors", "What can I do?", "door-open", "DoorsScreen", "letters"),
    Place("compare", "Compare two plans", "plan", "CompareScreen", "plan"),
    Place("highlights", "Mark a report", "plan", "HighlightsScreen", "plan"),
    Place("scorecard", "How the law was kept", "deadlines", "ScorecardScreen", "deadlines"),
    Place("review", "Annual review", "plan", "ReviewScreen", "plan"),
    Place("absences", "Out of school", "provision", "AbsencesScreen", "provision"),
    Place("costs", "Costs", "provision", "CostsScreen", "provision"),
    Place("effects", "Effects", "provision", "EffectsScreen", "provision"),
    Place("terms", "School holidays", "deadlines", "TermsScreen", "settings"),
)
"""Screens that are not in the sidebar: the results of a search, help, and what belongs under another place."""
UNDER = {place.name: place.under for place in BESIDE if place.under}
"""Which place of the sidebar is marked while a screen beside it is open."""


def load_screen(name: str) -> type[Screen]:
    """The class of a screen. Raises ``KeyError`` for a place that does not exist."""
    place = {entry.name: entry for entry in (*SCREENS, *BESIDE)}[name]
    found: type[Screen] = getattr(importlib.import_module(f"casefile.ui.screens.{place.name}"), place.class_name)
    return found
