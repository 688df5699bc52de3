"""Layers become what they show: what a layer hides is taken out of the page, and no layer is left to switch on again."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from casefile.printing.bundle.geometry import inherited

_PATHS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_SHOWN = {"Tj", "TJ", "sh", "Do", "BI", "INLINE IMAGE"}
_NEXT_LINE = {"'", '"'}
_DEEPEST = 30


class Layers:
    """The layers of one PDF as it opens: which of them are hidden."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        told = pdf.Root.get("/OCProperties")
        told = told if isinstance(told, Dictionary) else Dictionary()
        default = told.get("/D")
        default = default if isinstance(default, Dictionary) else Dictionary()
        self.off = _groups(default.get("/OFF"))
        if default.get("/BaseState") == Name.OFF:
            self.off |= _groups(told.get("/OCGs")) - _groups(default.get("/ON"))
        self._done: set[Any] = set()
        self._met: list[tuple[Any, str]] = []
        """Where something says which layer it belongs to: a dictionary, and the key in it."""
        self.hidden = False
        """Whether ``settle`` took anything out."""

    def hides(self, membership: Any) -> bool:
        """Whether what belongs to a layer, or to a set of layers, is hidden."""
        if not isinstance(membership, Dictionary):
            return False
        if membership.get("/Type") != Name.OCMD:
            return membership.objgen in self.off
        expression = membership.get("/VE")
        if isinstance(expression, Array) and len(expression):
            return not self._holds(expression, 0)
        groups = membership.get("/OCGs")
        found = _groups(groups if isinstance(groups, Array) else Array([groups]) if groups is not None else None)
        if not found:
            return False
        hidden = found & self.off
        return {
            "/AllOn": bool(hidden), "/AnyOff": not hidden, "/AllOff": hidden != found,
        }.get(str(membership.get("/P", Name.AnyOn)), hidden == found)  # fmt: skip

    def _holds(self, expression: Any, depth: int) -> bool:
        """Whether what belongs to an expression of layers is seen: "and", "or" and "not" of layers that are on."""
        word = str(expression[0]) if isinstance(expression, Array) and len(expression) else ""
        if word not in ("/And", "/Or", "/Not") or depth > _DEEPEST:
            return not isinstance(expression, Dictionary) or expression.objgen not in self.off
        parts = [self._holds(one, depth + 1) for one in list(expression)[1:]]
        return any(parts) if word == "/Or" else all(parts) if word == "/And" else not all(parts)

    def settle(self) -> None:
        """Take out of every page what is hidden, and then the layers themselves.

        Where every layer is on, something may be hidden all the same: some is only seen while a layer is off.
        """
        for page in self.pdf.pages:
            annotations = page.obj.get("/Annots")
            if isinstance(annotations, Array):
                seen = [one for one in annotations if not (isinstance(one, Dictionary) and self.hides(one.get("/OC")))]
                if len(seen) < len(annotations):
                    page.obj.Annots, self.hidden = Array(seen), True
            shown = self._shown(page.obj, inherited(page.obj, "/Resources"), 0)
            if shown is not None:
                page.obj.Contents, self.hidden = self.pdf.make_stream(shown), True
        for holder, key in self._met:
            # What is left is seen. Another look at this paper must not find layers whose state nobody knows any more.
            if key != "/OC":
                holder[key] = Dictionary()
            elif key in holder:
                del holder[key]
        if "/OCProperties" in self.pdf.Root:
            del self.pdf.Root["/OCProperties"]

    def _shown(self, owner: Any, resources: Any, depth: int) -> bytes | None:
        """The content of a page or form without what is hidden; None where nothing of it is."""
        if not isinstance(resources, Dictionary) or depth > _DEEPEST:
            return None
        names = resources.get("/Properties")
        hidden = set()
        for name, one in names.items() if isinstance(names, Dictionary) else ():
            if isinstance(one, Dictionary) and one.get("/Type") in (Name.OCG, Name.OCMD):
                self._met.append((names, name))
                hidden.update([name] if self.hides(one) else [])
        drawn = resources.get("/XObject")
        unseen = set()
        for name, form in drawn.items() if isinstance(drawn, Dictionary) else ():
            if not isinstance(form, pikepdf.Stream):
                continue
            if "/OC" in form:
                self._met.append((form, "/OC"))
            if self.hides(form.get("/OC")):
                unseen.add(name)
            elif form.get("/Subtype") == Name.Form and form.objgen not in self._done:
                self._done.add(form.objgen)
                inner = self._shown(form, form.get("/Resources", resources), depth + 1)
                if inner is not None:
                    form.write(inner)
                    self.hidden = True
        if not hidden and not unseen:
            return None
        return _without(owner, hidden, unseen)


def _groups(entries: Any) -> set[Any]:
    return {one.objgen for one in entries if isinstance(one, Dictionary)} if isinstance(entries, Array) else set()


def _without(owner: Any, hidden: set[str], unseen: set[str]) -> bytes:
    """Content in which nothing hidden is painted; what it does to colours and places stays, as later content counts on it."""
    kept: list[Any] = []
    nested: list[bool] = []
    for instruction in pikepdf.parse_content_stream(owner):
        operands: Any = instruction.operands
        operator = instruction.operator
        word = str(operator)
        if word in ("BDC", "BMC"):
            named = word == "BDC" and len(operands) == 2 and operands[0] == Name.OC and isinstance(operands[1], Name)
            nested.append(bool(named and str(operands[1]) in hidden))
        elif word == "EMC" and nested:
            nested.pop()
        elif any(nested) or (word == "Do" and operands and str(operands[0]) in unseen):
            if word in _PATHS:
                kept.append(([], Operator("n")))
                continue
            if word in _NEXT_LINE:
                kept.append(([], Operator("T*")))
                continue
            if word in _SHOWN:
                continue
        kept.append((operands, operator))
    return pikepdf.unparse_content_stream(kept)
