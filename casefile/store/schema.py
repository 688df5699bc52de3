"""The tables of a case, as a row of steps: each released step stays for ever, and ``user_version`` counts them."""

from functools import cache
from sqlite3 import complete_statement
from typing import TYPE_CHECKING

from casefile.store.connection import dbapi2

if TYPE_CHECKING:
    from sqlite_utils import Database

_FIRST = """
CREATE TABLE info (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE child (id INTEGER PRIMARY KEY, name TEXT NOT NULL, known_as TEXT NOT NULL, born TEXT, council TEXT NOT NULL,
  school TEXT NOT NULL, strengths TEXT NOT NULL, nickname TEXT NOT NULL, reference TEXT NOT NULL, stands TEXT NOT NULL) STRICT;

CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, organisation TEXT NOT NULL,
  email TEXT NOT NULL, phone TEXT NOT NULL, address TEXT NOT NULL, office TEXT NOT NULL, note TEXT NOT NULL,
  "check" TEXT NOT NULL, me INTEGER NOT NULL, relation TEXT NOT NULL) STRICT;

CREATE TABLE document (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, type TEXT NOT NULL,
  size INTEGER NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, kind TEXT, dated TEXT, dated_precision TEXT NOT NULL,
  received TEXT, added TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
  parent INTEGER REFERENCES document(id) ON DELETE CASCADE, part TEXT, message_id TEXT NOT NULL, in_reply_to TEXT NOT NULL,
  pages INTEGER, problem TEXT NOT NULL, note TEXT NOT NULL, exhibit INTEGER) STRICT;
CREATE INDEX document_sha256 ON document(sha256);
CREATE INDEX document_state ON document(state, dated);
CREATE INDEX document_parent ON document(parent);
CREATE INDEX document_message ON document(message_id) WHERE message_id <> '';

CREATE TABLE page_text (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  page INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX page_text_document ON page_text(document, page);
CREATE VIRTUAL TABLE page_search USING fts5(text, content='page_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER page_text_added AFTER INSERT ON page_text BEGIN
  INSERT INTO page_search(rowid, text) VALUES (new.id, new.text); END;
CREATE TRIGGER page_text_gone AFTER DELETE ON page_text BEGIN
  INSERT INTO page_search(page_search, rowid, text) VALUES ('delete', old.id, old.text); END;
CREATE TRIGGER page_text_changed AFTER UPDATE ON page_text BEGIN
  INSERT INTO page_search(page_search, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO page_search(rowid, text) VALUES (new.id, new.text); END;

CREATE TABLE suggestion (id INTEGER PRIMARY KEY, document INTEGER NOT NULL UNIQUE REFERENCES document(id) ON DELETE CASCADE,
  made TEXT NOT NULL) STRICT;

CREATE TABLE event (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, "on" TEXT NOT NULL,
  document INTEGER REFERENCES document(id) ON DELETE SET NULL, note TEXT NOT NULL, certainty TEXT NOT NULL,
  answers INTEGER REFERENCES event(id) ON DELETE SET NULL, detail TEXT NOT NULL, year INTEGER) STRICT;
CREATE INDEX event_on ON event("on");
CREATE INDEX event_document ON event(document);

CREATE TABLE draft (id INTEGER PRIMARY KEY, template TEXT NOT NULL, title TEXT NOT NULL, made TEXT NOT NULL, "values" TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT NOT NULL, salutation TEXT NOT NULL, closing TEXT NOT NULL, recipient TEXT NOT NULL,
  sender TEXT NOT NULL, about TEXT NOT NULL, reference TEXT NOT NULL, our_reference TEXT NOT NULL, sent_by TEXT NOT NULL,
  signed TEXT NOT NULL, relation TEXT NOT NULL, enclosed TEXT NOT NULL, copied TEXT NOT NULL, proofs TEXT NOT NULL,
  gaps TEXT NOT NULL, edited INTEGER NOT NULL, sent_on TEXT, document INTEGER REFERENCES document(id) ON DELETE SET NULL,
  email TEXT NOT NULL, "check" TEXT NOT NULL) STRICT;

CREATE TABLE saved_bundle (id INTEGER PRIMARY KEY, title TEXT NOT NULL, purpose TEXT NOT NULL, made TEXT NOT NULL,
  contents TEXT NOT NULL) STRICT;

CREATE TABLE record (number INTEGER PRIMARY KEY, before TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL,
  object TEXT NOT NULL, object_hash TEXT NOT NULL, program TEXT NOT NULL, schema INTEGER NOT NULL,
  clock_back INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TRIGGER record_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the record is kept'); END;
CREATE TRIGGER record_unchanged BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the record is kept'); END;
"""


_SECOND = """
CREATE TABLE closure (id INTEGER PRIMARY KEY, start TEXT NOT NULL, "end" TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX closure_start ON closure(start);
CREATE TABLE told (id INTEGER PRIMARY KEY, failing TEXT NOT NULL UNIQUE, knew_on TEXT, going_on INTEGER, connected INTEGER,
  setting TEXT, out_of_school INTEGER, section_i_only INTEGER, "right" TEXT, refused INTEGER) STRICT;
"""
"""The days the child's school is shut, and what the parent answered about a failing."""


