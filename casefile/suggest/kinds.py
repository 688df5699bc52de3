"""What sort of paper it is, and which event of the law it seems to prove: from the words councils truly use."""

import datetime as dt
import re
from dataclasses import dataclass

from casefile.domain.documents import DateGuess, EventGuess, KindGuess
from casefile.suggest.dates import all_in

_ASSESS = r"(?:an?\s+|the\s+)?(?:education,?\s+health,?\s+(?:and|&)\s+(?:social\s+)?care|ehcp?|statutory)?\s*(?:\(ehcp?\)\s*)?(?:needs?\s+)?assess(?:ment)?"
_DO = r"(?:carry(?:ing)?\s+out|conduct(?:ing)?|undertak(?:e|ing)|mak(?:e|ing)|proceed(?:ing)?\s+with|progress(?:ing)?|initiat(?:e|ing)|go(?:ing)?\s+ahead\s+with|start(?:ing)?)?"
_PLAN = r"(?:an?\s+|the\s+|your\s+\w+\s+|\w+['’]s\s+)?(?:education,?\s+health,?\s+(?:and|&)\s+(?:social\s+)?care|ehc|ehcp)\s*(?:\(ehcp?\)\s*)?(?:plan)?"


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words that tell a kind. ``sure`` says whether they are enough by themselves; ``top`` that they must head the page."""

    kind: str
    words: str
    because: str
    sure: bool = True
    top: bool = False


_SIGNS: tuple[_Sign, ...] = (
    _Sign("decision_not_to_assess", rf"(?:decided|decision|agreed|determined|decline[ds]?)\s+(?:is\s+|was\s+)?(?:that\s+)?(?:it\s+will\s+|we\s+will\s+)?not\s+(?:to\s+)?{_DO}\s*{_ASSESS}", "It says that the council will not assess."),
    _Sign("decision_not_to_assess", rf"\bwill\s+not\s+(?:be\s+)?(?:carry(?:ing)?\s+out|conduct(?:ing)?|undertak(?:e|ing)|mak(?:e|ing)|proceed(?:ing)?\s+with)\s+{_ASSESS}", "It says that the council will not assess."),
    _Sign("decision_not_to_assess", rf"\b(?:refus(?:ed|al|ing)|declin(?:ed|ing)|unable)\s+(?:to|of)\s*(?:agree\s+to\s+)?{_DO}\s*{_ASSESS}", "It says that an assessment is refused."),
    _Sign("decision_not_to_assess", rf"\bnot\s+(?:be\s+)?necessary\s+(?:for\s+\S+\s+to\s+|to\s+){_DO}\s*{_ASSESS}", "It says that an assessment is not necessary.", sure=False),
    _Sign("decision_not_to_issue", rf"\b(?:decided|decision|agreed|determined)?\s*(?:that\s+)?(?:we\s+|it\s+)?(?:will\s+)?not\s+(?:to\s+)?(?:be\s+)?(?:issu(?:e|ing)|mak(?:e|ing))\s+{_PLAN}", "It says that no plan will be issued."),
    _Sign("cease_notice", rf"\b(?:decided|decision|propos\w+|intend\w*|plans?)\s+(?:to\s+)?(?:cease|ceasing|end|stop)\w*\s+(?:to\s+)?(?:maintain\w*\s+)?{_PLAN}", "It says that the plan will end."),
    _Sign("decision_to_assess", rf"\b(?:decided|decision|agreed|pleased\s+to\s+(?:say|confirm)[^.]{{0,40}})\s+(?:is\s+)?(?:that\s+)?(?:we\s+will\s+)?(?:to\s+)?{_DO}\s*{_ASSESS}", "It says that the council will assess."),
    _Sign("decision_to_assess", rf"\bwill\s+(?:now\s+)?(?:be\s+)?(?:carry(?:ing)?\s+out|conduct(?:ing)?|undertak(?:e|ing)|proceed(?:ing)?\s+with)\s+{_ASSESS}", "It says that the council will assess.", sure=False),
    _Sign("amended_final_plan", r"\bamended\s+final\s+(?:ehc|education,? health and care)?\s*plan\b|\bfinal\s+amended\s+(?:ehc|education,? health and care)?\s*plan\b", "It calls itself an amended final plan.", top=True),
    _Sign("amendment_notice", r"\b(?:amendment\s+notice|notice\s+of\s+(?:proposed\s+)?amendments?|proposed\s+amendments?\s+to|proposes?\s+to\s+amend)\b", "It gives notice of changes to the plan."),
    _Sign("draft_plan", r"\b(?:draft|proposed)\s+(?:ehcp?|education,?\s+health\s+(?:and|&)\s+care)\s*(?:plan)?\b", "It calls itself a draft plan.", top=True),
    _Sign("final_plan", r"\bfinal\s+(?:ehcp?|education,?\s+health\s+(?:and|&)\s+care)\s*(?:plan)?\b", "It calls itself a final plan.", top=True),
    _Sign("review_decision", r"\b(?:following|after)\s+(?:the|your|\w+['’]s)\s+(?:recent\s+)?annual\s+review\b[^.]{0,160}\b(?:decided|decision|maintain|amend|cease)", "It gives the decision after a review."),
    _Sign("annual_review_report", r"\b(?:report|record|minutes|notes)\s+of\s+(?:the\s+)?annual\s+review\b|\bannual\s+review\s+(?:meeting\s+)?(?:report|record|form|paperwork)\b", "Its title names an annual review.", top=True),
    _Sign("lgsco_draft_decision", r"\b(?:draft\s+decision)\b[\s\S]{0,600}ombudsman|ombudsman[\s\S]{0,600}\bdraft\s+decision\b", "It is a draft decision of the Ombudsman."),
    _Sign("lgsco_decision", r"ombudsman['’]?s?\s+(?:final\s+)?decision\b|\bombudsman[\s\S]{0,400}\bfinal\s+decision\b", "It is a decision of the Ombudsman."),
    _Sign("tribunal_order", r"\b(?:tribunal|first-tier)[\s\S]{0,1200}\b(?:it\s+is\s+ordered|order(?:s|ed)?\s+that|the\s+appeal\s+is\s+(?:allowed|dismissed))", "It is an order of the Tribunal."),
    _Sign("tribunal_registration", r"\b(?:tribunal|first-tier)[\s\S]{0,800}\b(?:appeal\s+(?:has\s+been|is|was)\s+registered|registration\s+of\s+(?:your\s+)?appeal|notice\s+of\s+registration)", "It says that an appeal is registered."),
    _Sign("mediation_certificate", r"\bmediation\s+certificate\b|\bcertificate\s+(?:under|of|that|confirming)[^.]{0,80}\bmediation\b", "It is a mediation certificate.", top=True),
    _Sign("stage2_reply", r"\bstage\s*(?:2|two)\b[^.]{0,80}\b(?:response|reply|outcome|decision|review|investigation)\b", "It answers a stage 2 complaint."),
    _Sign("complaint_acknowledgement", r"\b(?:acknowledg\w+)\b[^.]{0,80}\b(?:complaint)\b|\bthank\s+you\s+for\s+your\s+complaint\b|\b(?:received|receipt\s+of)\s+your\s+(?:stage\s+\w+\s+)?complaint\b", "It says that a complaint has arrived."),
    _Sign("stage1_reply", r"\bstage\s*(?:1|one)\b[^.]{0,80}\b(?:response|reply|outcome|decision|investigation)\b|\b(?:response|reply)\s+to\s+your\s+(?:stage\s+(?:1|one)\s+)?complaint\b", "It answers a stage 1 complaint."),
    _Sign("sar_reply", r"\bsubject\s+access\s+request\b", "It answers a subject access request.", sure=False),
    _Sign("foi_reply", r"\bfreedom\s+of\s+information\b[^.]{0,120}\b(?:request|response|act)\b", "It answers a freedom of information request.", sure=False),
    _Sign("ep_report", r"\beducational\s+psycholog(?:y|ist)['’]?s?\b[^.\n]{0,60}\b(?:report|advice|assessment)\b|\bpsychological\s+advice\b", "Its title names an educational psychologist.", top=True),
    _Sign("salt_report", r"\bspeech\s+(?:and|&)\s+language\s+therap(?:y|ist)\b[^.\n]{0,60}\b(?:report|advice|assessment)\b", "Its title names speech and language therapy.", top=True),
    _Sign("ot_report", r"\boccupational\s+therap(?:y|ist)\b[^.\n]{0,60}\b(?:report|advice|assessment)\b", "Its title names occupational therapy.", top=True),
    _Sign("ot_report", r"\boccupational\s+therap(?:y|ist)\b[^.\n]{0,60}\bprogramme\b", "It is a programme of occupational therapy.", sure=False, top=True),
    _Sign("medical_report", r"\b(?:paediatric(?:ian)?|medical|clinic|outpatient|camhs)\b[^.\n]{0,60}\b(?:report|letter|advice|summary|appointment)\b|\bdiagnosis\s*:", "Its head speaks of a clinic or a diagnosis.", sure=False, top=True),
    _Sign("witness_statement", r"\bwitness\s+statement\b(?!s?\s+(?:of|and)\s+(?:evidence|limits?))", "It calls itself a witness statement.", top=True),
    _Sign("exclusion_notice", r"\b(?:permanently\s+exclude[d]?|suspended|fixed[- ]term\s+exclusion|notice\s+of\s+(?:suspension|exclusion))\b", "It says that a pupil is suspended or excluded.", top=True),
    _Sign("attendance_record", r"\battendance\s+(?:record|register|certificate|summary|report)\b", "Its title names attendance.", top=True),
    _Sign("school_report", r"\b(?:end\s+of\s+(?:year|term)|annual|school)\s+report\b|\bpupil\s+report\b", "Its title names a school report.", sure=False, top=True),
    _Sign("invoice", r"\b(?:invoice|receipt)\b[\s\S]{0,400}(?:£|total|amount\s+due|paid)", "It names a sum to pay.", top=True),
    _Sign("note", r"^\s*(?:phone\s+call|telephone\s+call|call\s+note|notes?\s+of\s+(?:a\s+)?(?:call|meeting|visit))\b", "It begins as a note of a call or meeting.", top=True),
    _Sign("chat", r"(?:^\[?\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}[^\n]*:[^\n]+\n){2}", "It looks like chat messages."),
)  # fmt: skip

_NEVER_A_MAIL = frozenset(
    {"ep_report", "salt_report", "ot_report", "medical_report", "school_report", "attendance_record", "note", "chat"}
)
"""What a mail may speak of or carry, but is not itself."""


def kind_of(type_: str, name: str, title: str, body: str, *, from_me: bool) -> KindGuess | None:
    """What sort of paper this seems to be, with the reason and the words it rests on."""
    plain = "email" if type_ in ("eml", "msg") else ""
    text = body[:8000]
    if len(re.findall(r"^\s*section\s+[A-K][12]?\b", text, re.IGNORECASE | re.MULTILINE)) >= 4:
        return _plan(f"{title}\n{text[:1500]}")
    if not from_me:
        head = f"{name.replace('_', ' ').replace('-', ' ')}\n{title}\n{text[:700]}"
        for sign in _SIGNS:
            if plain and sign.kind in _NEVER_A_MAIL:
                continue
            where = (title if plain else head) if sign.top else f"{title}\n{text}"
            match = re.search(sign.words, where, re.IGNORECASE | re.MULTILINE)
            if match and not _spoken_of(sign, match, text):
                quote = " ".join(match[0].split())[:120]
                return KindGuess(sign.kind, sign.sure and not (plain and sign.top), sign.because, quote)
    if plain:
        return KindGuess("email", True, "It is a mail.")
    if type_ in ("jpeg", "heic", "png", "webp", "gif", "bmp"):
        return KindGuess("photo", False, "It is a picture.")
    if re.search(r"^\s*Dear\s+\S+", text, re.MULTILINE) and re.search(
        r"\byours\s+(?:sincerely|faithfully)\b", text, re.IGNORECASE
    ):
        return KindGuess("letter", True, "It has a greeting and a close.")
    if re.search(r"^\s*Dear\s+\S+", text, re.MULTILINE):
        return KindGuess("letter", False, "It has a greeting.")
    return None


def _plan(head: str) -> KindGuess:
    draft = re.search(r"\b(draft|proposed)\b", head, re.IGNORECASE)
    amended = re.search(r"\bamended\b", head, re.IGNORECASE)
    final = re.search(r"\bfinal\b", head, re.IGNORECASE)
    kind = "draft_plan" if draft else "amended_final_plan" if amended else "final_plan"
    because = "It has the lettered sections of a plan" + (" and says that it is a draft." if draft else ".")
    return KindGuess(kind, bool(draft or amended or final), because, (draft or amended or final or [""])[0])


def _spoken_of(sign: _Sign, match: re.Match[str], text: str) -> bool:
    """Whether the words only speak of a paper or a condition: "if we decide not to assess", "a final plan will follow"."""
    at = text.lower().find(match[0].lower()[:30])
    before = text[max(0, at - 60) : at].lower() if at >= 0 else ""
    after = text[at + len(match[0]) : at + len(match[0]) + 60].lower() if at >= 0 else ""
    if re.search(r"\b(if|whether|should|when|once|before|unless|appeal against (?:a|the))\s+(?:\w+\s+){0,4}$", before):
        return True
    return sign.kind.endswith("_plan") and bool(
        re.search(r"^\W*(?:will|by|should|is due|has not|was due|within)\b", after)
    )


_HAPPENED: tuple[tuple[str, str, str, str], ...] = (
    ("ehcna_request_received", "", r"\b(?:received|receipt\s+of)\s+(?:your|a|the)\s+(?:parental\s+)?request\b[^.]{0,120}?\bassess\w*[^.]{0,60}?\bon\b|\brequest[^.]{0,100}\bassess\w*[^.]{0,60}\b(?:was\s+)?received\s+(?:by\s+\w+\s+)?(?:by\s+us\s+)?on\b", "It says when the request for an assessment arrived."),
    ("review_meeting_held", "", r"\b(?:annual\s+)?review\s+(?:meeting\s+)?(?:was\s+)?(?:held|took\s+place)\s+on\b|\bmeeting\s+was\s+held\s+on\b|\bdate\s+of\s+(?:the\s+)?(?:annual\s+)?review(?:\s+meeting)?\s*:?|\bannual\s+review\s+(?:meeting\s+)?(?:on|of)\b", "It gives the day of the review meeting."),
    ("complaint_received", "", r"\b(?:received|receipt\s+of)\s+your\s+(?:stage\s+\w+\s+)?complaint[^.]{0,40}\bon\b|\byour\s+(?:stage\s+\w+\s+)?complaint,?\s+(?:which\s+)?(?:we|was)\s+received\s+on\b", "It says when the complaint arrived."),
)  # fmt: skip

_BY_KIND: dict[str, tuple[tuple[str, str], ...]] = {
    "decision_not_to_assess": (("decision_letter_sent", "refuse_to_assess"),),
    "decision_to_assess": (("assess_decision_sent", ""),),
    "decision_not_to_issue": (("decision_letter_sent", "refuse_to_issue"),),
    "draft_plan": (("draft_plan_served", ""),),
    "final_plan": (("plan_finalised", ""),),
    "amended_final_plan": (("plan_finalised", ""),),
    "amendment_notice": (("amendment_notice_sent", ""),),
    "cease_notice": (("cease_decision_sent", ""),),
    "complaint_acknowledgement": (("complaint_acknowledged", ""),),
    "stage1_reply": (("cc_s1_reply_received", ""),),
    "stage2_reply": (("cc_s2_reply_received", ""),),
    "mediation_certificate": (("mediation_certificate_issued", ""),),
    "tribunal_registration": (("registration_letter", ""),),
    "tribunal_order": (("tribunal_order_date", ""),),
    "lgsco_draft_decision": (("lgsco_draft_sent", ""),),
    "lgsco_decision": (("lgsco_decision_date", ""),),
    "review_decision": (("review_decision_sent", ""),),
}
"""The event a paper of a kind proves by itself, on the date it bears."""

_REQUEST = re.compile(
    rf"\b(?:request(?:ing)?|ask(?:ing)?)\s+(?:for\s+|that\s+[^.]{{0,60}}|you\s+to\s+{_DO}\s*|the\s+council\s+to\s+{_DO}\s*)?{_ASSESS}",
    re.IGNORECASE,
)
_SERVED = re.compile(r"\b(?:enclos\w*|attach\w*|find|sending|sent|here\s+is)\b[^.]{0,80}\b(?P<what>draft|proposed|final|amended)\s+(?:\w+\s+){0,3}?(?:ehcp?|education,?\s+health|plan)", re.IGNORECASE)  # fmt: skip


_COMPLAINT = re.compile(r"\b(?:formal\s+complaint|complaint[:,]?\s+stage\s+(?:1|one)|stage\s+(?:1|one)\s+complaint|i\s+(?:wish|want|would\s+like)\s+to\s+(?:make\s+a\s+)?compla\w+)", re.IGNORECASE)  # fmt: skip
_COMMENTS = re.compile(r"\bcomments?\s+(?:on|about)\s+(?:(?:the|your|\w+['’]s)\s+)?draft\b", re.IGNORECASE)
_SAME_DAY = "A mail most often arrives the same day."


def _done_by_me(title: str, body: str, date: DateGuess) -> list[EventGuess]:
    """What the parent seems to do in a mail of their own: ask for an assessment, comment on a draft, complain."""
    found = []
    opening = f"{title}\n{body[:300]}"
    asked = _REQUEST.search(body)
    if asked and not re.search(r"\b(?:re-?assess|six weeks|late|decision)\b", body[:600], re.IGNORECASE):
        found.append(("ehcna_request_received", f"You ask for an assessment here. {_SAME_DAY}", asked))
    if commented := _COMMENTS.search(opening):
        found.append(("draft_comments_sent", "You send comments on the draft here.", commented))
    if (complained := _COMPLAINT.search(opening)) and not re.match(r"(?:re|fw|fwd):", title, re.IGNORECASE):
        found.append(("complaint_received", f"You complain here. {_SAME_DAY}", complained))
    return [
        EventGuess(event, date.value, False, because, " ".join(words[0].split())[:120])
        for event, because, words in found
    ]


def events_in(
    title: str, body: str, kind: str, *, from_me: bool, date: DateGuess | None, born: dt.date | None
) -> tuple[EventGuess, ...]:
    """The events of the law a paper seems to prove, those named with a date first."""
    found: list[EventGuess] = []
    for event, detail, words, because in _HAPPENED:
        for match in re.finditer(words, body, re.IGNORECASE):
            following = next((entry for entry in all_in(body[match.end() : match.end() + 60])), None)
            if following and following.value != born and following.start <= 25:
                quote = " ".join(body[match.start() : match.end() + following.end].split())[:160]
                found.append(EventGuess(event, following.value, not following.doubt, because, quote, detail))
                break
    if date is None:
        return tuple(found)
    if from_me:
        found += _done_by_me(title, body, date)
    for event, detail in _BY_KIND.get(kind, ()):
        found.append(
            EventGuess(event, date.value, date.sure, "This kind of paper proves it, on the date it bears.", "", detail)
        )
    if not from_me and kind in ("letter", "email") and (served := _SERVED.search(body)):
        event = "draft_plan_served" if served["what"].lower() in ("draft", "proposed") else "plan_finalised"
        found.append(
            EventGuess(
                event, date.value, False, "It speaks of a plan that is enclosed.", " ".join(served[0].split())[:120]
            )
        )
    unique = {(entry.event, entry.date): entry for entry in reversed(found)}
    return tuple(reversed(unique.values()))


_PROMISE = re.compile(r"\b(?:we|i|the (?:council|school|team|panel|officer|caseworker))\s+(?:will|shall|aim to|hope to|expect to)\b.{5,}", re.IGNORECASE)  # fmt: skip
_SOON = re.compile(r"\b(by|within|next|before|this) (?:the )?(?:end|week|month|term|friday|monday|\d+ )", re.IGNORECASE)


def promises_in(body: str, written: dt.date) -> tuple[tuple[dt.date | None, str], ...]:
    """Sentences that promise something, with the day they name when it lies after ``written``; at most eight."""
    found: list[tuple[dt.date | None, str]] = []
    for part in re.split(r"(?<=[.!?])\s|\n", body[:8000]):
        sentence = " ".join(part.split())
        if not 12 < len(sentence) < 400 or not _PROMISE.search(sentence):
            continue
        if re.search(r"\bwill not\b", sentence, re.IGNORECASE):
            continue
        day = next((entry.value for entry in all_in(sentence) if entry.value >= written), None)
        if day or _SOON.search(sentence):
            found.append((day, sentence[:240]))
    return tuple(found[:8])
