"""The word lists: complete, with a reason and a source for every entry, and strictly read."""

import re
import shutil
from pathlib import Path

import pytest

from casefile.domain.wording.tokens import pattern
from casefile.errors import BadFile
from casefile.library import Library
from casefile.library.wording import load_wording

# The words that ehc-plan guidance says call for a look; each has to be in the lists.
CALL_FOR_A_LOOK = """access to|opportunities|regularly|frequent|as required|as needed|as appropriate|where possible
where appropriate|when necessary|as and when|would benefit from|should|up to|around|approximately|between|or equivalent
such as|e.g.|etc.|some|small group|high level of|a level of|support|input|intervention|strategies|tailored|embedded
differentiated|aware of|consider|be encouraged|available|key adult|trained staff|school staff|the setting
subject to review|in discussion with|consist of|whole-school approach|quality-first teaching|top-up|may be"""


def test_every_entry_says_why_and_whence(library: Library) -> None:
    data = library.wording
    assert len(data.weak) > 30 and data.numbers["twelve"] == 12 and data.units["hours"] == 60
    for entry in (*data.weak, *data.who.values(), *data.what.values(), *data.when.values()):
        assert entry.why.endswith((".", "”")) and entry.source.name and entry.source.sure in ("read", "known"), entry.id


def test_every_word_that_calls_for_a_look_is_listed(library: Library) -> None:
    says = [re.compile(pattern(words)) for entry in library.wording.weak for words in entry.says]
    wanted = [words.strip() for line in CALL_FOR_A_LOOK.splitlines() for words in line.split("|")]
    assert [words for words in wanted if not any(one.match(words) for one in says)] == []


def test_every_case_is_used(library: Library) -> None:
    data = library.wording
    used = {entry.source.id for entry in (*data.weak, *data.who.values(), *data.what.values(), *data.when.values())}
    assert {
        "clarke",
        "greenwich",
        "rotherham",
        "cumbria",
        "newham",
        "ipsea",
        "worcestershire",
        "redbridge",
        "cornwall",
        "level_of",
        "code_969",
    } <= used


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("weak.toml", 'kind = "hedge"', 'kind = "hedge"\nnew = 1', "is not a known key"),
        ("weak.toml", 'source = "worcestershire"', 'source = "nobody"', "'nobody'"),
        ("weak.toml", 'takes = ["how_often"', 'takes = ["when"', "'when'"),
        ("weak.toml", 'id = "regular"', 'id = "access"', "twice"),
        ("sources.toml", 'sure = "read"', 'sure = "maybe"', "'maybe'"),
        ("who.toml", "why = ", "because = ", "is missing"),
        ("what.toml", 'plainly done', "plainly", ""),
        ("when.toml", "twelve = 12", 'twelve = "12"', "number"),
    ],
)  # fmt: skip
def test_lists_are_read_strictly(tmp_path: Path, library: Library, file: str, old: str, new: str, says: str) -> None:
    shutil.copytree(library.folder / "wording", tmp_path / "wording")
    path = tmp_path / "wording" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if not says:
        load_wording(tmp_path / "wording")
        return
    assert old in text
    with pytest.raises(BadFile, match=says):
        load_wording(tmp_path / "wording")


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"sources\.toml"):
        load_wording(tmp_path)
