"""The commands of a case: the shapes of their answers, and one clear line for every wrong call."""

import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from casefile import cli
from casefile.store.store import Store
from tests.conftest import NOW
from tests.readers import making

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the papers that were given, and the new case they were imported into; tests get copies of it."""
    folder = tmp_path_factory.mktemp("made")
    given = folder / "given"
    given.mkdir()
    letter = "Northbrook Council\n\n5 November 2025\n\nDear Mrs Rahman\n\nThe council has decided to carry out an EHC needs assessment of Amina.\n\nYours sincerely\n\nDaniel Price\nSEN Officer"
    (given / "decision.pdf").write_bytes(making.pdf(letter))
    mail = making.mail()
    mail.add_attachment(b"Notes of a meeting, 3 March 2026", maintype="text", subtype="plain", filename="notes.txt")
    (given / "mail.eml").write_bytes(bytes(mail))
    (given / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEFILE_HOME", str(folder / "home"))
        assert cli.main(["new", str(folder / "case"), "--child", "Amina", "--born", "2017-05-14"]) == 0
        assert cli.main(["import", str(folder / "case"), str(given)]) == 0
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path, capsys: Captured) -> Path:
    """A new case with three papers in it."""
    for name in ("given", "case"):
        shutil.copytree(made / name, tmp_path / name)
    capsys.readouterr()
    return tmp_path / "case"


def answer(capsys: Captured, *words: object) -> Any:
    """The JSON a command answers with."""
    capsys.readouterr()
    assert cli.main([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_import_gives_each_input_and_part_a_row(case: Path, tmp_path: Path, capsys: Captured) -> None:
    again = answer(capsys, "import", case, tmp_path / "given")
    assert {(row["path"], row["state"]) for row in again["inputs"]} == {
        ("broken.pdf", "already_there"), ("decision.pdf", "already_there"), ("mail.eml", "already_there"),
    }  # fmt: skip
    assert sum(again["totals"].values()) == len(again["inputs"]) == 3


def test_documents_with_their_suggestions_then_filed(case: Path, capsys: Captured) -> None:
    papers = {row["path"]: row for row in answer(capsys, "documents", case)["documents"] if not row["part"]}
    assert papers["broken.pdf"]["state"] == "unreadable" and "damaged" in papers["broken.pdf"]["problem"]
    found = papers["decision.pdf"]["suggestions"]
    assert found["date"] == {"value": "2025-11-05", "sure": True, "precision": "day", "because": "It stands on a line of its own, near the top."}  # fmt: skip
    assert found["events"][0]["event"] == "assess_decision_sent"
    id_ = papers["decision.pdf"]["id"]
    assert answer(capsys, "sort", case, id_, "--yes")["events"] == 1
    filed = next(row for row in answer(capsys, "documents", case)["documents"] if row["id"] == id_)["filed"]
    assert filed["date"]["value"] == "2025-11-05" and filed["events"][0]["event"] == "assess_decision_sent"
    assert len(answer(capsys, "documents", case, "--unsorted")["documents"]) == 3


def test_sorting_by_hand_wins_over_what_was_suggested(case: Path, capsys: Captured) -> None:
    id_ = next(row["id"] for row in answer(capsys, "documents", case)["documents"] if row["path"] == "decision.pdf")
    answer(
        capsys,
        "sort",
        case,
        id_,
        "--date",
        "2025-11-06",
        "--kind",
        "letter",
        "--title",
        "Their letter",
        "--event",
        "assess_decision_sent=2025-11-06",
    )
    paper = next(row for row in answer(capsys, "documents", case)["documents"] if row["id"] == id_)
    assert (paper["title"], paper["filed"]["date"]["value"], paper["filed"]["kind"]["value"]) == (
        "Their letter",
        "2025-11-06",
        "letter",
    )
    assert answer(capsys, "event", case, "list")["events"][0]["document"] == id_


def test_search_gives_hits_or_none_and_never_an_error(case: Path, capsys: Captured) -> None:
    hit = answer(capsys, "search", case, "panel", "OR", "meeting")
    assert hit == {"hits": [], "total": 0}
    found = answer(capsys, "search", case, "assessment")["hits"][0]
    assert set(found) == {"document", "title", "date", "page", "snippet"}
    for query in (
        '"',
        "*",
        "NEAR(",
        "a AND (",
        "'; DROP TABLE document; --",
        "^",
        "-",
        "\u202e",
        "x" * 5000,
        ":",
        "title:a",
        "é",
    ):
        answer(capsys, "search", case, query)


def test_events_and_the_dates_that_follow(case: Path, tmp_path: Path, capsys: Captured) -> None:
    answer(capsys, "event", case, "add", "ehcna_request_received", "2026-03-03")
    due = answer(capsys, "deadlines", case, "--as-of", "2026-05-01")
    late = next(one for one in due["deadlines"] if one["rule"] == "ehcna_decision")
    assert (late["state"], late["due"], late["days_late"]) == ("overdue", "2026-04-14", 17)
    assert cli.main(["deadlines", str(case), "--ics", str(tmp_path / "dates.ics")]) == 0
    assert (tmp_path / "dates.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    answer(capsys, "event", case, "add", "transfer_year", "2028", "--detail", "school")


def test_letters_say_what_is_missing(case: Path, capsys: Captured) -> None:
    listed = {row["id"]: row for row in answer(capsys, "letters", case)["letters"]}
    assert listed["L08"]["ready"] is False and any("limit that was missed" in gap for gap in listed["L08"]["gaps"])
    assert {row["ready"] for row in answer(capsys, "letters")["letters"]} == {None}


def test_a_letter_in_pieces_for_a_web_form(case: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "form.txt"
    write = ["letter", str(case), "L50", "--draft", "--out", str(out), "--set", "question=They lied. Is that right?"]
    assert cli.main([*write, "--box", "200"]) == 0
    assert "Look again at “lied”" in capsys.readouterr().out
    heads = [line for line in out.read_text("utf-8").splitlines() if line.startswith("--- Piece")]
    assert len(heads) > 1 and all(int(head.split(": ")[1].split()[0]) <= 200 for head in heads)
    assert cli.main([*write, "--box", "20"]) == 2 and "Use at least 100" in capsys.readouterr().err
    write[write.index(str(out))] = str(tmp_path / "form.pdf")
    assert cli.main([*write, "--box", "200"]) == 2 and "Use a name that ends in .txt" in capsys.readouterr().err


def test_verify_a_case_then_a_changed_one(case: Path, capsys: Captured) -> None:
    found = answer(capsys, "verify", case)
    assert found["ok"] and found["documents"] == 4 and found["record_entries"] > 4 and len(found["seal"]) == 19
    original = next((case / "originals").glob("*.eml"))
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"letter", b"lexter"))
    assert cli.main(["verify", str(case)]) == 1
    assert "its original is changed" in capsys.readouterr().out


WRONG = [
    ["new", "{case}"], ["new", "{given}"], ["new", "{other}", "--born", "31/12/2017"], ["new", "{other}", "--born", "2099-01-01"],
    ["new", "{other}", "--born", "1950-01-01"], ["new"], ["new", "{file}/x"], ["sample", "{case}"], ["sample", "{file}/x"],
    ["import", "{case}"], ["import", "{case}", "{none}"], ["import", "{none}", "{given}"], ["import", "{given}", "{given}"],
    ["import", "{file}", "{given}"], ["import", "{case}", ""],
    ["documents", "{none}"], ["documents", "{file}"], ["documents", "{given}"], ["documents", ""],
    ["sort", "{case}", "x"], ["sort", "{case}", "99"], ["sort", "{case}", "-1"], ["sort", "{case}", "²"],
    ["sort", "{case}", "99999999999999999999999"],
    ["sort", "{case}", "1", "--kind", "poem"], ["sort", "{case}", "1", "--date", "yesterday"], ["sort", "{case}", "1", "--date", "2026-02-30"],
    ["sort", "{case}", "1", "--event", "nothing"], ["sort", "{case}", "1", "--event", "nothing=2026-01-01"],
    ["sort", "{case}", "1", "--event", "plan_finalised="], ["sort", "{case}", "1", "--received", "soon"],
    ["search", "{none}", "a"], ["search", "{case}"],
    ["event", "{case}", "add"], ["event", "{case}", "add", "nothing", "2026-01-01"], ["event", "{case}", "add", "plan_finalised"],
    ["event", "{case}", "add", "plan_finalised", "tomorrow"], ["event", "{case}", "add", "plan_finalised", "2026-13-01"],
    ["event", "{case}", "add", "plan_finalised", "1926-01-01"], ["event", "{case}", "add", "plan_finalised", "2026"],
    ["event", "{case}", "add", "plan_finalised", "2026-01-01", "--document", "99"],
    ["event", "{case}", "add", "decision_letter_sent", "2026-01-01", "--detail", "poem"], ["event", "{case}", "remove"],
    ["deadlines", "{none}"], ["deadlines", "{case}", "--as-of", "now"], ["deadlines", "{case}", "--as-of", "99999-01-01"],
    ["letters", "{none}"], ["letters", "{case}", "--as-of", "2026-02-30"],
    ["letter", "{case}", "L99", "--out", "{other}.pdf"], ["letter", "{case}", "L02", "--out", "{other}.xyz"], ["letter", "{case}", "L02"],
    ["letter", "{case}", "L02", "--out", "{other}.pdf"], ["letter", "{case}", "L02", "--out", "{other}.pdf", "--set", "a"],
    ["letter", "{case}", "L02", "--out", "{other}.pdf", "--set", "poem=a"], ["letter", "{case}", "L02", "--out", "{file}/a.pdf", "--draft"],
    ["letter", "{case}", "L02", "--out", "{other}.pdf", "--draft", "--sent", "pigeon"],
    ["letter", "{case}", "L02", "--out", "{other}.pdf", "--draft", "--sent", "email"],
    ["letter", "{case}", "L02", "--out", "{other}.txt", "--draft", "--box", "0"],
    ["letter", "{case}", "L02", "--out", "{other}.txt", "--draft", "--as-of", "9999-12-31"],
    ["letter", "{case}", "L02", "--out", f"{{other}}{'n' * 300}.txt", "--draft"], ["new", f"{{other}}{'n' * 300}"],
    ["bundle", "{case}", "--out", f"{{other}}{'n' * 300}"], ["bundle-check", "{case}", "{file}", "--out", "{other}.csv"],
    ["bundle-check", "{case}", "{file}", "--out", ""], ["deadlines", "{case}", "--ics", ""], ["routes", "{case}", "--as-of", "0001-01-01"],
    ["review", "{case}", "begin", "--meeting", "9999-12-31"], ["review", "{case}", "show", "²"], ["plan", "{case}", "show", "²"],
    ["event", "{case}", "add", "transfer_year", "²²²²"],
    ["provision", "{case}", "add", ""], ["provision", "{case}", "add", "F1", "--minutes", "inf"], ["provision", "{case}", "add", "F1", "--sessions", "nan"],
    ["provision", "{case}", "add", "F1", "--weeks-a-year", "90"], ["provision", "{case}", "report", "--from", "0001-01-01"],
    ["provision", "{case}", "losses", "--out", ""], ["provision", "{case}", "losses", "--out", "{file}"],
    ["provision", "{case}", "losses", "--out", "{file}/x"],
    ["verify", "{none}"], ["verify", "{file}"], ["verify", "{empty}"],
    ["poem"], ["--poem"], ["law"], ["law", "show", "poem"], ["law", "deadlines", "{none}"],
]  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_call_ends_with_one_clear_line(case: Path, tmp_path: Path, capsys: Captured, words: list[str]) -> None:
    (tmp_path / "file.txt").write_text("a")
    (tmp_path / "empty").mkdir()
    places = {"case": case, "given": tmp_path / "given", "none": tmp_path / "none", "file": tmp_path / "file.txt",
              "empty": tmp_path / "empty", "other": tmp_path / "other"}  # fmt: skip
    before = snapshot(case)
    try:
        status = cli.main([word.format(**places) if "{" in word else word for word in words])
    except SystemExit as ended:
        status = int(ended.code or 0)
    said = capsys.readouterr()
    assert status == 2, said
    assert said.err.startswith("casefile: ") and said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err and len(said.err) < 900
    assert not list(tmp_path.glob("other*"))
    if words[:2] != ["letter", "{case}"]:
        assert snapshot(case) == before


def snapshot(case: Path) -> dict[str, bytes]:
    """Every file of a case."""
    return {str(path.relative_to(case)): path.read_bytes() for path in sorted(case.rglob("*")) if path.is_file()}


def test_a_case_open_elsewhere_names_who_has_it(case: Path, capsys: Captured) -> None:
    with Store.open(case, now=NOW):
        assert cli.main(["documents", str(case)]) == 2
    assert "already open in another window on" in capsys.readouterr().err
    assert cli.main(["documents", str(case)]) == 0


def test_a_case_from_a_newer_program_is_left_alone(case: Path, capsys: Captured) -> None:
    data = bytearray((case / "case.db").read_bytes())
    data[60:64] = (9999).to_bytes(4, "big")
    (case / "case.db").write_bytes(data)
    before = snapshot(case)
    assert cli.main(["documents", str(case)]) == 2
    assert "newer version" in capsys.readouterr().err
    assert snapshot(case) == before


@pytest.mark.parametrize("what", ["empty", "text", "other program", "cut", "more tables"])
def test_a_database_that_is_no_case(case: Path, capsys: Captured, what: str) -> None:
    path = case / "case.db"
    if what == "other program":
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE a (b)")
        db.close()
    elif what == "more tables":
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE poem (line)")
        db.close()
    else:
        path.write_bytes({"empty": b"", "text": b"Dear Mrs Rahman" * 20, "cut": path.read_bytes()[:5000]}[what])
    before = snapshot(case)
    assert cli.main(["documents", str(case)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Traceback" not in said
    assert snapshot(case) == before


def test_a_papers_name_cannot_move_the_cursor(case: Path, tmp_path: Path, capsys: Captured) -> None:
    mail = making.mail(Subject="Hello =?utf-8?b?G1szMW1yZWQ=?= \u202eevil")
    mail.add_attachment(b"words", maintype="text", subtype="plain", filename="a\x1b]0;title\x07.txt")
    (tmp_path / "more.eml").write_bytes(bytes(mail))
    assert cli.main(["import", str(case), str(tmp_path / "more.eml")]) == 0
    assert cli.main(["documents", str(case)]) == 0
    assert cli.main(["search", str(case), "words"]) == 0
    said = capsys.readouterr().out
    assert "Hello" in said and not [letter for letter in "\x1b\x07\u202e" if letter in said]


def test_what_may_not_be_opened_is_named(case: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed folder among those given is told, and so is a file that may not be read."""
    closed, shut = tmp_path / "drawer" / "closed", tmp_path / "shut.pdf"
    closed.mkdir(parents=True)
    (tmp_path / "drawer" / "note.txt").write_text("A note about a call.")
    shut.write_bytes(b"%PDF-1.7")
    scan, open_ = os.scandir, Path.open

    def scandir(path: str) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    def opening(self: Path, *args: Any, **more: Any) -> Any:
        if self == shut:
            raise PermissionError(13, "Permission denied", str(self))
        return open_(self, *args, **more)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(Path, "open", opening)
    states = {Path(row["path"]).name: (row["state"], row["reason"]) for row in answer(capsys, "import", case, tmp_path / "drawer")["inputs"]}
    assert states["note.txt"][0] == "added"
    assert states["closed"] == ("skipped", "The folder could not be opened (Permission denied). Nothing in it was added.")
    for words in (["verify", str(shut)], ["bundle-check", str(case), str(shut)]):
        assert cli.main(words) == 2
        told = capsys.readouterr().err
        assert "Permission denied" in told and told.count("\n") == 1
