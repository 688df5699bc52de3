"""Commands that make paper: letters, bundles, and the check of both a case and a bundle."""

import argparse
from pathlib import Path
from typing import Any

from casefile.cli.output import named, now, opened, progress, put_json
from casefile.domain.dates import in_words, read_iso
from casefile.domain.letters import Draft
from casefile.domain.web_form import SMALLEST, form_pieces
from casefile.errors import BadFile, DoesNotHold, Invalid, NotFound
from casefile.library import load
from casefile.store.files import write_file


def register(commands: Any) -> None:
    """Add the commands that make and check paper."""
    letters = commands.add_parser("letters", help="the letters there are; with a case, which of them are ready")
    letters.add_argument("case", nargs="?", metavar="CASE")
    letters.add_argument("--json", action="store_true")
    letters.add_argument("--as-of", default="", metavar="DATE")
    letters.set_defaults(handle=_letters)

    letter = commands.add_parser("letter", help="write a letter from the record")
    letter.add_argument("case", metavar="CASE")
    letter.add_argument("template", metavar="LETTER")
    letter.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="an answer the letter asks for"
    )
    letter.add_argument("--out", required=True, metavar="FILE", help="ends in .pdf, .docx, .txt or .eml")
    letter.add_argument("--as-of", default="", metavar="DATE", help="the date of the letter")
    letter.add_argument("--draft", action="store_true", help="write it although facts are missing; gaps stay visible")
    letter.add_argument("--large", action="store_true", help="large print (PDF)")
    letter.add_argument("--proofs", action="store_true", help="say behind it what each fact rests on")
    letter.add_argument(
        "--box", type=int, metavar="NUMBER", help="for a web form (.txt): pieces of at most so many characters"
    )
    letter.add_argument(
        "--sent", default="", metavar="HOW", help="mark it as sent today: email, first_class, signed_for, hand, form"
    )
    letter.set_defaults(handle=_letter)

    verify = commands.add_parser("verify", help="check a case or a bundle against its own hashes")
    verify.add_argument("path", metavar="PATH")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(handle=_verify)


def _letters(given: argparse.Namespace) -> int:
    from casefile.services import letters

    today = read_iso(given.as_of, "--as-of") if given.as_of else now().date()
    if given.case:
        with opened(given.case) as store:
            found = letters.offered(store, load(), today)
    else:
        found = letters.forms(load())
    if given.json:
        rows = [
            {"id": one.id, "title": one.title, "to": one.to, "needs": list(one.needs), "ready": one.ready, "gaps": list(one.gaps)}
            for one in found
        ]  # fmt: skip
        put_json({"letters": rows})
        return 0
    for one in found:
        state = {True: "ready", False: "not ready", None: ""}[one.ready]
        print(f"{one.id:5} {one.title}. {state}".rstrip())
        print(f"      {one.purpose}")
        if one.gaps:
            print(f"      Still needed: {', '.join(one.gaps)}.")
    return 0


