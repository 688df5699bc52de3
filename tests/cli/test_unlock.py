"""``casefile unlock``: the password comes from a file or from what is typed, and is never part of the call."""

import io
import json
from pathlib import Path

import pytest

from casefile.cli import main, parser
from casefile.store.store import Store
from tests.readers.locking import zip_locked
from tests.services.test_bundle_choices import paper
from tests.services.test_unlocking import PASSWORD, filed, locked


@pytest.fixture
def waiting(store: Store, tmp_path: Path) -> tuple[str, str]:
    """A case with one locked paper: its folder, and the paper's number."""
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 2)))
    store.close()
    return str(store.folder), str(one.id)


def test_a_password_from_a_file(waiting: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, id_ = waiting
    assert main(["unlock", folder, "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["locked"]] == [int(id_)]
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{PASSWORD}\r\nanother line\n", "utf-8")
    assert main(["unlock", folder, id_, "--password-file", str(secret), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 2
    assert main(["unlock", folder]) == 0 and "0 locked" in capsys.readouterr().out
    assert main(["verify", folder]) == 0


def test_a_password_from_the_pipe_and_a_wrong_one(
    waiting: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, id_ = waiting
    monkeypatch.setattr("sys.stdin", io.StringIO("nonsense\n"))
    assert main(["unlock", folder, id_]) == 2
    said = capsys.readouterr().err
    assert "does not open" in said and "nonsense" not in said
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["unlock", folder, id_]) == 0
    assert PASSWORD not in capsys.readouterr().out


def test_a_bundle_says_how_a_locked_paper_is_unlocked(waiting: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, id_ = waiting
    assert main(["bundle", folder, "--out", str(tmp_path / "out"), "--document", id_]) == 0
    said = capsys.readouterr().out
    assert "refused" in said and f"casefile unlock CASE {id_}" in said


def test_there_is_no_word_of_the_call_for_a_password(waiting: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser("unlock").parse_args(["unlock", "case", "1", "--password", "x", "y"])
    folder, id_ = waiting
    assert main(["unlock", folder, id_, "--password-file", str(tmp_path / "none.txt")]) == 2
    assert "could not be read" in capsys.readouterr().err


def test_a_zip_folder_with_two_passwords(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = zip_locked({"a.txt": b"Redpoll was tired.", "b.txt": b"Siskin was not."}, PASSWORD, "old", others={"b.txt": "other"})
    one = filed(store, tmp_path / "given", data, "disclosure.zip")
    store.close()
    folder, secret = str(store.folder), tmp_path / "secret.txt"
    secret.write_text(PASSWORD, "utf-8")
    assert main(["unlock", folder, str(one.id), "--password-file", str(secret)]) == 0
    said = capsys.readouterr().out
    assert "Unlocked in part" in said and "1 file in it is in the case" in said and "another password" in said
    secret.write_text("other", "utf-8")
    assert main(["unlock", folder, str(one.id), "--password-file", str(secret), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["inside"] == 1 and told["locked"] is False
    assert main(["unlock", folder, str(one.id), "--password-file", str(secret)]) == 2
    assert "not locked" in capsys.readouterr().err
