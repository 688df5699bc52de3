"""Which words head a section of a plan, in the many ways councils write them; and which head a column of a table."""

import re

_WORDS: dict[str, str] = {
    "A": r"views?|interests?|aspirations?|wishes|hopes|all about me|about me|my story|one.page profile|voice",
    "B": r"special educational needs?|educational needs?|\bsens?\b|learning needs|strengths and needs|my needs",
    "C": r"health needs?|health.{0,30}related|medical needs?",
    "D": r"social care needs?|care needs?|social care.{0,40}related",
    "E": r"outcomes?|goals|achieve",
    "F": r"special educational provision|educational provision|\bsep\b|provision required|provision",
    "G": r"health (?:care )?provision|health.{0,40}provision|health care",
    "H": r"social care|care provision",
    "H1": r"social care|1970|chronically|csdpa|care provision",
    "H2": r"social care|other|care provision",
    "I": r"placement|school|setting|institution|educational place",
    "J": r"personal budget|direct payments?|budget",
    "K": r"advice|information|appendi(?:x|ces)|reports|evidence|sources",
}
_TITLE = {section: re.compile(words, re.I) for section, words in _WORDS.items()}

_ALONE: dict[str, str] = {
    "A": r"(?:the )?(?:child.s |parents?.{0,3} |my |our )?views,? (?:and )?(?:interests|wishes)[\w ,’']*|all about me",
    "B": r"(?:the )?(?:child.s |my )?special educational needs?(?: \(sen\))?",
    "C": r"(?:the )?(?:child.s |my )?health(?: care)? needs?(?: related to[\w ]*)?",
    "D": r"(?:the )?(?:child.s |my )?social care needs?(?: related to[\w ]*)?",
    "E": r"(?:the )?(?:outcomes?(?: sought[\w ]*)?|desired outcomes)",
    "F": r"(?:the )?special educational provision(?: required[\w ]*)?",
    "G": r"(?:any )?health(?: care)? provision(?: (?:reasonably )?required[\w ]*)?",
    "H": r"(?:any )?social care provision(?: required[\w ]*)?",
    "I": r"(?:the )?(?:placement|name and type of (?:school|placement|setting)[\w ]*|educational placement)",
    "J": r"(?:the )?personal budgets?(?: \(?[\w ]*direct payments?[\w ]*\)?)?",
    "K": r"(?:the )?(?:advice and information(?: gathered[\w ]*)?|appendi(?:x|ces)|list of advice)",
}
_ALONE_RULES = {section: re.compile(rf"^\s*{words}\s*:?\s*$", re.I) for section, words in _ALONE.items()}

_LETTER = r"(H\s?[12]|[A-K])"
_NAMED = re.compile(rf"^\s*(?:ehcp?\s+)?(?:section|part)\s*[:\-–—]?\s*[\[(“\"]?{_LETTER}\b(?!['’])[\])”\"]?\s*([:.\-–—)|,]*)\s*(.*)$", re.I | re.S)
_BARE = re.compile(rf"^\s*[\[(]?{_LETTER}[\])]?\s*([:.\-–—)|\t]+|\s{{2,}}|\s)\s*(\S.*)$", re.S)
_ONLY = re.compile(rf"^\s*[\[(]?{_LETTER}[\])]?[.:)]?\s*$")
_CONTENTS = re.compile(r"(?:\.{3,}|…|\t|\s{3,})\s*\d{1,3}\s*$|\b(?:page|p\.)\s*\d{1,3}\s*$", re.I)
_GOES_ON = re.compile(r"^(?:continued|cont\.?d?|\(continued\)|\(cont\.?d?\))\W*$", re.I)


def _section(letter: str) -> str:
    return re.sub(r"\s", "", letter).upper()


def _h_of(section: str, rest: str) -> str:
    """H alone is H1 where the 1970 Act is named, else H2."""
    if section != "H":
        return section
    other = re.search(r"\bother\b|h2", rest, re.I)
    return "H1" if not other and re.search(r"1970|csdpa|chronically|h1", rest, re.I) else "H2"


def is_contents(text: str) -> bool:
    """Whether a line is one of a list of contents: a heading with the number of its page."""
    return bool(_CONTENTS.search(text)) and bool(_NAMED.match(text) or _BARE.match(text))


