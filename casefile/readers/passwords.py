"""One password in the letters it may have been typed in: programs and computers differ in how they keep "£" or "é"."""

import contextlib
import unicodedata


def as_words(password: str) -> list[str]:
    """The password as typed, then with its letters put together, then without blanks round it; none twice."""
    words = unicodedata.normalize("NFKC", password)
    return list(dict.fromkeys((password, unicodedata.normalize("NFC", password), words, words.strip())))


def as_bytes(password: str) -> list[bytes]:
    """The password in the letters of newer files and of older ones, which kept "£" as whatever their computer used."""
    words = unicodedata.normalize("NFKC", password)
    made = [password.encode("utf-8", "replace")]
    for one in (words, words.strip()):
        for letters in ("utf-8", "latin-1", "cp1252", "cp850", "mac_roman"):
            with contextlib.suppress(UnicodeEncodeError):
                made.append(one.encode(letters))
    return list(dict.fromkeys(made))
