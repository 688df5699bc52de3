"""The locked members of a zip folder: the old lock of zip programs, and AES as WinZip and 7-Zip write it (AE-1 and AE-2)."""

import bz2
import hashlib
import hmac
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from casefile.readers.passwords import as_bytes

_AES, _ABOUT_AES = 99, 0x9901
_ROUNDS, _CODE = 1000, 10
_CHUNK = 1 << 16
Tell = Callable[[str, int, int], None]


class WrongPassword(Exception):
    """The password does not open this member."""


class UnknownLock(Exception):
    """The member is locked or packed in a way that is not known here."""


class Damaged(Exception):
    """The member is damaged; with the old lock, this may also be a wrong password that looked right."""


class Keys:
    """One password, tried on member after member of a zip folder. ``fitted`` says that it opened one of them."""

    def __init__(self, password: str, tell: Tell) -> None:
        self._spellings, self.tell = as_bytes(password), tell
        self.fitted = False

    def content(self, packed: zipfile.ZipFile, data: bytes, entry: zipfile.ZipInfo, most: int) -> bytes:
        """A locked member's bytes, more than ``most`` of them only as a sign that there are. ``data`` is the whole folder.

        Raises ``WrongPassword``, ``UnknownLock`` or ``Damaged``.
        """
        damaged = False
        for spelling in self._spellings:
            try:
                if entry.compress_type == _AES:
                    made = _aes(data, entry, spelling, most, self.tell)
                else:
                    made = _old(packed, entry, spelling, most, self.tell)
            except WrongPassword:
                continue
            except Damaged:
                # A proved password makes it sure for AES; the old lock has a check of one byte, so the next may be right.
                if entry.compress_type == _AES:
                    self.fitted = True
                    raise
                damaged = True
                continue
            self.fitted = True
            # What opened one member is tried first on the next.
            self._spellings.remove(spelling)
            self._spellings.insert(0, spelling)
            return made
        raise Damaged if damaged else WrongPassword


def _old(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, password: bytes, most: int, tell: Tell) -> bytes:
    try:
        file = packed.open(entry, pwd=password)
    except NotImplementedError:
        raise UnknownLock from None
    except RuntimeError:
        raise WrongPassword from None
    except Exception as problem:
        raise Damaged from problem
    parts, size = [], 0
    try:
        with file:
            while size <= most and (part := file.read(_CHUNK)):
                parts.append(part)
                size += len(part)
                tell("", 0, 0)
    except Exception as problem:  # what was opened with a wrong password is noise, and unpacking noise may raise anything
        raise Damaged from problem
    return b"".join(parts)


def _aes(data: bytes, entry: zipfile.ZipInfo, password: bytes, most: int, tell: Tell) -> bytes:
    """A member under AES. Its authentication code is verified before anything of it is opened."""
    version, strength, method = _about(entry)
    body = _body(data, entry)
    salt_size, key_size = 4 + 4 * strength, 8 + 8 * strength
    if len(body) < salt_size + 2 + _CODE:
        raise Damaged
    salt, check = bytes(body[:salt_size]), bytes(body[salt_size : salt_size + 2])
    sealed, code = body[salt_size + 2 : -_CODE], bytes(body[-_CODE:])
    made = hashlib.pbkdf2_hmac("sha1", password, salt, _ROUNDS, 2 * key_size + 2)
    if not hmac.compare_digest(made[-2:], check):
        raise WrongPassword
    if not hmac.compare_digest(hmac.new(made[key_size : 2 * key_size], sealed, "sha1").digest()[:_CODE], code):
        raise Damaged
    content = _unpacked(_opened(sealed, made[:key_size], tell), method, most)
    # AE-2 leaves the checksum out, since it would tell something of what is inside.
    if version == 1 and len(content) <= most and zlib.crc32(content) != entry.CRC:
        raise Damaged
    return content


def _about(entry: zipfile.ZipInfo) -> tuple[int, int, int]:
    """What a member says of its lock: version 1 or 2, strength 1 to 3 (128, 192 or 256 bits), and how it was packed."""
    extra, at = entry.extra, 0
    while at + 4 <= len(extra):
        name, size = struct.unpack_from("<HH", extra, at)
        if name == _ABOUT_AES and size == 7 and at + 11 <= len(extra):
            version, maker, strength, method = struct.unpack_from("<H2sBH", extra, at + 4)
            if maker == b"AE" and version in (1, 2) and strength in (1, 2, 3):
                return version, strength, method
        at += 4 + size
    raise UnknownLock


def _body(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """The bytes of a member as they lie in the folder, behind its own head."""
    at = entry.header_offset
    if data[at : at + 4] != b"PK\x03\x04" or at + 30 > len(data):
        raise Damaged
    name, extra = struct.unpack_from("<HH", data, at + 26)
    start = at + 30 + name + extra
    if start + entry.compress_size > len(data):
        raise Damaged
    return memoryview(data)[start : start + entry.compress_size]


def _opened(sealed: memoryview, key: bytes, tell: Tell) -> Iterator[bytes]:
    """The member piece by piece. The format counts its blocks from 1 with the lowest byte first, as no ready-made mode does."""
    # Only now: most zip folders are not locked.
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    for at in range(0, len(sealed), _CHUNK):
        part = sealed[at : at + _CHUNK]
        first = at // 16 + 1
        counted = b"".join(number.to_bytes(16, "little") for number in range(first, first + -(-len(part) // 16)))
        stream = cipher.update(counted)[: len(part)]
        yield (int.from_bytes(part, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(part), "little")
        tell("", 0, 0)


def _unpacked(parts: Iterator[bytes], method: int, most: int) -> bytes:
    """What was packed by ``method``, at most one piece more than ``most`` bytes of it."""
    if method == zipfile.ZIP_STORED:
        return b"".join(parts)
    if method not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        raise UnknownLock
    machine: Any = zlib.decompressobj(-15) if method == zipfile.ZIP_DEFLATED else bz2.BZ2Decompressor()
    made, size = [], 0
    try:
        for part in parts:
            made.append(machine.decompress(part, most + 1 - size))
            size += len(made[-1])
            if size > most or machine.eof:
                break
    except (zlib.error, OSError, ValueError, EOFError) as problem:
        raise Damaged from problem
    if size <= most and not machine.eof:
        raise Damaged
    return b"".join(made)
