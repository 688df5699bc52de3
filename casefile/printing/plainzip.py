"""Zip files whose bytes depend on nothing but what is in them."""

import io
import zipfile
from collections.abc import Iterable

_TIME = (1980, 1, 1, 0, 0, 0)


def entry(name: str, kind: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """The head of a zip member with a fixed time and fixed rights."""
    made = zipfile.ZipInfo(name, _TIME)
    made.compress_type = kind
    made.create_system = 3
    made.external_attr = 0o100644 << 16
    return made


def zipped(members: Iterable[tuple[str, bytes]], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the named members, in the order given; equal members give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in members:
            made.writestr(entry(name, kind), data)
    return target.getvalue()


def settled(data: bytes) -> bytes:
    """A zip made anew with the same members in the same order, without the moment it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return zipped((name, source.read(name)) for name in source.namelist())
