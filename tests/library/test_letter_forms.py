"""Reading a letter form: choices are checked, and a mistake is named with its file."""

from pathlib import Path

import pytest

from casefile.domain.letters import Template
from casefile.errors import BadFile
from casefile.library.letters import read_letter

FORM = '''+++
id = "L99"
title = "A form"
purpose = "For a test."
to_office = "head_of_send"
subject = "A form"
records = ""

[[field]]
name = "where"
label = "Where?"
{extra}
+++
I live in {{where}}.
'''


def read(folder: Path, extra: str) -> Template:
    path = folder / "L99.txt"
    path.write_text(FORM.replace("{extra}", extra), "utf-8")
    return read_letter(path, (), ())


def test_choices_are_read_in_their_order(tmp_path: Path) -> None:
    assert read(tmp_path, 'choices = ["The north", "The south"]\ndefault = "The south"').fields[0].choices == ("The north", "The south")
    assert read(tmp_path, "").fields[0].choices == ()


@pytest.mark.parametrize("extra", ['choices = ["One", "One"]', 'choices = ["One", " "]', 'choices = ["One", "Two"]\ndefault = "Three"'])
def test_choices_that_are_none_are_refused_by_name(tmp_path: Path, extra: str) -> None:
    with pytest.raises(BadFile, match=r"L99\.txt has the field 'where'"):
        read(tmp_path, extra)


def test_a_reference_said_to_be_unread_must_stand_in_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "L99.txt"
    for words, good in (("I live in", True), ("I work in", False)):
        path.write_text(FORM.replace("{extra}", "").replace('records = ""', f'records = ""\nunread = ["{words}"]'), "utf-8")
        if good:
            assert read_letter(path, set(), set()).unread == (words,)
        else:
            with pytest.raises(BadFile, match="does not name it"):
                read_letter(path, set(), set())