_THIRD = """
CREATE TABLE plan_version (id INTEGER PRIMARY KEY, title TEXT NOT NULL, status TEXT NOT NULL, number INTEGER NOT NULL, dated TEXT,
  sent TEXT, received TEXT, received_how TEXT NOT NULL, document INTEGER REFERENCES document(id) ON DELETE SET NULL,
  sha256 TEXT NOT NULL, signed_by TEXT NOT NULL, note TEXT NOT NULL, listed TEXT NOT NULL, "order" INTEGER NOT NULL) STRICT;
CREATE TABLE plan_item (id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES plan_version(id) ON DELETE CASCADE,
  key TEXT NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL, position INTEGER NOT NULL, label TEXT NOT NULL, page INTEGER,
  needs TEXT NOT NULL, outcomes TEXT NOT NULL) STRICT;
CREATE INDEX plan_item_version ON plan_item(version, position);

CREATE TABLE provision (id INTEGER PRIMARY KEY, item TEXT NOT NULL, title TEXT NOT NULL, words TEXT NOT NULL, who TEXT NOT NULL,
  minutes INTEGER, sessions REAL, period TEXT NOT NULL, weeks_a_year INTEGER, weekdays TEXT NOT NULL, start TEXT, "end" TEXT,
  version INTEGER REFERENCES plan_version(id) ON DELETE SET NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE session (id INTEGER PRIMARY KEY, provision INTEGER NOT NULL REFERENCES provision(id) ON DELETE CASCADE,
  "on" TEXT NOT NULL, outcome TEXT NOT NULL, minutes INTEGER, due INTEGER, reason TEXT NOT NULL, said_by TEXT NOT NULL,
  document INTEGER REFERENCES document(id) ON DELETE SET NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX session_on ON session(provision, "on");
CREATE TABLE absence (id INTEGER PRIMARY KEY, start TEXT NOT NULL, "end" TEXT NOT NULL, kind TEXT NOT NULL, hours REAL,
  reason TEXT NOT NULL, agreed_by TEXT NOT NULL, document INTEGER REFERENCES document(id) ON DELETE SET NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE cost (id INTEGER PRIMARY KEY, "on" TEXT NOT NULL, what TEXT NOT NULL, kind TEXT NOT NULL, pence INTEGER NOT NULL,
  document INTEGER REFERENCES document(id) ON DELETE SET NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE effect (id INTEGER PRIMARY KEY, "on" TEXT NOT NULL, words TEXT NOT NULL,
  document INTEGER REFERENCES document(id) ON DELETE SET NULL, hard INTEGER NOT NULL) STRICT;
"""
"""The plan's versions and items, and the ledger of what was given."""


_FOURTH = """
CREATE TABLE absence_open (id INTEGER PRIMARY KEY, start TEXT NOT NULL, "end" TEXT, kind TEXT NOT NULL, hours REAL,
  reason TEXT NOT NULL, agreed_by TEXT NOT NULL, document INTEGER REFERENCES document(id) ON DELETE SET NULL, note TEXT NOT NULL) STRICT;
INSERT INTO absence_open SELECT id, start, "end", kind, hours, reason, agreed_by, document, note FROM absence;
DROP TABLE absence;
ALTER TABLE absence_open RENAME TO absence;
"""
"""An absence may have no end while it goes on. The columns stay as they were, so the record's hashes still hold."""


_FIFTH = """
CREATE TABLE review (id INTEGER PRIMARY KEY, meeting TEXT, place TEXT NOT NULL, views TEXT NOT NULL, views_how TEXT NOT NULL,
  ours TEXT NOT NULL, disagreements TEXT NOT NULL, adult_life TEXT NOT NULL, decides TEXT NOT NULL,
  report INTEGER REFERENCES document(id) ON DELETE SET NULL, comments TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE review_invited (id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE,
  part TEXT NOT NULL, name TEXT NOT NULL, invited TEXT, asked TEXT, received TEXT, sent_round TEXT, came TEXT NOT NULL,
  document INTEGER REFERENCES document(id) ON DELETE SET NULL) STRICT;
CREATE TABLE review_progress (id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE,
  key TEXT NOT NULL, words TEXT NOT NULL, reached TEXT NOT NULL, evidence TEXT NOT NULL,
  document INTEGER REFERENCES document(id) ON DELETE SET NULL) STRICT;
CREATE TABLE review_proposal (id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE,
  who TEXT NOT NULL, key TEXT NOT NULL, words TEXT NOT NULL, why TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
"""
"""Annual reviews: who was asked, how far each outcome was reached, what each proposes."""


_SIXTH = """
CREATE TABLE sending (id INTEGER PRIMARY KEY, draft INTEGER NOT NULL UNIQUE REFERENCES draft(id) ON DELETE CASCADE,
  how TEXT NOT NULL, received TEXT, proof INTEGER REFERENCES document(id) ON DELETE SET NULL,
  reply INTEGER REFERENCES document(id) ON DELETE SET NULL, replied_on TEXT) STRICT;
CREATE TABLE point (id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
  number INTEGER NOT NULL, words TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX point_draft ON point(draft, number);
"""
"""How a letter was sent, what proves it, its reply, and each point the reply meets or leaves."""


