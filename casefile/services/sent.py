"""Which letters were sent: asked each time the program opens, so it loads nothing that writes one."""

from casefile.domain.deadlines import Deadline
from casefile.domain.letters import Draft
from casefile.store.store import Store


def sent_about(store: Store, template_id: str, one: Deadline) -> bool:
    """Whether a letter of this form was sent since the day a deadline was missed."""
    return any(
        made.sent_on and (one.due is None or made.sent_on > one.due)
        for made in store.find(Draft, template=template_id)
    )
