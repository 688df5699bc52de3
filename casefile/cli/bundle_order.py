"""What the command that makes a bundle can say of its order: papers and sections moved, sections named, headings."""

import argparse
import re
from collections.abc import Collection

from casefile.cli.output import number, shown
from casefile.domain.bundle_order import begun, placed, renamed, section_placed, with_heading
from casefile.domain.bundles import Bundle
from casefile.errors import Invalid


def add_options(bundle: argparse.ArgumentParser) -> None:
    """Add the options to the command."""
    told = (
        ("--move", "ID=WHERE", "move a paper before another one (its number or mark), or to the end of a section (its name)"),
        ("--move-section", "NAME=BEFORE", "move a section before another one; “NAME=” moves it to the end"),
        ("--begin-section", "ID=NAME", "begin a section of your own at this paper; those below it in its section go along"),
        ("--heading", "ID=WORDS", "put a heading over this paper, in the index and the bookmarks"),
        ("--section-name", "OLD=NEW", "give a section another name; with the name of the one beside it, the two become one"),
    )  # fmt: skip
    for option, form, help_ in told:
        bundle.add_argument(option, action="append", default=[], metavar=form, help=f"{help_}; may be given many times")


def ordered(bundle: Bundle, given: argparse.Namespace) -> Bundle:
    """The bundle with what the call says of its order, in the order of the options above, each as often as it was given.

    So all of them call a section by the name it has before ``--section-name``. Raises ``Invalid`` for what is not there.
    """
    made = bundle
    for words in given.move:
        left, where = _two(words, "--move", "ID=WHERE")
        key = _paper(made, left, "moved")
        if where in made.sections:
            made = placed(made, key, where)
            continue
        before = _paper(made, where, "found there", made.sections)
        made = placed(made, key, next(item.section for item in made.items if item.key == before), before)
    for words in given.move_section:
        left, where = _two(words, "--move-section", "NAME=BEFORE", made.sections, empty=True)
        made = section_placed(made, _section(made, left), _section(made, where) if where else "")
    for words in given.begin_section:
        left, name = _two(words, "--begin-section", "ID=NAME")
        made = begun(made, _paper(made, left, "found"), name)
    for words in given.heading:
        left, title = _two(words, "--heading", "ID=WORDS")
        made = with_heading(made, _paper(made, left, "found"), title)
    for words in given.section_name:
        left, name = _two(words, "--section-name", "OLD=NEW", made.sections)
        made = renamed(made, _section(made, left), name)
    return made


def _two(words: str, option: str, form: str, known: Collection[str] = (), *, empty: bool = False) -> tuple[str, str]:
    """What stands before and after the "=": the one that leaves a name that is ``known`` before it, else the first.

    Raises ``Invalid`` where there is none, or nothing on one side of it; behind it only unless ``empty``.
    """
    cuts = [at for at, letter in enumerate(words) if letter == "="]
    at = next((at for at in cuts if words[:at].strip() in known), cuts[0] if cuts else len(words))
    left, right = words[:at].strip(), words[at + 1 :].strip()
    if not cuts or not left or not (right or empty):
        raise Invalid(f"{option} “{shown(words)}” is not whole. Nothing was made.", f"Write it as {option} \"{form}\".")
    return left, right


def _paper(bundle: Bundle, words: str, done: str, sections: Collection[str] = ()) -> str:
    """The key of a paper of the bundle, by its number or its mark ("E4"); ``sections`` are names that would have done as well."""
    papers = {item.key: item for item in bundle.chosen}
    if sections and not re.fullmatch(r"[Ee]?\d+", words):
        raise Invalid(f"“{shown(words)}” is no paper and no section of this bundle. Nothing was made.", _known(sections))
    if re.fullmatch(r"[Ee]\d+", words):
        key = next((key for key, item in papers.items() if item.mark == words.upper()), "")
        advice = "Marks are given when a bundle is made. Use the number of the paper, as in: casefile documents CASE"
    else:
        key, advice = f"d{number(words, 'a paper')}", "Use the number of a paper that goes in."
    if key not in papers:
        raise Invalid(f"Paper {shown(words)} is not in this bundle, so it cannot be {done}. Nothing was made.", advice)
    return key


def _section(bundle: Bundle, name: str) -> str:
    if name not in bundle.sections:
        raise Invalid(f"There is no section “{shown(name)}” in this bundle. Nothing was made.", _known(bundle.sections))
    return name


def _known(sections: Collection[str]) -> str:
    return f"Its sections are: {', '.join(f'“{shown(name)}”' for name in sections)}."
