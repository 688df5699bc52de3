"""Volumes: a bundle too large for its recipient, cut between papers, each volume read back before it counts."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.child import ChildFailed
from casefile.printing.bundle.bag import LIST, read_list
from casefile.printing.bundle.bind import File
from casefile.printing.bundle.plan import Plan
from casefile.printing.bundle.volumes import labels_of, within
from casefile.progress import Progress
from casefile.services.bundle_join import Joined, cut
from casefile.services.bundle_layout import Layout
from casefile.services.bundle_pages import Pages, Press
from casefile.store.files import safe_name

_ROOM = 0.92
"""How full a volume is planned, as the weight of a paper in the bundle is only guessed from its file."""
_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume as written: its pages (0 is the first, ``last`` is not in it), its file, hash and size, and whether it
    was read back as planned."""

    first: int
    last: int
    path: Path
    sha256: str
    size: int
    holds: bool

    def told(self, name: str, most: int) -> dict[str, Any]:
        """The volume called ``name`` as a row of the checks; it fits when it has at most ``most`` bytes."""
        return {
            "file": name, "pages": self.last - self.first, "bytes": self.size, "fits": self.size <= most, "holds": self.holds,
        }  # fmt: skip


def volume_name(name: str, at: int, of: int) -> str:
    """What volume ``at`` (1 is the first) of a bundle called ``name`` is called."""
    return f"{name}, volume {at} of {of}.pdf"


