"""The letter as plain text, for a council's web form, and as an email draft that opens ready to be sent."""

import hashlib
import mimetypes
import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from casefile.domain.letter_notes import TITLE, Note
from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Draft
from casefile.printing.letter import references
from casefile.printing.style import clean

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


def _paragraphs(draft: Draft) -> list[str]:
    """The letter from its salutation to those copied, one string a paragraph."""
    made = [draft.salutation, draft.subject]
    if draft.about:
        made.append(draft.about)
    for part in parts_of(draft.body):
        made.append(part.plain)
    made.append(draft.closing)
    made.append("\n".join(line for line in (draft.signed, draft.relation) if line))
    if draft.enclosed:
        made.append("\n".join(["Enclosed:", *draft.enclosed]))
    if draft.copied:
        made.append(f"Copied to: {'; '.join(draft.copied)}")
    return ["\n".join(clean(line) for line in paragraph.splitlines()) for paragraph in made]


def _notes(notes: Sequence[Note]) -> list[str]:
    """What each fact rests on, a paragraph each."""
    rows = [f"{note.place} “{note.words}”: {note.rests_on}" for note in notes]
    return [clean(row) for row in ([TITLE, *rows] if rows else [])]


def letter_text(draft: Draft, notes: Sequence[Note] = ()) -> str:
    """The whole letter as plain text with Unix line ends: addresses, references, then a blank line between paragraphs."""
    blocks = (draft.sender, draft.recipient, tuple(f"{label}: {value}" for label, value in references(draft)))
    top = ["\n".join(clean(line) for line in block) for block in blocks if block]
    return "\n\n".join([*top, *_paragraphs(draft), *_notes(notes)]).replace("\u00a0", " ") + "\n"


def mail_address(text: str) -> Address | None:
    """A plain email address for a header, or None for anything that is not just that."""
    words = text.strip()
    if not _ADDRESS.fullmatch(words) or ".." in words:
        return None
    name, _, domain = words.rpartition("@")
    return Address(username=name, domain=domain)


def _attach(message: EmailMessage, attachments: Sequence[tuple[str, bytes]]) -> None:
    for name, data in attachments:
        kind = mimetypes.guess_type(name, strict=True)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        if main in ("text", "message", "multipart"):
            main, sub = "application", "octet-stream"
        message.add_attachment(data, maintype=main, subtype=sub, filename=clean(name).replace("/", "-"))


def letter_eml(draft: Draft, attachments: Sequence[tuple[str, bytes]] = (), notes: Sequence[Note] = ()) -> bytes:
    """The letter as an email file that mail programs open as a draft (``X-Unsent``).

    ``attachments`` are names and bytes. The headers are exactly From, To, Subject, X-Unsent and those of MIME: case
    text is cleaned of line ends before it comes near one, and an address that is not an address is left out.
    """
    message = EmailMessage(policy=SMTP)
    from_ = next((found for line in draft.sender if (found := mail_address(line))), None)
    if from_:
        message["From"] = Address(clean(draft.signed).strip(), from_.username, from_.domain)
    to = mail_address(draft.email)
    if to:
        message["To"] = to
    child = draft.about.split(", born", 1)[0]
    named = ". ".join(part for part in (draft.subject, child) if part)
    message["Subject"] = clean(f"{named}, {draft.reference}" if draft.reference else named)[:400]
    message["X-Unsent"] = "1"
    body = _paragraphs(draft)
    del body[1]  # the subject is a header here
    contact = "\n".join(clean(line) for line in draft.sender)
    message.set_content("\n\n".join([*body, contact, *_notes(notes)]).replace("\u00a0", " ") + "\n", cte="quoted-printable")
    _attach(message, attachments)
    if message.is_multipart():
        digest = hashlib.sha256(b"".join([message["Subject"].encode(), *(data for _, data in attachments)])).hexdigest()
        message.set_boundary(f"=_{digest[:40]}")
    return message.as_bytes()
