"""The commands: each is found in its module alone, and the help knows them all."""

import subprocess
import sys

import pytest

from casefile import cli


def commands_of(command: str = "") -> list[str]:
    """What a parser knows."""
    actions = cli.parser(command)._subparsers._group_actions  # type: ignore[union-attr]
    return list(actions[0].choices or ())


def test_every_command_is_in_the_module_it_is_said_to_be_in() -> None:
    assert commands_of() == list(dict.fromkeys(name for home in dict.fromkeys(cli.HOMES.values()) for name in cli.HOMES if cli.HOMES[name] == home))
    for name in cli.HOMES:
        assert name in commands_of(name) and set(commands_of(name)) <= {other for other, home in cli.HOMES.items() if home == cli.HOMES[name]}


def test_the_version_loads_no_command() -> None:
    code = "import sys; from casefile import cli\ntry:\n cli.main(['--version'])\nexcept SystemExit: pass\nprint([one for one in sys.modules if one.startswith('casefile.cli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_unknown_command_is_refused_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        cli.main(["letterz"])
    assert refused.value.code == 2 and "letterz" in capsys.readouterr().err