def volumes(
    press: Press, layout: Layout, ready: Mapping[str, Pages], bundle: Joined, limits: tuple[str, int], progress: Progress,
) -> list[Volume]:  # fmt: skip
    """Cut a bundle into files beside it; none where it is small enough.

    ``limits`` are the name of the bundle, by which the volumes find each other, and the most bytes of one file. A single
    paper larger than that is a volume of its own. Raises ``BadFile`` when a volume cannot be made.
    """
    name, most = limits
    size = bundle.hashed[1]
    if size <= most:
        return []
    ranges = _ranges(layout, ready, size, int(most * _ROOM))
    while True:
        made: list[Volume] = []
        files = [_file(layout, name, at, ranges) for at in range(len(ranges))]
        for at, (first, last) in enumerate(ranges):
            progress.step("Cutting volumes", first, layout.pages)
            volume = _one(press, layout, bundle, files, at, progress)
            inside = [part.first - 1 for part in layout.parts if first < part.first - 1 < last]
            if volume.size > most and inside:
                # Heavier than was guessed: it is cut once more, at the paper nearest to its middle. All names change then.
                middle = min(inside, key=lambda page: abs(page - (first + last) // 2))
                ranges[at : at + 1] = [(first, middle), (middle, last)]
                break
            made.append(volume)
        else:
            return made


def section_files(
    press: Press, layout: Layout, names: tuple[str, Callable[[str], str]], bundle: Joined, progress: Progress,
) -> list[tuple[Volume, str]]:  # fmt: skip
    """A bundle as a file for each section beside it, the front pages first; each with what it is called.

    ``names`` are the name of the bundle, and what takes hidden words out of the names of sections.
    A print shop takes them one by one; every page keeps its number. Raises ``BadFile`` when one cannot be made.
    """
    name, over = names
    titles, starts, before = ["Front pages"], [0], ""
    for part in layout.parts:
        if part.section and part.section != before and not part.blank:
            titles.append(part.section)
            starts.append(part.first - 1)
            before = part.section
    ends = [*starts[1:], layout.pages]
    files = []
    for at, (title, first, last) in enumerate(zip(titles, starts, ends, strict=True), 1):
        shown = over(title)
        file = safe_name(f"{name}, part {at} {shown}.pdf")
        files.append(File(first, last, file, f"Part {at}, {shown}: in the file “{file}”"))
    made = []
    for at, one in enumerate(files):
        progress.step("Cutting sections", one.first, layout.pages)
        made.append((_one(press, layout, bundle, files, at, progress), one.name))
    return made


def _file(layout: Layout, name: str, at: int, ranges: Sequence[tuple[int, int]]) -> File:
    first, last = ranges[at]
    labels = layout.plan.stamps[first].label, layout.plan.stamps[last - 1].label
    file = volume_name(name, at + 1, len(ranges))
    return File(first, last, file, f"Volume {at + 1}, pages {labels[0]} to {labels[1]}: in the file “{file}”")


def left_over(folder: Path, name: str, made: Collection[str]) -> list[Path]:
    """The volumes and section files of an earlier export of ``name`` in ``folder`` that are not among the names ``made`` now.

    Only files that the list of hashes there names and that are still as they were made: what somebody changed is theirs.
    Ask before the list is replaced.
    """
    try:
        rows, _ = read_list((folder / LIST).read_bytes(), LIST)
    except OSError:
        return []
    ours = re.compile(re.escape(f"{name}, ") + r"(volume \d+ of \d+|part \d+ .+)\.pdf")
    named = [(folder / file, digest) for file, digest in rows.items() if ours.fullmatch(file) and file not in made]
    return [path for path, digest in named if _is(path, digest)]


def _is(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return not path.is_symlink() and hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def _ranges(layout: Layout, ready: Mapping[str, Pages], size: int, most: int) -> list[tuple[int, int]]:
    """Where to cut, by the weight each paper likely has in the bundle."""
    weights = []
    for part in layout.parts:
        pages = ready.get(part.key)
        if part.key in layout.own or pages is None:
            weights.append(float(len(layout.own.get(part.key, b""))))
        else:
            weights.append(Path(pages.path).stat().st_size * part.pages / max(1, pages.whole or pages.pages))
    scale = size / max(1.0, sum(weights))
    made: list[tuple[int, int]] = []
    first, filled = 0, 0.0
    for part, weight in zip(layout.parts, weights, strict=True):
        if filled and filled + weight * scale > most:
            made.append((first, part.first - 1))
            first, filled = part.first - 1, 0.0
        filled += weight * scale
    return [*made, (first, layout.pages)]


def _one(press: Press, layout: Layout, bundle: Joined, files: Sequence[File], at: int, progress: Progress) -> Volume:
    first, last = files[at].first, files[at].last
    # Volumes and sections lie side by side until all is in its place, and their own names may be long.
    target = bundle.path.parent / f"cut {hashlib.sha256(files[at].name.encode()).hexdigest()[:16]}.pdf"
    stamps = layout.plan.stamps[first:last]
    labels = [stamp.label for stamp in stamps]
    title = f"{layout.plan.title}, pages {labels[0]} to {labels[-1]}"
    plan = Plan(title, layout.plan.made, stamps, within(layout.plan.outline, first, last), labels_of(labels), layout.plan.links)
    written = cut(layout, bundle, plan, files, at, target, progress)
    return Volume(first, last, target, *written, _holds(press, target, labels, bundle.boxes[first:last], plan, progress))


def _holds(
    press: Press, path: Path, labels: list[str], boxes: Sequence[Sequence[float]], plan: Plan, progress: Progress
) -> bool:
    """Whether PDFium reads every number of a volume where it should stand, and every bookmark where it should lead."""
    request = {
        "do": "check", "path": str(path), "labels": labels, "boxes": boxes, "link_pages": len(labels), "samples": [],
        "first": 0, "last": len(labels),
    }  # fmt: skip
    try:
        answer, _ = press.child.ask(request, seconds=_SECONDS, progress=progress)
    except ChildFailed:
        return False
    found = answer.get("checked")
    if not found:
        return False
    leads = all(0 <= target < len(labels) for _, target in found["links"])
    marks = list(found["outline"]) == [mark.page for mark in plan.outline]
    return bool(found["pages"] == len(labels) and not found["unread"] and not found["broken"] and leads and marks)
