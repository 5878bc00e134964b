"""Erasing in one go, for tests of what an erasure does. The program itself has no such way: two people agree first (``erasure_cases``)."""

from collections.abc import Collection

from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import erasure
from pupil_desk.services.erasure.erasure import Erased, Extent
from pupil_desk.services.roles import Action
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.store.rows.rows import new_id


def erase_pupil(desk: Desk, pupil_id: str, *, authority: str) -> Erased:
    """All that is held on one pupil."""
    order_id = new_id()
    with erasure.noting_in_ledger(desk), desk.act(Action.ERASE, "erasure-order", order_id, "all of a pupil") as work:
        return erasure.whole_within(work, pupil_id, authority, order_id)


def erase_sections(desk: Desk, sections: Collection[str], *, authority: str, pupil_id: str = "") -> Erased:
    """Sections of the pupil's sheet: of one pupil, or without one of all pupils, as an order in a note beside a backup may say it."""
    tables, order_id = frozenset(table for section in sections for table in TABLES[section]), new_id()
    with erasure.noting_in_ledger(desk), desk.act(Action.ERASE, "erasure-order", order_id, ", ".join(sorted(sections))) as work:
        return erasure.erase_within(work, pupil_id, Extent(tables), authority, order_id)
