"""What is printed of a paper that has no pages of its own: a mail, a Word file, a text."""

from typing import TYPE_CHECKING

from casefile.domain.documents import Document
from casefile.readers import Incoming

if TYPE_CHECKING:
    from casefile.printing.bundle.tree import Told


def attachment_words(part: Document) -> str:
    """What came attached to a mail, as its printed pages name it."""
    return part.name if not part.exhibit else f"{part.name} (E{part.exhibit})"


def told_of(paper: Document, incoming: Incoming, attached: tuple[str, ...]) -> "Told":
    """A mail, Word file, text or web page as it is printed; ``attached`` are the names of what came with it."""
    from casefile.printing.bundle.tree import Told

    copies = {
        "docx": "Copy made from a Word file. Its layout may differ.",
        "rtf": "Copy made from a text file. Its layout may differ.",
        "html": "Copy made from a web page. Its layout may differ.",
    }
    return Told(paper.title, incoming.headers, incoming.blocks, attached, copies.get(paper.type, ""))
