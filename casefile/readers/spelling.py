"""The spelling list of this computer, through Enchant: the library that desktops keep their dictionaries behind.

Of the libraries that read such lists ``pyenchant`` is the one that is kept up; its package for Windows carries the library and
a British list (37 MB), and on Linux and a Mac it uses those of the system. An installation with pip alone leaves it out (the
extra ``spelling``); ``run.py`` installs it, so that a parent need not know of it. A reader in plain Python was left out: it
takes seconds to look for words that are near, and nobody keeps it up.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BRITISH = ("en_GB", "en_GB-large", "en_GB-ise", "en_GB-ize")
OTHERS = ("en_IE", "en_AU", "en_NZ", "en_ZA")
"""Lists that spell as British English does, in the order they are tried where there is no British one. The American is not."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Speller:
    """A spelling list: whether it ``knows`` a word, and which words are ``near`` to one, the nearest first."""

    knows: Callable[[str], bool]
    near: Callable[[str], tuple[str, ...]]


def speller() -> Speller | None:
    """The British spelling list of this computer, or one that spells alike; None where there is none."""
    try:
        enchant: Any = importlib.import_module("enchant")
        broker = enchant.Broker()
        tag = next((tag for tag in (*BRITISH, *OTHERS) if broker.dict_exists(tag)), "")
        found = broker.request_dict(tag) if tag else None
    except Exception:  # a library that is missing or broken must not keep anybody from writing
        return None
    if found is None:
        return None
    return Speller(lambda word: bool(found.check(word)), lambda word: tuple(found.suggest(word)[:MOST]))
