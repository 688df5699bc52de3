"""``casefile import`` reads scans after filing, ``--no-scans`` leaves them, ``casefile scans`` goes on."""

import json
from pathlib import Path

import pytest

from casefile.cli import main
from casefile.services import scans
from casefile.store.store import Store
from tests.readers.drawing import drawn, jpeg, needs_scans

pytestmark = pytest.mark.usefixtures("reads_scans")


@pytest.fixture
def given(store: Store, tmp_path: Path) -> tuple[str, str]:
    """A case, and a photo of a letter beside it."""
    (tmp_path / "IMG_0007.jpg").write_bytes(jpeg(drawn()))
    store.close()
    return str(store.folder), str(tmp_path / "IMG_0007.jpg")


@needs_scans
def test_import_reads_scans_after_filing(given: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, photo = given
    assert main(["import", folder, photo]) == 0
    assert "Words read from 1 page of 1 scan" in capsys.readouterr().out
    assert main(["search", folder, "mediation", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert hits["total"] == 1 and hits["hits"][0]["from_picture"] is True
    assert main(["documents", folder, "--json"]) == 0
    (paper,) = json.loads(capsys.readouterr().out)["documents"]
    assert paper["pages_read_from_pictures"] == [1] and paper["suggestions"]["date"]["sure"] is False
    assert main(["search", folder, "mediation"]) == 0
    assert "Read from a picture, so words may be wrong." in capsys.readouterr().out
    assert main(["verify", folder]) == 0


@needs_scans
def test_scans_can_be_left_and_read_later(given: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, photo = given
    assert main(["import", folder, photo, "--no-scans", "--json"]) == 0
    assert "scans" not in json.loads(capsys.readouterr().out)
    assert main(["scans", folder, "--list"]) == 0 and "1 waiting." in capsys.readouterr().out
    assert main(["scans", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scans"] == {"papers": 1, "pages": 1, "without_words": 0, "failed": 0, "can_read": True}
    assert main(["scans", folder]) == 0 and "No scan was waiting" in capsys.readouterr().out


def test_without_what_reads_scans_the_import_is_whole(
    given: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scans, "available", lambda: False)
    folder, photo = given
    assert main(["import", folder, photo]) == 0
    said = capsys.readouterr().out
    assert "1 added" in said and "Scans cannot be read on this computer" in said
    assert main(["scans", folder, "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["can_read"] is False
