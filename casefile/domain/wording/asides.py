"""Parts of a sentence that promise nothing of their own: who gives what stands before them, where it comes from, that nothing is cut."""

import re

from casefile.domain.wording.reading import Reading

GIVER = re.compile(r"\s*(?:all\s+)?(?:to be\s+)?(?:delivered|provided|led|run|given|taught|overseen)\s+by\b")
VERB = re.compile(r"\b(?:will|shall|must|should|may|can|is|are|has|have|to be)\b")
REMARK = re.compile(r"\s*(?:both|all|each|these|the same|all of it|everything)\s+(?:from|using|with|as|in line|taken|based|set|following|out of)\b")
"""What only says where the things before it come from."""
ASSURANCE = re.compile(
    r"\s*(?:the|this|that|these|those|it|its|his|her|their)\b[^,;.]{0,40}?\b(?:will|shall|must|may|is to|are to|can)\s+(?:not|never)\b"
    r"|\s*(?:no|none|nothing)\b[^,;.]{0,40}?\b(?:will|shall|must|may)\s+be\s+(?:lost|cut|missed|reduced|taken|used)\b"
)
"""What only says that nothing will be cut or changed."""
STANDS_IN = re.compile(r"\s*(?:when|if|whenever|where|should|on days when|in the absence of|during)\b[^,]*\b(?:absen\w+|away|off|ill|sick|unwell|leave|unavailable)\b[^,]*,")
"""Who takes over while somebody is away."""
STAFFED = re.compile(r"\s*(?:an?|one|two|three|the|with)\s+[^,;.]{3,60}?\s(?:in|at|on|beside|with|alongside|from)\s")
"""Who stands where, without a verb: "one physiotherapist in the pool with Tariq"."""


def without_asides(readings: list[Reading]) -> list[Reading]:
    """The provisions without what promises nothing of its own; a closing "Delivered by a …" names the person of those before it."""
    kept: list[Reading] = []
    for one in readings:
        time, before = one.time, kept[-1] if kept else None
        timed = time.lengths or time.periods or time.counts or time.whole or time.occasion
        if before and REMARK.match(one.flat) and not timed:
            before.authors += one.authors
        elif before and ASSURANCE.match(one.flat) and not (timed or one.jobs):
            before.weak += tuple(mark for mark in one.weak if mark.weak and mark.weak.undoes and mark.kind == "condition")
        elif before and before.jobs and STANDS_IN.match(one.flat) and one.jobs and not one.not_a_job and not (time.lengths or one.conditions):
            before.kinds |= one.kinds & {"qualified", "profession"}
        elif before and before.what and one.jobs and not timed and not one.weak and STAFFED.match(one.flat) and not VERB.search(one.flat):
            before.jobs = before.jobs or one.jobs
        elif kept and one.jobs and GIVER.match(one.flat) and not (one.time.lengths or one.time.periods):
            for other in kept:
                other.jobs = other.jobs or one.jobs
                other.kinds |= one.kinds & {"qualified", "profession", "review"}
        else:
            kept.append(one)
    return kept
