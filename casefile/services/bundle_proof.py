"""Checking an exported bundle against its own hashes: the zip, the folder it was exported to, or the PDF alone."""

from pathlib import Path

from casefile.printing.bundle.bag import LIST, check_bag, read_list, sha256_of
from casefile.services.bundle_place import cut_off


def verify(path: Path) -> tuple[list[tuple[str, str]], int, str]:
    """What is wrong with an exported bundle (where, what), how many files were checked, and its seal.

    ``path`` is the zip, the folder of the export, or the PDF, which is checked against the list beside it.
    """
    if path.is_dir():
        return _folder(path, path / LIST, None)
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"PK" or path.suffix.lower() == ".zip":
        found = check_bag(path)
        return list(found.problems), found.files, found.seal
    beside = path.parent / LIST
    if not beside.is_file():
        return [(path.name, f"cannot be checked: there is no {LIST} beside it")], 0, ""
    return _folder(path.parent, beside, path.name)


def _folder(folder: Path, list_: Path, only: str | None) -> tuple[list[tuple[str, str]], int, str]:
    if cut_off(folder):
        return [(folder.name, "was left while a new bundle was put in its place. Export the bundle again into this folder")], 0, ""
    if not list_.is_file():
        return [(folder.name, f"is no exported bundle: it holds no {LIST}")], 0, ""
    rows, problems = read_list(list_.read_bytes(), LIST)
    if not rows:
        problems.append((LIST, "names no file"))
    if only is not None and only not in rows:
        problems.append((only, f"is not in {LIST}"))
    files, seal = 0, ""
    for name, digest in rows.items():
        if only not in (None, name):
            continue
        target = folder / name
        if Path(name).name != name or not target.is_file():
            problems.append((name, "is missing"))
            continue
        files += 1
        with target.open("rb") as file:
            found, _ = sha256_of(iter(lambda file=file: file.read(1 << 20), b""))  # type: ignore[misc]
        if found != digest:
            problems.append((name, "is not as it was made"))
        elif name.endswith(".zip"):
            inside = check_bag(target)
            problems += inside.problems
            files, seal = files + inside.files, inside.seal
    return problems, files, seal