def _letter(given: argparse.Namespace) -> int:
    from casefile.services import letters
    from casefile.services.letter_proofs import notes_of, unread_in
    from casefile.services.tone import harsh_in

    out = named(given.out)
    ending = out.suffix.lower().lstrip(".")
    if ending not in letters.ENDINGS:
        raise Invalid(
            f"A letter cannot be written to “{out.name}”.", "Use a name that ends in .pdf, .docx, .txt or .eml."
        )
    if given.box is not None:
        _check_box(given.box, ending)
    today = read_iso(given.as_of, "--as-of") if given.as_of else now().date()
    values = {}
    for words in given.set:
        name, equals, value = words.partition("=")
        if not equals:
            raise Invalid(f"--set {words!r} has no “=”.", "Write it as name=value.")
        values[name.strip()] = value
    with opened(given.case) as store:
        library = load()
        made = letters.draft(store, library, given.template, values, today)
        if made.gaps and not given.draft:
            raise Invalid(
                f"The letter {made.template} was not written, because the record lacks: "
                f"{'; '.join(letters.lacking(library, made))}. Your case is safe.",
                "Record what is missing, or add --draft to write it with the gaps shown.",
            )
        # What is wrong with the call is found before anything is kept or written.
        if given.sent:
            letters.check_sending(made, given.sent)
        made = letters.keep(store, made)
        notes = notes_of(store, library, made) if given.proofs else ()
        target = write_file(out, letters.render(made, ending, large=given.large, notes=notes) if given.box is None else _for_form(made, given.box))
        if given.sent and made.id is not None:
            event = letters.mark_sent(store, library, made.id, on=today, how=given.sent)
            # Not every letter starts a clock: without an event nothing is counted from it.
            received = f" It counts as received on {in_words(event.on)}." if event.id is not None else ""
            print(f"Marked as sent.{received}")
        harsh = harsh_in(store, library, made)
    print(f"Wrote {target}.")
    for gap in made.gaps:
        print(f"Gap: {gap.what}.")
    for one in harsh:
        print(f"Look again at “{one.words}”: {one.group.why} {one.group.instead}")
    for words in unread_in(library, made):
        print(f"Not checked in the law itself: {words}. Ask a helpline before you lean on it.")
    return 0


def _check_box(box: int, ending: str) -> None:
    if ending != "txt":
        raise Invalid("Pieces for a web form are text.", "Use a name that ends in .txt.")
    if box < SMALLEST:
        raise Invalid(f"A box of {box} characters is too small.", f"Use at least {SMALLEST}.")


def _for_form(made: Draft, box: int) -> bytes:
    """A letter as text in pieces for the boxes of a web form."""
    pieces = form_pieces(made, box)
    heads = [f"--- Piece {at} of {len(pieces)}: {len(piece):,} characters ---" for at, piece in enumerate(pieces, 1)]
    return ("\n\n".join(f"{head}\n{piece}" for head, piece in zip(heads, pieces, strict=True)) + "\n").encode()


def _looks_like_a_bundle(path: Path) -> bool:
    if path.is_dir():
        return any(entry.suffix.lower() in (".zip", ".pdf") or "SHA-256" in entry.name for entry in path.iterdir())
    return path.suffix.lower() in (".zip", ".pdf")


def _verify(given: argparse.Namespace) -> int:
    path = named(given.path)
    try:
        answer = _checked(path, given)
    except OSError as problem:
        raise BadFile(f"“{path.name}” could not be read ({problem.strerror}). Nothing was changed.", "Check that you may open it.") from None
    if given.json:
        put_json(answer)
        return 0 if answer["ok"] else DoesNotHold.exit_code
    for one in answer["problems"]:
        print(f"{one['where']}: {one['what']}")
    if not answer["ok"]:
        raise DoesNotHold("This does not hold: it is not as it was made.", "Nothing was changed. Use another copy.")
    print(f"All is as it was made. {answer['documents']} papers checked. Seal: {answer['seal'] or 'none'}.")
    return 0


def _checked(path: Path, given: argparse.Namespace) -> dict[str, Any]:
    """What the check of a case or a bundle found."""
    from casefile.services import bundles, case

    if not path.exists():
        raise NotFound(f"There is nothing at “{path}”.", "Check the name.")
    if path.is_dir() and (path / "case.db").exists():
        with opened(given.path) as store:
            found = case.check(store, progress(given.json))
        return {
            "ok": found.ok, "problems": [{"where": one.where, "what": one.what} for one in found.problems],
            "documents": found.documents, "record_entries": found.record_entries, "seal": found.seal,
        }  # fmt: skip
    if not _looks_like_a_bundle(path):
        raise BadFile(
            f"“{path.name}” is neither a case nor a bundle. Nothing was changed.",
            "Give the folder of a case, or the zip or folder of a bundle.",
        )
    problems, count, seal = bundles.verify(path)
    return {
        "ok": not problems, "problems": [{"where": where, "what": what} for where, what in problems],
        "documents": count, "record_entries": 0, "seal": seal,
    }  # fmt: skip
