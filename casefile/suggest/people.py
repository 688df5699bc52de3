"""Who wrote a paper, to whom, and under what reference."""

import re

from casefile.domain.documents import PersonGuess

_BODY = re.compile(
    r"\b(council|borough|school|academy|college|nursery|nhs|trust|hospital|tribunal|ombudsman|integrated care|ofsted|clinic|surgery|mediation|solicitors?)\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"^\s*(yours (?:sincerely|faithfully|truly)|kind regards|best regards|regards|best wishes|many thanks|with thanks|kindest regards)[,.]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_ROLE = re.compile(
    r"\b(officer|manager|coordinator|co-ordinator|head|senco|teacher|psychologist|therapist|director|clerk|administrator|lead|consultant|nurse|doctor|adviser|advisor|investigator|judge|registrar|caseworker)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:(?:our|your|council|case|complaint|appeal)\s+)?ref(?:erence)?(?:\s+(?:no|number))?\.?\s*:?\s+(?P<plain>[A-Z0-9][A-Z0-9/.\-]{2,24}\d[A-Z0-9/.\-]*)"
    r"|\b(?P<tribunal>EH\d{3}/\d{2}/\d{4,6})\b",
    re.IGNORECASE,
)


def _domain_name(address: str) -> str:
    """A name for the body behind a public mail address: "northbrook.gov.uk" gives "northbrook"."""
    domain = address.rpartition("@")[2].lower()
    match = re.search(r"([a-z0-9-]+)\.(gov|sch|nhs|ac|police)\.uk$", domain)
    return match[1].replace("-", " ").title() if match else ""


def _organisation(text: str) -> tuple[str, str]:
    """The first line near the top that names a public body, and the line as it stands."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:12]
    for line in lines:
        if re.match(r"(dear|to|re|subject|child|name|pupil)\b", line, re.IGNORECASE):
            break
        if re.search(r":|\b(report|plan|advice|record|notes?|request)\b", line, re.IGNORECASE):
            continue
        if len(line) <= 70 and _BODY.search(line) and not line.endswith((".", "?")) and "@" not in line:
            return line.strip(" ,|"), line
    return "", ""


def _signed(text: str) -> tuple[str, str, str]:
    """The name, post and body under "Yours sincerely"."""
    closes = list(_CLOSE.finditer(text))
    if not closes:
        return "", "", ""
    match = closes[-1]
    lines = [line.strip(" ,") for line in text[match.end() :].splitlines() if line.strip()][:5]
    name = (
        lines[0]
        if lines and len(lines[0]) <= 50 and not _BODY.search(lines[0]) and not any(c.isdigit() for c in lines[0])
        else ""
    )
    role = next((line for line in lines[1:3] if _ROLE.search(line) and len(line) < 70), "")
    body = next((line for line in lines[1:] if _BODY.search(line) and line != role and len(line) < 70), "")
    return name, role, body


def sender_of(head: tuple[str, str], text: str, *, mail: bool) -> PersonGuess | None:
    """Who sent it: from the head of a mail, else from the letterhead and the signature."""
    name, role, body = _signed(text)
    if mail:
        who, address = head
        if not who and not address:
            return None
        organisation = body or _domain_name(address)
        return PersonGuess(who or name or address, organisation, role, True, "From the head of the mail.")
    top, line = _organisation(text)
    if not top and not name:
        return None
    because = "From the top of the page." if top else "From the name at the end."
    return PersonGuess(name, top or body, role, bool(top), because, line or name)


def recipient_of(head: tuple[str, str], text: str, *, mail: bool) -> PersonGuess | None:
    """To whom it was sent: from the head of a mail, else from the greeting."""
    if mail:
        who, address = head
        return (
            PersonGuess(who or address, _domain_name(address), "", True, "From the head of the mail.")
            if who or address
            else None
        )
    match = re.search(r"^\s*Dear\s+([^\n,]{2,60}),?\s*$", text, re.MULTILINE)
    if not match or re.search(r"\b(sir|madam|parent|carer|colleague|all)\b", match[1], re.IGNORECASE):
        return None
    return PersonGuess(match[1].strip(), "", "", False, "From the greeting.", match[0].strip())


def references_in(text: str) -> tuple[str, ...]:
    """Case and letter references quoted in a text, once each."""
    found = [(match["plain"] or match["tribunal"]).rstrip(".-/") for match in _REFERENCE.finditer(text)]
    return tuple(dict.fromkeys(found))[:10]


def subject_in(text: str) -> str:
    """The subject line of a letter: after "Re:" or "Subject:", or the line under the greeting."""
    match = re.search(r"^\s*(?:re|subject)\s*:\s*(.{4,120})$", text, re.IGNORECASE | re.MULTILINE)
    if match:
        return match[1].strip()
    match = re.search(r"^\s*Dear [^\n]{2,60}\n+\s*([^\n]{6,100})\n", text, re.MULTILINE)
    if match and not match[1].strip().endswith((".", ",", ";")) and len(match[1].split()) <= 14:
        return match[1].strip()
    return ""
