"""What in a paper may be somebody else's business: other children, mobile numbers, addresses, days of birth, NHS numbers.

All of it is a guess from the shape of words. Nothing is ever hidden because of it: a parent says yes to each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?"
_WHOLE = rf"{_NAME}(?:[ \t]+{_NAME}){{0,2}}"
_CHILD = r"(?:pupil|child|classmate|friend|peer|student|boy|girl|brother|sister|sibling|twin|cousin)"
_OTHER_CHILD = (
    re.compile(
        rf"\b(?i:another|other|a|his|her|their|best|younger|older|little|fellow)[ \t]+(?:\w+[ \t]+)?(?i:{_CHILD}),?[ \t]+"
        rf"(?:called[ \t]+|named[ \t]+)?(?P<name>{_WHOLE})"
    ),
    re.compile(rf"(?P<name>{_WHOLE}),?[ \t]+(?:\([^)]{{0,20}}\)[ \t]*)?(?:a|another)[ \t]+(?:other[ \t]+)?{_CHILD}\b"),
    re.compile(rf"\b(?:worked|sat|played|argued|paired|fell out|partnered)[ \t]+with[ \t]+(?P<name>{_WHOLE})"),
    re.compile(rf"\b(?i:mother|father|mum|dad|parents?) of[ \t]+(?P<name>{_WHOLE})"),
)
_STARTS = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|The|This|Year|Class|Another|Other)$")
_MOBILE = re.compile(r"(?<![\w./-])(?:\+44[ \t]?\(?0?\)?[ \t]?|0)7(?:[ \t-]?\d){9}(?![\w/-])")
_PHONE = re.compile(r"(?<![\w./-])(?:\+44[ \t]?\(?0?\)?[ \t]?|0)[1-35689](?:[ \t-]?\d){8,9}(?![\w/-])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NHS = re.compile(r"(?<![\w./-])\d{3}[ \t-]?\d{3}[ \t-]?\d{4}(?![\w/-])")
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?[ \t]?\d[A-Z]{2}"
_ADDRESS = re.compile(
    rf"\b\d{{1,4}}[A-Za-z]?[ \t]+(?:[A-Z][A-Za-z’'-]+[ \t]+){{1,3}}(?:Road|Street|Avenue|Lane|Close|Drive|Way|Court|Place|Terrace|"
    rf"Crescent|Grove|Gardens|Hill|Walk|Row|Mews|Square|Park)\b(?:,?\s*(?:[A-Z][A-Za-z’'-]+,?\s*){{0,4}}{_POSTCODE}\b)?"
)
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[ \t]+[A-Z][a-z]+[ \t]+\d{4})"
_BORN = re.compile(
    rf"(?:\bdate of birth|\bd\.?o\.?b\.?|\bborn(?:[ \t]+on)?)[ \t]*:?[ \t\n]*(?P<day>{_DAY})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MaybeHidden:
    """Words somebody may not want to send on: what kind they are (a key of the hiding kinds), and why they were found."""

    words: str
    kind: str
    because: str


def maybe_hidden(text: str) -> Iterator[MaybeHidden]:
    """What one page holds that may be somebody else's business, in the order of kinds; the same words may come twice."""
    for pattern in _OTHER_CHILD:
        for match in pattern.finditer(text):
            name = match["name"]
            if not _STARTS.match(name.split()[0]):
                yield MaybeHidden(" ".join(name.split()), "child", "It may be another child.")
    for match in _MOBILE.finditer(text):
        yield MaybeHidden(match[0], "phone", "It looks like a mobile number.")
    for match in _PHONE.finditer(text):
        yield MaybeHidden(match[0], "phone", "It looks like a phone number.")
    for match in _MAIL.finditer(text):
        yield MaybeHidden(match[0].rstrip("."), "email", "It is an email address.")
    for match in _NHS.finditer(text):
        if is_nhs_number(match[0]):
            yield MaybeHidden(match[0], "nhs", "Its figures fit an NHS number.")
    for match in _ADDRESS.finditer(text):
        yield MaybeHidden(" ".join(match[0].split()), "address", "It looks like a home address.")
    for match in _BORN.finditer(text):
        yield MaybeHidden(match["day"], "born", "It stands as a date of birth.")


def is_nhs_number(words: str) -> bool:
    """Whether ten figures carry the check figure of an NHS number: each times its weight, added, modulo 11."""
    figures = [int(figure) for figure in words if figure.isdigit()]
    if len(figures) != 10 or len(set(figures)) == 1:
        return False
    check = 11 - sum(figure * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == figures[9]
