"""Finished files come to their places together: stopped between any two moves, the next export finishes the first."""

import contextlib
import hashlib
import json
from pathlib import Path

import pytest

from casefile.printing.bundle.bag import LIST
from casefile.services import bundle_place
from casefile.services.bundle_place import STAGE, Finished, cut_off, put_in_place, staged
from casefile.services.bundle_proof import verify


def write(stage: Path, age: str) -> list[Finished]:
    """Three finished files that wait in ``stage``."""
    made = []
    for name in ("bundle", "volume", "section"):
        data = f"{name} {age}".encode()
        (stage / name).write_bytes(data)
        made.append(Finished(name, f"{name}.pdf", hashlib.sha256(data).hexdigest()))
    return made


def export(folder: Path, age: str) -> None:
    with staged(folder) as stage:
        stage.mkdir(parents=True, exist_ok=True)
        put_in_place(stage, folder, write(stage, age))


def ages(folder: Path) -> set[str]:
    return {path.read_text().split()[1] for path in folder.glob("*.pdf")}


@pytest.mark.parametrize("at", range(6))
def test_a_program_that_ends_between_two_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    folder = tmp_path / "out"
    export(folder, "old")
    assert verify(folder)[0] == [] and not (folder / STAGE).exists()
    moves, true = [0], bundle_place.place

    def ends(*args: object, **more: object) -> Path:
        if moves[0] == at:
            raise SystemExit
        moves[0] += 1
        return true(*args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(bundle_place, "place", ends)
        patch.setattr(bundle_place, "write_file", _ending(bundle_place.write_file, at - 4))
        with contextlib.suppress(SystemExit):
            export(folder, "new")
    problems = verify(folder)[0]
    if cut_off(folder):
        assert "Export the bundle again" in problems[0][1]
    else:
        assert problems == [] and len(ages(folder)) == 1, "all of the one or all of the other"
    with pytest.raises(KeyError), staged(folder):
        raise KeyError  # an export that comes to nothing itself
    assert verify(folder)[0] == [] and len(ages(folder)) == 1 and not (folder / STAGE).exists()


def _ending(true: object, at: int) -> object:
    """Ends the program at the write numbered ``at``; negative is never."""
    count = [0]

    def write_(*args: object, **more: object) -> object:
        if count[0] == at:
            raise SystemExit
        count[0] += 1
        return true(*args, **more)  # type: ignore[operator]

    return write_


@pytest.mark.parametrize("rows", [[["../x", "y", "0"]], [["x", "../y", "0"]], [["x", ".y", "0"]], [["x"]], "x", None])
def test_a_note_that_makes_no_sense_moves_nothing(tmp_path: Path, rows: object) -> None:
    folder = tmp_path / "out"
    export(folder, "old")
    stage = folder / STAGE
    stage.mkdir()
    (stage / "x").write_text("x")
    (stage / LIST).write_text("nothing")
    (stage / "moves.json").write_text(json.dumps(rows) if rows is not None else "{")
    with staged(folder):
        pass
    assert verify(folder)[0] == [] and ages(folder) == {"old"} and not stage.exists() and {path.name for path in tmp_path.iterdir()} == {"out"}


def test_a_file_that_is_open_elsewhere_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    export(folder, "old")
    true = bundle_place.place
    beside = folder / "volume (2).pdf"
    monkeypatch.setattr(
        bundle_place, "place", lambda waiting, target, **more: true(waiting, beside if target.name == "volume.pdf" else target, **more)
    )
    export(folder, "new")
    assert verify(folder)[0] == [] and beside.read_text() == "volume new" and (folder / "volume.pdf").read_text() == "volume old"
