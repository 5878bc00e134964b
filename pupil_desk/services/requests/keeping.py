"""A step of a case is kept, whoever records it: the data officer by hand, or what a copy or a letter does."""

import dataclasses

from pupil_desk.domain.requests.case import RequestEvent
from pupil_desk.services.desk import Work
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import requests as store


def keep_event(work: Work, event: RequestEvent) -> None:
    """Within a transaction: keep a step of a case."""
    store.add_event(work.desk.vault, dataclasses.replace(event, id=event.id or new_id()), moment=work.stamp, actor=work.actor)
