"""Which papers belong together: mails of one exchange, and papers that say the same as an earlier one."""

import json
import re

from casefile.store.store import Store

_ANSWER = re.compile(r"^\s*((re|aw|fw|fwd|sv|tr|wg)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FEW_WORDS = 80


class _Joined:
    """Names that are found to be one: each leads to the first of its group."""

    def __init__(self) -> None:
        self.first: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The first name of the group."""
        while (above := self.first.get(name, name)) != name:
            name = above
        return name

    def join(self, name: str, earlier: str) -> None:
        """Put a name into the group of an earlier one."""
        here, there = self.of(name), self.of(earlier)
        if here != there:
            self.first[here] = there


def threads(store: Store) -> dict[int, str]:
    """The exchange each mail belongs to, by the id of its first mail; a mail that stands alone has its own.

    Mails are joined by what their heads say they answer; one whose head says nothing, but whose subject begins "Re:",
    joins the latest earlier mail of that subject.
    """
    joined = _Joined()
    by_subject: dict[str, str] = {}
    names: dict[int, str] = {}
    rows = store.db.execute(
        "SELECT document.id, message_id, in_reply_to, title, made FROM document LEFT JOIN suggestion ON suggestion.document = "
        "document.id WHERE document.type IN ('eml', 'msg') AND state <> 'binned' "
        "ORDER BY coalesce(dated, json_extract(made, '$.date.value'), substr(added, 1, 10)), document.id"
    )
    for id_, message_id, answers, title, made in rows.fetchall():
        name = names[id_] = message_id or f"document:{id_}"
        subject = " ".join(_ANSWER.sub("", title).lower().split())
        root = json.loads(made).get("thread", "") if made else ""
        for earlier in filter(None, (answers, root)):
            joined.join(name, earlier)
        if not answers and not root and _ANSWER.match(title) and subject in by_subject:
            joined.join(name, by_subject[subject])
        by_subject[subject] = name
    return {id_: joined.of(name) for id_, name in names.items()}


def duplicates(store: Store) -> dict[int, int]:
    """Papers that say the same as an earlier one (a mail or a scan saved twice), each with the earlier one's id.

    Two mails are the same when they have the same message id, other papers when every word of them is equal. What only
    lies inside the other (an attachment of that mail) is no duplicate of it.
    """
    seen: dict[str, int] = {}
    found: dict[int, int] = {}
    mails = store.db.execute("SELECT id, message_id FROM document WHERE message_id <> '' AND state <> 'binned' ORDER BY id")
    for id_, message_id in mails.fetchall():
        if seen.setdefault(f"mail {message_id}", id_) != id_:
            found[id_] = seen[f"mail {message_id}"]
    rows = store.db.execute(
        "SELECT page_text.document, group_concat(page_text.text, char(12)) FROM page_text JOIN document ON document.id = "
        "page_text.document WHERE page > 0 AND document.state <> 'binned' GROUP BY page_text.document ORDER BY page_text.document"
    )
    for id_, text in rows.fetchall():
        words = " ".join(str(text).split())
        if len(words) >= _FEW_WORDS and seen.setdefault(words, id_) != id_:
            found.setdefault(id_, seen[words])
    return found
