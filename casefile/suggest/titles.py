"""A short name for a paper, as a person would say it."""

import re

from casefile.domain.dates import in_words
from casefile.domain.documents import KINDS, DateGuess
from casefile.suggest import people

_MOST = 120
_CAMERA = re.compile(
    r"^(?:img|image|dsc[nf]?|pxl|mvimg|p|photo|picture|screenshot|whatsapp image|wa|scan|scanned|doc|document|file|bild)?[\s._-]*"
    r"[\d\s._,()-]*(?:at [\d. :]+)?$",
    re.IGNORECASE,
)
_PICTURES = frozenset({"jpeg", "png", "gif", "tiff", "heic", "webp", "bmp"})
_HOLDERS = {"zip": "Zip folder", "mbox": "Mailbox", "tnef": "Outlook wrapper"}


def says_something(words: str) -> bool:
    """Whether a name is words a person wrote, and not what a camera, a scanner or a database left there."""
    if _CAMERA.match(words.strip()) or (re.search(r"\d{5}", words) and words == words.upper()):
        return False
    spoken = [word for word in re.split(r"[\s_.\-]+", words) if re.fullmatch(r"[^\W\d_]{2,}", word)]
    return len(spoken) >= 2 or (len(spoken) == 1 and len(spoken[0]) >= 4 and not re.search(r"\d{3}", words))


def headline(body: str) -> str:
    """The first words of a text, up to the end of what reads like its heading; empty where it has no words."""
    lines = [" ".join(line.split()) for line in body.splitlines()]
    lines = [line for line in lines if re.search(r"[^\W\d_]{2}", line) and not re.match(r"page\b", line, re.IGNORECASE)]
    made = ""
    for line in lines[:3]:
        made = f"{made} {line}".strip()
        if len(made) >= 20 or len(made.split()) >= 3:
            break
    made = made.split("\t")[0].strip() if "\t" in made and len(made.split("\t")[0]) >= 12 else " ".join(made.split())
    if len(made) > 80:
        sentence = re.match(r".{12,80}?[.!?](?=\s)", made)
        made = sentence[0] if sentence else f"{made[:78].rsplit(' ', 1)[0]}…"
    return made.strip(" ,;:|-")


_DATED = re.compile(r"^\(?(?:20\d\d[-. ]?[01]\d[-. ]?[0-3]\d|[0-3]?\d[-. ][01]?\d[-. ](?:20)?\d\d)\)?[\s\-–,:.]+(?=\S)")


def _stem(name: str) -> str:
    """A file's name without its ending and without a date before it, which is shown in its own place."""
    words = " ".join((name.rpartition(".")[0] or name).replace("_", " ").split())
    bare = _DATED.sub("", words)
    plainly = bare != words or (bare == bare.lower() and " " in bare)
    return bare[:1].upper() + bare[1:] if plainly else words


def _picture(name: str, date: DateGuess | None, type_: str) -> str:
    what = "Scan" if type_ == "tiff" else "Photo" if type_ in ("jpeg", "heic") else "Picture"
    return f"{what}, {in_words(date.value)}" if date else f"{what} “{name[:60]}”"


def title_of(
    type_: str, name: str, own: str, *, kind: str, organisation: str, sender: str, date: DateGuess | None, body: str
) -> str:
    """What to call a paper.

    ``own`` is its own title (a mail's subject, a file's title), ``name`` its file name, ``body`` its words. In order: a
    mail's subject; the kind with its sender; a letter's subject; its own title, file name or first words, whichever
    says something.
    """
    stem = _stem(name)
    if type_ in ("eml", "msg"):
        return (
            own[:_MOST] or (f"Email from {sender}, without a subject" if sender else "Email without a subject")[:_MOST]
        )
    if type_ in _HOLDERS:
        return f"{_HOLDERS[type_]}: {stem or 'without a name'}"[:_MOST]
    if kind and kind not in ("letter", "email", "photo", "note", "other"):
        return f"{KINDS[kind]}{f' from {organisation}' if organisation else ''}"[:_MOST]
    if subject := people.subject_in(body):
        return subject[:_MOST]
    if kind == "letter" and organisation:
        return f"Letter from {organisation}"[:_MOST]
    if type_ in _PICTURES and not says_something(stem):
        return _picture(name, date, type_)[:_MOST]
    for words in (own, stem):
        if says_something(words):
            return words[:_MOST]
    return (headline(body) or own or stem or "Paper without a name")[:_MOST]
