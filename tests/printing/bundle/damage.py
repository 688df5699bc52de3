"""Damage as disks, mail programs and bad software do it, by chance and yet the same each time."""

import io
import random
import re

import pikepdf


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A PDF with some harm done to it: bytes changed, cut off, doubled, wiped, or its objects named wrongly."""
    made = bytearray(data)
    how = chance.choice((_flipped, _cut, _doubled, _wiped, _in_the_clear, _misnamed))
    return bytes(how(made, chance))


def _flipped(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def _cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(100, len(data))]


def _doubled(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    return data[:at] + data[max(0, at - 500) :]


def _wiped(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.randint(1, 400))
    data[at:end] = bytes(end - at)
    return data


def _plain(data: bytearray) -> bytearray:
    """The same PDF with all its words in the clear, so that damage reaches what pages say; as it is where it cannot be opened."""
    target = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(target, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return data
    return bytearray(target.getvalue())


def _in_the_clear(data: bytearray, chance: random.Random) -> bytearray:
    made = _plain(data)
    for _ in range(chance.randint(1, 6)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return made


def _misnamed(data: bytearray, chance: random.Random) -> bytearray:
    made = _plain(data)
    names = list(re.finditer(rb"(\d+) 0 R", made))
    for one in chance.sample(names, min(len(names), chance.randint(1, 4))):
        other = chance.choice(names)[1]
        if len(other) == len(one[1]):
            made[one.start(1) : one.end(1)] = other
    return made
