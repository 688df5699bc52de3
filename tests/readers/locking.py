"""Files locked with a password, made by the documented formats when a test needs them: zip folders, Word files new and old."""

import hashlib
import hmac
import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def word_locked(data: bytes, password: str) -> bytes:
    """A Word file, spreadsheet or slides under the lock of Office 2013 and later (AES-256, SHA-512).

    The library locks it; what holds it is made here, since the library loses what is smaller than 4,096 bytes.
    """
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    info, key = ECMA376Agile.generate_encryption_parameters(password)
    sealed = ECMA376Agile.encrypt_payload(io.BytesIO(data), info.encryptedKey, key, info.keyData.saltValue)
    return compound({"EncryptionInfo": ECMA376Agile.get_encryption_information(info, sealed, key), "EncryptedPackage": sealed})


def word_locked_2007(data: bytes, password: str) -> bytes:
    """The same under the lock of Office 2007 (AES-128, SHA-1)."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from msoffcrypto.method.ecma376_standard import ECMA376Standard

    salt, verifier = bytes(range(16)), b"sixteen letters."
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 24, 128, 16, salt)

    def sealed(plain: bytes) -> bytes:
        machine = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return machine.update(plain + bytes(-len(plain) % 16))

    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 24, 0, 0) + "Provider\0".encode("utf-16-le")
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + salt + sealed(verifier) + struct.pack("<I", 20) + sealed(hashlib.sha1(verifier).digest())
    return compound({"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", len(data)) + sealed(data)})


def old_word(words: str, password: str = "", *, how: str = "cryptoapi") -> bytes:
    """An old Word file (.doc) with these words, locked if there is a ``password``: ``cryptoapi`` as Word 2002 does, or ``rc4`` as 97."""
    start, text = 0x400, words.encode("cp1252")
    head = bytearray(start)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<I", head, 0x4C, len(text))
    clx = struct.pack("<BI2I", 2, 16, 0, len(text)) + struct.pack("<HIH", 0, 0x40000000 | (start * 2), 0)
    if not password:
        struct.pack_into("<H", head, 10, 0x0200)
        struct.pack_into("<II", head, 0x01A2, 0, len(clx))
        return compound({"WordDocument": bytes(head) + text, "1Table": clx})
    salt, verifier = bytes(range(16)), b"sixteen letters."
    digest = hashlib.md5 if how == "rc4" else hashlib.sha1
    check = _rc4(_key(password, salt, 0, how), verifier + digest(verifier).digest())
    if how == "rc4":
        lock = struct.pack("<HH", 1, 1) + salt + check
    else:
        about = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "Provider\0".encode("utf-16-le")
        lock = struct.pack("<HHII", 2, 2, 4, len(about)) + about + struct.pack("<I", 16) + salt + check[:16] + struct.pack("<I", 20) + check[16:]
    struct.pack_into("<H", head, 10, 0x0300)
    struct.pack_into("<I", head, 14, len(lock))
    struct.pack_into("<II", head, 0x01A2, len(lock), len(clx))
    main = bytes(head) + text
    table = lock + bytes(-len(lock) % 16) + clx
    struct.pack_into("<I", head, 0x01A2, table.index(clx))
    main = bytes(head[:0x44]) + _blocks(bytes(head) + text, password, salt, how)[0x44:]
    return compound({"WordDocument": main, "1Table": lock + _blocks(table, password, salt, how)[len(lock) :], "Data": _blocks(b"more", password, salt, how)})


def _key(password: str, salt: bytes, block: int, how: str) -> bytes:
    raw, number = password.encode("utf-16-le"), struct.pack("<I", block)
    if how == "rc4":
        short = hashlib.md5((hashlib.md5(raw).digest()[:5] + salt) * 16).digest()[:5]
        return hashlib.md5(short + number).digest()
    return hashlib.sha1(hashlib.sha1(salt + raw).digest() + number).digest()[:16]


def _blocks(plain: bytes, password: str, salt: bytes, how: str) -> bytes:
    return b"".join(_rc4(_key(password, salt, at // 512, how), plain[at : at + 512]) for at in range(0, len(plain), 512))


def _rc4(key: bytes, data: bytes) -> bytes:
    box, b = list(range(256)), 0
    for a in range(256):
        b = (b + box[a] + key[a % len(key)]) % 256
        box[a], box[b] = box[b], box[a]
    a, b, out = 0, 0, bytearray()
    for byte in data:
        a = (a + 1) % 256
        b = (b + box[a]) % 256
        box[a], box[b] = box[b], box[a]
        out.append(byte ^ box[(box[a] + box[b]) % 256])
    return bytes(out)


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file of these streams: the small ones inside the small stream of its root, as its format asks."""
    small: list[tuple[str, bytes]] = [(name, data) for name, data in streams.items() if len(data) < 4096]
    large = [(name, data) for name, data in streams.items() if len(data) >= 4096]
    starts, inner, chain = {}, b"", []
    for name, data in small:
        count = max(1, -(-len(data) // 64))
        starts[name] = len(chain)
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
        inner += data.ljust(count * 64, b"\0")
    folder = -(-(len(streams) + 1) // 4)
    parts: list[bytes] = [b"", struct.pack(f"<{len(chain)}I", *chain), inner, *(data for _, data in large)]
    counts = [folder, *(-(-len(part) // 512) for part in parts[1:])]
    fats = next(count for count in range(1, 400) if count + sum(counts) <= count * 128)
    fat, places = [_FAT] * fats, []
    for count in counts:
        places.append(len(fat) if count else _END)
        fat += [*range(len(fat) + 1, len(fat) + count), _END] if count else []
    starts |= {name: places[3 + at] for at, (name, _) in enumerate(large)}
    names = list(streams)
    entries = [_entry("Root Entry", 5, places[2], len(inner), child=1)]
    entries += [_entry(name, 2, starts[name], len(streams[name]), right=at + 2 if at + 1 < len(names) else _FREE) for at, name in enumerate(names)]
    entries += [bytes(64) + struct.pack("<HBB3I", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48)] * (4 * folder - len(entries))
    parts[0] = b"".join(entries)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIII", 0, fats, places[0], 0, 4096) + struct.pack("<IIII", places[1], counts[1], _END, 0)
    head += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fats * 512, b"\xff")
    return head + table + b"".join(part.ljust(-(-len(part) // 512) * 512, b"\0") for part in parts)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<HBB3I36xIQ", len(raw), kind, 1, _FREE, right, child, start, size)


def zip_locked(
    members: dict[str, bytes], password: str, how: str = "aes-2", *, letters: str = "utf-8", open_: Sequence[str] = (), strength: int = 3, method: int = 8,
    others: dict[str, str] | None = None,
) -> bytes:  # fmt: skip
    """A zip folder locked as ``old`` zip programs do, or by AES (``aes-1``, ``aes-2``).

    The members named in ``open_`` are not locked; ``others`` have passwords of their own. ``method`` is 0 or 8, the
    ``strength`` of AES 1 to 3.
    """
    body, listing = b"", b""
    for name, data in members.items():
        raw, packed = name.encode(), _packed(data, method)
        crc, flags, shown, extra = zlib.crc32(data), 0x800, method, b""
        secret = (others or {}).get(name, password).encode(letters)
        if name not in open_ and how == "old":
            flags, packed = flags | 1, _old(bytes(11) + bytes([crc >> 24]) + packed, secret)
        elif name not in open_:
            extra = struct.pack("<HHH2sBH", 0x9901, 7, int(how[-1]), b"AE", strength, method)
            flags, shown, packed = flags | 1, 99, _aes(packed, secret, strength)
            crc = 0 if how == "aes-2" else crc
        fixed = struct.pack("<HHHHHIIIHH", 51, flags, shown, 0, 33, crc, len(packed), len(data), len(raw), len(extra))
        listing += struct.pack("<IH", 0x02014B50, 51) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw + extra
        body += struct.pack("<I", 0x04034B50) + fixed + raw + extra + packed
    return body + listing + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(members), len(members), len(listing), len(body), 0)


def _packed(data: bytes, method: int) -> bytes:
    if not method:
        return data
    machine = zlib.compressobj(6, zlib.DEFLATED, -15)
    return machine.compress(data) + machine.flush()


def _old(plain: bytes, password: bytes) -> bytes:
    table = [_crc_of(byte) for byte in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def turn(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 255]

    for byte in password:
        turn(byte)
    out = bytearray()
    for byte in plain:
        mark = keys[2] | 2
        out.append(byte ^ (((mark * (mark ^ 1)) >> 8) & 255))
        turn(byte)
    return bytes(out)


def _crc_of(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (0xEDB88320 if byte & 1 else 0)
    return byte


def _aes(plain: bytes, password: bytes, strength: int) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    size = 8 + 8 * strength
    salt = bytes(range(4 + 4 * strength))
    made = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
    machine: Any = Cipher(algorithms.AES(made[:size]), modes.ECB()).encryptor()
    out = bytearray()
    for at in range(0, len(plain), 16):
        stream = machine.update((at // 16 + 1).to_bytes(16, "little"))
        out += bytes(a ^ b for a, b in zip(plain[at : at + 16], stream, strict=False))
    return salt + made[-2:] + bytes(out) + hmac.new(made[size : 2 * size], bytes(out), "sha1").digest()[:10]
