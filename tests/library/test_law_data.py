"""The loader fails on anything unclear, and says the file, the key and the cure."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casefile import library
from casefile.errors import BadFile
from casefile.library.calendar import load_calendar
from casefile.library.law import load_law

LAW = library.load().folder / "law"
RULE = "assessment/ehcna_decision.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAW, tmp_path / "law"))


def edit(folder: Path, change: Callable[[str], str], name: str = RULE) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("nature", "nature", ""),
        ('who = "council"', 'whom = "council"', "who is missing"),
        ("\n[[version]]", '\nextra = "x"\n[[version]]', "extra is not a known key"),
        ('starts = ["ehcna_request_received"]', 'starts = ["no_such_event"]', "no_such_event"),
        ("weeks_after = 6", "weeks_after = -6", "whole number"),
        ("weeks_after = 6", "fortnights = 3", "exactly one way"),
        ('confidence = "text"', 'confidence = "sure"', "confidence"),
        ('status = "statutory_duty"', 'status = "law"', "status"),
        ("checked = 2026-11-23", "", "checked is missing"),
        ("cite = ", "source = ", "cite"),
        ('exceptions = "assess_limits"', 'exceptions = "none_such"', "none_such"),
        ('"covid_2020"', '"covid_2099"', "covid_2099"),
        ("decision_letter_sent:refuse_to_assess", "decision_letter_sent:nonsense", "nonsense"),
        ("checked = 2026-11-23", 'checked = "2026-11-23"', "checked should be a date"),
    ],
)
def test_every_mistake_is_named(folder: Path, old: str, new: str, says: str) -> None:
    if not says:
        assert len(load_law(folder).rules) > 120
        return
    edit(folder, lambda text: text.replace(old, new))
    with pytest.raises(BadFile) as caught:
        load_law(folder)
    assert "ehcna_decision.toml" in caught.value.message and says in str(caught.value)
    assert caught.value.advice


def test_overlapping_versions(folder: Path) -> None:
    edit(folder, lambda text: text.replace("until = 2015-03-22", "until = 2015-04-22"), "order/unopposed_assess.toml")
    with pytest.raises(BadFile, match="overlaps"):
        load_law(folder)


def test_the_same_id_twice(folder: Path) -> None:
    shutil.copy(folder / RULE, folder / "assessment" / "copy.toml")
    with pytest.raises(BadFile, match="used twice"):
        load_law(folder)


def test_a_broken_file_and_an_empty_folder(folder: Path, tmp_path: Path) -> None:
    (folder / RULE).write_text("id = ", encoding="utf-8")
    with pytest.raises(BadFile, match=r"ehcna_decision\.toml"):
        load_law(folder)
    with pytest.raises(BadFile):
        load_law(tmp_path / "nowhere")


def test_each_version_is_cited_linked_and_dated() -> None:
    law = library.load().law
    for rule in law.rules:
        for version in rule.versions:
            assert version.cite and version.link.startswith("https://"), rule.id
            assert version.checked <= law.law_checked
        assert rule.title and rule.help.endswith("."), rule.id
    assert all(kind.title and kind.help and kind.stage for kind in law.event_kinds.values())


def test_a_calendar_with_a_day_twice(tmp_path: Path) -> None:
    text = (library.load().folder / "calendar" / "england.toml").read_text(encoding="utf-8")
    (tmp_path / "england.toml").write_text(text + '"Another" = [2026-12-25]\n', encoding="utf-8")
    with pytest.raises(BadFile, match="again"):
        load_calendar(tmp_path)
