"""Councils, national bodies and offices: facts with their dates, and what must be checked before a letter goes."""

import csv
import datetime as dt
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casefile.domain.people import Contact

CREDIT = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: Office for National "
    "Statistics. Contains information from GOV.UK, the Department for Education, NHS England and planning.data.gov.uk. "
    "Council names adapted from mySociety, UK local authority names and codes, CC BY 4.0. Contains Parliamentary "
    "information licensed under the Open Parliament Licence v3.0."
)
"""The credit lines the sources ask for; shown in the About page and the README."""


@dataclass(frozen=True, slots=True)
class Council:
    """A council with duties towards children with special needs. ``also`` are other and former names it is found by."""

    slug: str
    name: str
    short: str
    region: str
    website: str
    also: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A post or team to write to. Titles differ from place to place: ``custom`` ones must be checked."""

    id: str
    organisation: str
    title: str
    envelope: str
    salutation: str
    closing: str
    basis: str
    law: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A national body. ``confirm`` names the fields to check before sending; a field left out is unknown."""

    id: str
    name: str
    kind: str
    address: tuple[str, ...]
    phone: str
    email: str
    website: str
    confirm: tuple[str, ...]
    seen: dt.date | None
    confidence: str


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c)).split())


class Directory:
    """The folder of facts, each file read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _rows(self, name: str) -> list[dict[str, str]]:
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def councils(self) -> tuple[Council, ...]:
        """Every council in England with these duties, by name."""
        former: dict[str, list[str]] = {}
        for row in self._rows("councils_former.csv"):
            for slug in row["replaced_by_slugs"].split(";"):
                former.setdefault(slug.strip(), []).append(row["former_name"])
        found = []
        for row in self._rows("councils.csv"):
            others = [name.strip() for name in row["other_names"].replace("|", ";").split(";") if name.strip()]
            sure = "" if row["planned"] == "confirmed" else ", but was not yet law when last checked"
            note = f"New councils are planned here from {row['planned_change_date']}{sure}." if row["planned"] else ""
            found.append(
                Council(
                    row["slug"], row["official_name"], row["short_name"], row["region"], row["website_domain"],
                    (row["short_name"], *others, *former.get(row["slug"], ())),
                    note,
                )
            )  # fmt: skip
        return tuple(sorted(found, key=lambda council: _folded(council.name)))

    def find(self, typed: str, most: int = 8) -> list[Council]:
        """Councils whose present, other or former name fits what was typed, the likeliest first."""
        wanted = _folded(typed)
        if not wanted:
            return []
        scored = []
        for council in self.councils:
            best = min(
                (_score(wanted, _folded(name)) for name in (council.short, council.name, *council.also)), default=9
            )
            if best < 9:
                scored.append((best, _folded(council.short), council))
        return [council for _, _, council in sorted(scored, key=lambda entry: entry[:2])[:most]]

    def council(self, slug: str) -> Council | None:
        """The council of a slug, or None."""
        return next((council for council in self.councils if council.slug == slug), None)

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """Posts and teams letters go to."""
        rows = tomllib.loads((self._folder / "offices.toml").read_text("utf-8"))["office"]
        return tuple(
            Office(
                row["id"], row["organisation"], row["title"], row.get("envelope_first_line", row["title"]),
                row.get("salutation_if_no_name") or row.get("salutation", "Dear Sir or Madam"),
                row.get("closing_if_no_name") or row.get("closing", "Yours faithfully"), row.get("basis", "custom"),
                row.get("law", ""),
            )
            for row in rows
        )  # fmt: skip

    def office(self, id_: str) -> Office | None:
        """The office of an id, or None."""
        return next((office for office in self.offices if office.id == id_), None)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """National bodies and advice lines."""
        rows = tomllib.loads((self._folder / "bodies.toml").read_text("utf-8"))["body"]
        return tuple(
            Body(
                row["id"], row["name"], row.get("kind", ""),
                tuple(row.get("address", ())), row.get("phone", ""), row.get("email", ""), row.get("website", ""),
                tuple(row.get("confirm", ())), row.get("seen"), row.get("confidence", "low"),
            )
            for row in rows
        )  # fmt: skip

    def first_people(self, council: str) -> list[Contact]:
        """The people and offices a new case starts with: the council's own, without an address nobody has checked."""
        check = "Look at the council's latest letter or website for the address and email."
        wanted = ("sen_casework", "head_of_send", "council_complaints", "dcs", "monitoring_officer")
        found = []
        for id_ in wanted:
            office = self.office(id_)
            if office:
                found.append(
                    Contact(None, "", office.title, council, office=id_, check="address, email, job title", note=check)
                )
        for id_ in ("lgsco", "send_tribunal"):
            body = next((entry for entry in self.bodies if entry.id == id_), None)
            if body:
                doubt = ", ".join(body.confirm)
                found.append(
                    Contact(None, "", "", body.name, body.email, body.phone, "\n".join(body.address), id_, "", doubt)
                )
        return found


def _score(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in f" {name}":
        return 2
    words = wanted.split()
    if all(any(part.startswith(word) for part in name.split()) for word in words):
        return 3
    return 9
