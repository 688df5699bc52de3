"""Office files locked with a password: newer ones, which are one sealed package, and old Word files."""

import contextlib
import importlib
import io
import struct
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree

from casefile.readers import ASKS, LIMITS, Incoming, Unreadable
from casefile.readers.kinds import kind_of
from casefile.readers.passwords import as_words

_INFO = "EncryptionInfo"
_OTHER_LOCK = "it is locked in a way the program does not know. Open it in Word or Excel, save it there without a password, and add that too"
_DAMAGED = "it is damaged, or only part of it arrived"
_INSIDE = frozenset({"docx", "xlsx", "pptx"})
_HEAD, _FLAGS, _OBFUSCATED, _ENCRYPTED, _KEY = 0x44, 10, 0x8000, 0x0100, 14
"""In the main stream of an old Word file: how much of its head is never locked; where its flags stand, and where the key's size."""


def read_sealed(data: bytes) -> Incoming:
    """Always raises ``Unreadable``: what is sealed asks for its password, or lets in only some people."""
    if _INFO.encode("utf-16-le") in data:
        raise Unreadable(ASKS)
    raise Unreadable("its sender opens it only to certain people, and no password helps. Ask the sender for a copy that anybody can open")


def unsealed(data: bytes, password: str) -> bytes | None:
    """What is in a sealed package; None when the password does not open it. Raises ``Unreadable`` for a lock that is not known
    and for what is damaged.

    The checksum of the whole is not asked: writers differ in what they take it of. What is inside is a zip folder, and the
    reader of each part of it finds what is damaged.
    """
    ooxml: Any = importlib.import_module("msoffcrypto.format.ooxml")
    with _told():
        _check_info(data)
        sealed = ooxml.OOXMLFile(io.BytesIO(data))
        if not _fits(lambda words: sealed.load_key(password=words, verify_password=True), password):
            return None
        target = io.BytesIO()
        sealed.decrypt(target)
    copy = target.getvalue()
    if kind_of(copy) not in _INSIDE:
        raise Unreadable("what is locked in it is no Word file, spreadsheet or slides")
    return copy


def unlocked_doc(data: bytes, password: str) -> bytes | None:
    """An old Word file without its lock; None when the password does not open it. Raises as ``unsealed`` does.

    It is put together in memory: the library's own way goes over a file, and nothing may be written while a file is read.
    """
    doc97: Any = importlib.import_module("msoffcrypto.format.doc97")
    with _told():
        locked = doc97.Doc97File(io.BytesIO(data))
        if not locked.info.fib.base.fEncrypted or locked.info.fib.base.fObfuscation:
            raise Unreadable(_OTHER_LOCK)
        if not _fits(lambda words: locked.load_key(password=words), password):
            return None
        return _without_lock(data, locked)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Whatever a foreign file provokes, said as ``Unreadable``: a lock that is not known, or damage."""
    exceptions: Any = importlib.import_module("msoffcrypto.exceptions")
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except exceptions.InvalidKeyError:  # the password was proved before
        raise Unreadable(_DAMAGED) from None
    except exceptions.DecryptionError:
        raise Unreadable(_OTHER_LOCK) from None
    except Exception as problem:
        raise Unreadable(_DAMAGED) from problem


def _fits(load: Any, password: str) -> bool:
    """Whether some spelling of the password opens the file; ``load`` then holds its key."""
    exceptions: Any = importlib.import_module("msoffcrypto.exceptions")
    for words in as_words(password):
        try:
            load(words)
        except (exceptions.InvalidKeyError, UnicodeEncodeError):
            continue
        return True
    return False


def _check_info(data: bytes) -> None:
    """Look at what a package says of its lock before another reader does: no DTD, no entities, no endless lengths."""
    olefile: Any = importlib.import_module("olefile")
    ole = olefile.OleFileIO(io.BytesIO(data))
    if not ole.exists(_INFO) or not ole.exists("EncryptedPackage"):
        raise Unreadable(_DAMAGED)
    told = bytes(ole.openstream(_INFO).read(LIMITS["mail_header"]))
    if struct.unpack_from("<HH", told) == (4, 4):
        ElementTree.fromstring(told[8:], forbid_dtd=True)


def _without_lock(data: bytes, locked: Any) -> bytes:
    """The same file with its locked streams opened and its flags saying so."""
    olefile: Any = importlib.import_module("olefile")
    target = io.BytesIO(data)
    ole = olefile.OleFileIO(target, write_mode=True)
    for name in ("WordDocument", locked.info.tablename, "Data"):
        if not ole.exists(name):
            continue
        given = bytes(ole.openstream(name).read())
        opened = _stream(locked, given)
        if name == "WordDocument":
            head = bytearray(given[:_HEAD])
            flags = struct.unpack_from("<H", head, _FLAGS)[0] & ~(_ENCRYPTED | _OBFUSCATED)
            struct.pack_into("<H", head, _FLAGS, flags)
            struct.pack_into("<I", head, _KEY, 0)
            opened = bytes(head) + opened[_HEAD:]
        ole.write_stream(name, opened)
    return target.getvalue()


def _stream(locked: Any, given: bytes) -> bytes:
    if locked.type == "rc4":
        rc4: Any = importlib.import_module("msoffcrypto.method.rc4")
        return bytes(rc4.DocumentRC4.decrypt(locked.key, locked.salt, io.BytesIO(given)).read())
    cryptoapi: Any = importlib.import_module("msoffcrypto.method.rc4_cryptoapi")
    return bytes(cryptoapi.DocumentRC4CryptoAPI.decrypt(locked.key, locked.salt, locked.keySize, io.BytesIO(given)).read())