_SEVENTH = """
CREATE TABLE wording_fine (id INTEGER PRIMARY KEY, key TEXT NOT NULL, words TEXT NOT NULL, "on" TEXT NOT NULL, UNIQUE (key, words)) STRICT;
CREATE TABLE highlight (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  page INTEGER NOT NULL, words TEXT NOT NULL, kind TEXT NOT NULL, lines TEXT NOT NULL) STRICT;
CREATE INDEX highlight_document ON highlight(document, page);
"""
"""Lines whose wording the parent finds fine; passages of a report marked as need or provision, ticked against lines of the plan."""


_EIGHTH = """
CREATE TABLE own_form (id INTEGER PRIMARY KEY, title TEXT NOT NULL, subject TEXT NOT NULL, words TEXT NOT NULL,
  to_whom TEXT NOT NULL) STRICT;
"""
"""Letters a parent keeps to write again."""


_NINTH = """
CREATE TABLE never_shown (id INTEGER PRIMARY KEY, contact INTEGER NOT NULL UNIQUE REFERENCES contact(id) ON DELETE CASCADE) STRICT;
"""
"""People whose address, phone and email must never leave in a bundle."""


_TENTH = """
CREATE TABLE unlocked (id INTEGER PRIMARY KEY, document INTEGER NOT NULL UNIQUE REFERENCES document(id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL) STRICT;
"""
"""Copies without a lock of papers that ask for a password."""


_ELEVENTH = """
ALTER TABLE effect ADD COLUMN whose TEXT NOT NULL DEFAULT '';
ALTER TABLE told ADD COLUMN complaint INTEGER;
"""
"""Whose words an effect is told in; which complaint was about what went wrong (0: none of them)."""


_TWELFTH = """
CREATE TABLE known_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
"""
"""Words the parent said are spelt right."""


_THIRTEENTH = """
CREATE TABLE scanned (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  page INTEGER NOT NULL, turn INTEGER NOT NULL, words TEXT NOT NULL, problem TEXT NOT NULL, reader TEXT NOT NULL,
  UNIQUE (document, page)) STRICT;
"""
"""Pages that were read from their picture: the words, and where each stands."""


_FOURTEENTH = """
ALTER TABLE unlocked ADD COLUMN opened_as TEXT NOT NULL DEFAULT 'pdf';
"""
"""What the copy without a lock is: not only PDFs can be unlocked."""


STEPS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH, _EIGHTH, _NINTH, _TENTH, _ELEVENTH, _TWELFTH, _THIRTEENTH, _FOURTEENTH)
"""Every step there is, in order. Add at the end; never edit one that has been released."""

NEWEST = len(STEPS)

HANGING: dict[str, tuple[tuple[str, str], ...]] = {
    "document": (
        ("page_text", "document"), ("suggestion", "document"), ("highlight", "document"), ("unlocked", "document"), ("scanned", "document"),
    ),
    "contact": (("never_shown", "contact"),),
    "plan_version": (("plan_item", "version"),),
    "provision": (("session", "provision"),),
    "draft": (("sending", "draft"), ("point", "draft")),
    "review": (("review_invited", "review"), ("review_progress", "review"), ("review_proposal", "review")),
}
"""What goes with a row of a table when that is taken out: other tables, and the column that names it."""

POINTING: dict[str, tuple[tuple[str, str], ...]] = {
    "document": (
        ("event", "document"),
        ("draft", "document"),
        ("document", "parent"),
        ("plan_version", "document"),
        ("session", "document"),
        ("absence", "document"),
        ("cost", "document"),
        ("effect", "document"),
        *(("sending", "proof"), ("sending", "reply")),
        *(("review", "report"), ("review_invited", "document"), ("review_progress", "document")),
    ),
    "plan_version": (("provision", "version"),),
    "event": (("event", "answers"), ("told", "complaint")),
}
"""What only points at a row, and stands on without it."""


def shape_of(db: "Database") -> tuple[tuple[str, str, str], ...]:
    """What tables, indexes, views and triggers a database has, to compare with what it must have."""
    rows = db.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
    )
    return tuple((str(kind), str(name), " ".join(str(sql).split())) for kind, name, sql in rows.fetchall())


def statements(script: str) -> list[str]:
    """The statements of a step one by one, so that they run inside a transaction of our own."""
    found, waiting = [], ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if complete_statement(waiting):
            found.append(waiting.strip())
            waiting = ""
    return [entry for entry in found if entry]


def apply(db: "Database", step: int) -> None:
    """Run step number ``step`` (the first is 1) inside the caller's transaction."""
    for statement in statements(STEPS[step - 1]):
        db.execute(statement)


@cache
def shape_at(step: int) -> tuple[tuple[str, str, str], ...]:
    """The shape a case at schema number ``step`` must have, made afresh in memory."""
    from sqlite_utils import Database

    db = Database(dbapi2.connect(":memory:", isolation_level=None), execute_plugins=False)
    for number in range(1, step + 1):
        apply(db, number)
    return shape_of(db)
