"""Words put together into sentences."""


def lowered(text: str) -> str:
    """A title or sentence as it stands inside another sentence: its first letter small, unless it begins an abbreviation or is "I"."""
    first = text.split(" ", 1)[0]
    if first in ("I", "I’m", "I’ve") or first[1:2].isupper():
        return text
    return f"{text[:1].lower()}{text[1:]}"
