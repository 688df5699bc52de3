"""Plain text and RTF: decoded without guessing in silence."""

import re

from casefile.domain.blocks import Block, Paragraph, Run
from casefile.readers import Incoming


def decode(data: bytes) -> tuple[str, str]:
    """Text from bytes, and a note when the letters had to be guessed."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return data.decode(
            "cp1252", "replace"
        ), "Some letters may be wrong: the file does not say how they are written."


def blocks_of(text: str) -> tuple[Block, ...]:
    """Plain text as a tree: blank lines part paragraphs, single line ends stay."""
    chunks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return tuple(Paragraph((Run(chunk.strip("\n")),)) for chunk in chunks if chunk.strip())


def read(data: bytes) -> Incoming:
    """Read a plain text file."""
    text, note = decode(data)
    text = text.replace("\0", "")
    return Incoming("text", "", (text,), 1, blocks=blocks_of(text), notes=(note,) if note else ())


_SKIPPED = ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "generator", "listtable", "header", "footer", "fldinst")  # fmt: skip


def read_rtf(data: bytes) -> Incoming:
    """Read the words of an RTF file; its look, pictures and objects are left out."""
    text = data.decode("latin-1")
    out: list[str] = []
    stack: list[bool] = []
    skip, after_unicode = False, 0
    for match in re.finditer(r"\\'([0-9a-fA-F]{2})|\\([a-z]+)(-?\d+)? ?|\\(.)|([{}])|([^\\{}\r\n]+)", text, re.DOTALL):
        code, word, number, symbol, brace, plain = match.groups()
        if brace == "{":
            stack.append(skip)
        elif brace == "}":
            skip = stack.pop() if stack else False
        elif word in _SKIPPED or symbol == "*":
            skip = True
        elif skip:
            continue
        elif code:
            if after_unicode:
                after_unicode -= 1
            else:
                out.append(bytes([int(code, 16)]).decode("cp1252", "replace"))
        elif word == "u" and number:
            out.append(chr(int(number) % 65536))
            after_unicode = 1
        elif word in ("par", "line", "row", "sect", "page"):
            out.append("\n")
        elif word in ("tab", "cell"):
            out.append("\t")
        elif word in ("rquote", "lquote", "ldblquote", "rdblquote", "endash", "emdash", "bullet"):
            out.append({"rquote": "’", "lquote": "‘", "ldblquote": "“", "rdblquote": "”", "endash": "–", "emdash": "—", "bullet": "•"}[word])  # fmt: skip
        elif symbol in ("\\", "{", "}"):
            out.append(symbol)
        elif symbol == "~":
            out.append(" ")
        elif plain:
            out.append(plain[after_unicode:] if plain.startswith("?") and after_unicode else plain)
            after_unicode = 0
    words = "".join(out)
    note = "Only the words of this file are shown, not its look."
    return Incoming("rtf", "", (words,), 1, blocks=blocks_of(words.replace("\n", "\n\n")), notes=(note,))