def head_of(text: str, *, strong: bool = False) -> tuple[str, str] | None:
    """The section a line begins and the words after its title ("" where the title is all there is); None for no heading.

    ``strong`` says that the line stands as a heading or alone in a cell, so that a single letter is enough.
    """
    line = " ".join(text.split(" ")) if "\n" not in text else text
    if is_contents(line):
        return None
    named = _NAMED.match(line)
    if named:
        section, mark, rest = _section(named[1]), named[2], named[3].strip()
        return _named(section, mark, rest)
    if strong and (only := _ONLY.match(line)):
        return _h_of(_section(only[1]), ""), ""
    bare = _BARE.match(line)
    strong = strong or line.lstrip()[:1] in "[("
    if bare and re.match(r"H\s?[12]$", bare[1]) and re.search(r"\b(?:social care|1970|chronically)\b", bare[3], re.I):
        strong = True
    if bare and (strong or not bare[2].isspace() or bare[3].isupper()):
        section, rest = _section(bare[1]), bare[3].strip()
        first, _, more = rest.partition("\n")
        if bare[2].isspace() and section in ("A", "I") and not first.isupper() and not strong:
            return None
        if _is_title(section, first):
            return _h_of(section, first), more.strip()
    return None


def _named(section: str, mark: str, rest: str) -> tuple[str, str] | None:
    first, _, more = rest.partition("\n")
    if not rest or _GOES_ON.match(rest):
        return _h_of(section, rest), ""
    if _is_title(section, first):
        return _h_of(section, first), more.strip()
    # "Section B. The child's special educational needs. Amina has …": a title, then words on the same line.
    parts = re.match(r"^([^.:]{3,110}[.:])\s+(.+)$", rest, re.S)
    if parts and _is_title(section, parts[1].rstrip(".:")) and mark:
        return _h_of(section, parts[1]), parts[2].strip()
    if mark:
        return _h_of(section, first), rest
    if len(first.split()) <= 8 and first[:1].isupper() and not first.endswith("."):
        return _h_of(section, first), more.strip()
    return None


def _is_title(section: str, words: str) -> bool:
    plain = words.strip().rstrip(":")
    if len(plain.split()) > 24 or (plain.endswith((".", ";")) and len(plain.split()) > 6):
        return False
    if re.search(r"\b(?:will|must|shall) (?:be|have|receive|get|attend)\b|\b\d+ ?(?:minutes|hours|mins)\b", plain, re.I):
        return False
    found = _TITLE[section].search(plain)
    return bool(found) and (found is not None and (found.start() < 60))


def title_alone(text: str) -> str:
    """The section whose full title stands alone in a line without its letter; empty for none."""
    for section, rule in _ALONE_RULES.items():
        if rule.match(text):
            return _h_of(section, text)
    return ""


_COLUMNS: tuple[tuple[str, str], ...] = (
    ("section", r"^section$|^part$"),
    ("label", r"^(?:ref(?:erence)?|no\.?|number|item|#|id)\W*$"),
    ("need", r"\bneeds?\b|\bsection b\b|difficult"),
    ("outcome", r"\boutcomes?\b|\bsection e\b|\bgoals?\b|\btargets?\b"),
    ("provision", r"provision|\bsection f\b|what (?:help|support|will)|support (?:required|needed|to be)|^support$|^what$|^how will|interventions?$"),
    ("detail", r"\bwho\b|staff|by whom|deliver|how often|frequency|how long|duration|amount|when|review|qualif|ratio|resources?|monitor|start|times?\b|hours|minutes|cost|where|group|role|author|date|arrangements"),
)  # fmt: skip
_COLUMN_RULES = tuple((role, re.compile(words, re.I)) for role, words in _COLUMNS)


def title_goes_on(section: str, text: str) -> bool:
    """Whether a line is the title of the section whose letter stood alone in the line before."""
    return bool(section) and len(text.split()) <= 24 and not text.endswith(".") and _is_title(section, text) and not re.search(r"\d", text)


def column_section(title: str) -> str:
    """The section a column's head names ("Provision (Section F)"); empty for none or several."""
    found = {_section(letter) for letter in re.findall(r"\bsection\s+(H\s?[12]|[A-K])\b", title, re.I)}
    return found.pop() if len(found) == 1 else ""


def column_of(title: str) -> str:
    """What a column holds by its head: section, label, need, outcome, provision, detail; empty where it does not tell."""
    words = " ".join(title.split())
    if not words or len(words.split()) > 14:
        return ""
    return next((role for role, rule in _COLUMN_RULES if rule.search(words)), "")


_STATUS: tuple[tuple[str, str], ...] = (
    ("tribunal_order", r"(?:tribunal|order(?:ed)?) (?:order|version|plan)|as ordered by the .{0,20}tribunal|order of the (?:first.tier )?tribunal"),
    ("amendment_notice", r"(?:amendment|proposed amendments?) notice|notice of (?:proposed )?amendments?|proposed amend(?:ed|ment)"),
    ("amended_final", r"amended (?:final )?(?:ehc|education|plan)|final amended|amended final"),
    ("draft", r"\b(?:proposed|draft)\b"),
    ("final", r"\bfinal\b"),
)  # fmt: skip


def status_in(text: str) -> str:
    """The status the first words of a plan give it; empty where they do not say."""
    head = " ".join(text.split())[:700]
    return next((status for status, words in _STATUS if re.search(words, head, re.I)), "")
