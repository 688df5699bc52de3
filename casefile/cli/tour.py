"""Where there is no screen: the sample case, a letter and a bundle in a folder, and where they are."""

from pathlib import Path

from casefile.cli.output import now, progress
from casefile.library import load
from casefile.store.files import free_name, write_file


def run(parent: Path | None = None) -> int:
    """Make the sample case, its letter in four forms and its bundle in a new folder; returns the exit status."""
    from casefile.services import bundles, letters
    from casefile.services.sample import make_sample

    moment = now()
    folder = free_name((parent or Path.cwd()) / "casefile-sample")
    library = load()
    print("There is no screen here, so the sample case is made instead. Everyone in it is invented.", flush=True)
    with make_sample(folder / "case", library, progress(False), now=moment) as store:
        made = letters.save(store, letters.draft(store, library, "L08", {}, moment.date()))
        for ending in letters.ENDINGS:
            write_file(folder / f"letter.{ending}", letters.render(made, ending))
        chosen = bundles.compose(store, library, "complaint_stage_1", draft=made.id, today=moment.date())
        report = bundles.export(
            store, library, chosen, folder / "bundle", progress(False), today=moment.date(), now=moment
        )
    print(f"The case:   {folder / 'case'}")
    print(f"The letter: {folder / 'letter.pdf'} (and .docx, .txt, .eml)")
    print(f"The bundle: {report.pdf[0]}, {report.pages} pages, and {report.zip.name}")
    print("On a computer with a screen the same command opens the window.")
    return 0
