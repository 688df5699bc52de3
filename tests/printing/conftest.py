"""A letter with everything in it, for the tests of what is printed."""

import datetime as dt

import pytest

from casefile.domain.letters import Draft

BODY = """I am Amina’s mother. Since September she has missed 2 hours 45 minutes of the 4 hours in her plan.

# What happened

1. Item F1 of the plan says: “30 minutes of direct speech and language therapy every week” (E1).

1. I told Mr Price on Monday 21 September 2026 (E3). He wrote: “waiting” [the page of the note].

# What I ask the council to do

1. Start the weekly therapy, as F1 says, by Monday 16 November 2026.

1. Say sorry. <b>not bold</b> &amp; Київ

Please answer by Monday 23 November 2026.
"""


@pytest.fixture
def draft() -> Draft:
    """A letter to a council, with a gap, proofs, papers enclosed and copies."""
    return Draft(
        id=7, template="L08", title="The plan is late", made=dt.date(2026, 11, 2), values={},
        subject="Formal complaint: stage 1. Section F therapy is not being given", body=BODY,
        salutation="Dear Sir or Madam", closing="Yours faithfully",
        recipient=("The Complaints Team", "Northbrook Council", "Civic Centre", "1 Market Square", "NORTHBROOK", "NB1 2AB"),
        sender=("14 Larch Road", "Northbrook", "NB4 7QT", "nadia.rahman@mail.example", "07700 900 321"),
        about="Amina Rahman, born Sunday 14 May 2017.", reference="NB/4471", our_reference="Letter 7",
        sent_by="email, and by first class post", signed="Nadia Rahman", relation="Amina’s mother",
        enclosed=("E1: Final EHC plan, Tuesday 20 January 2026", "E12: A note without a date"),
        copied=("the Director of Children’s Services",), email="complaints@northbrook.example",
    )  # fmt: skip
