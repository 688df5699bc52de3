"""JPEG files without the notes of camera and person, by their segments alone: the picture itself is not touched."""

_KEPT = {0xE0, 0xE2, 0xEE}
"""JFIF, the colour profile, and Adobe's word on how the colours are kept."""


def without_notes(data: bytes) -> bytes:
    """A JPEG without what a camera or a person wrote into it (place, time, name, small copy); its picture is untouched.

    Only the segments that say how to read its colours are kept. What holds no others is given back as it is.
    """
    out = [data[:2]]
    at, noted = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind == 0xDA:
            break
        size = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not (0xE0 <= kind <= 0xEF or kind == 0xFE) or kind in _KEPT:
            out.append(data[at : at + size])
        else:
            noted = True
        at += size
    if not noted:
        return data
    out.append(data[at:])
    return b"".join(out)
