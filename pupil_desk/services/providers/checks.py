"""What was seen of a provider, as a file tells it: entered, and taken back by a further entry, for nothing that was seen is written over."""

import dataclasses
from collections.abc import Iterator

from pupil_desk.basics.words import _
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.services.desk import Work
from pupil_desk.services.keyed_records import TakenBack
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import keyed_amendments
from pupil_desk.store.tables import providers as store
from pupil_desk.store.tables.keyed_amendments import WHOLE

_KIND = "provider_check"
IMPORT_UNDONE = _("Import undone")
"""Why what came with a file counts no more."""


def keep_check(work: Work, check: ProviderCheck) -> None:
    """Within a transaction: enter a checked one, so that the file can be undone."""
    store.add_check(work.desk.vault, check, moment=work.stamp, actor=work.actor)
    keyed_amendments.add(
        work.desk.vault, kind=_KIND, record_id=check.id, changes={WHOLE: (None, None)}, moment=work.stamp, actor=work.actor, act=work.act
    )


def is_taken_back(check: ProviderCheck) -> bool:
    """Whether it says of the one before it, which a file brought, that nothing was seen."""
    return not check.is_in_order and check.note == IMPORT_UNDONE


def take_back(work: Work, act: str) -> Iterator[TakenBack]:
    """Within a transaction: each check that an act entered counts no more, unless a later one of its kind does; the one before it is entered again."""
    vault = work.desk.vault
    added_ids = {row["record_id"] for row in keyed_amendments.of_act(vault, act) if row["kind"] == _KIND}
    for of_provider in store.checks(vault).values() if added_ids else ():
        for check in (check for check in of_provider if check.id in added_ids):
            of_kind = [entry for entry in of_provider if entry.kind == check.kind]
            if dataclasses.replace(of_kind[-1], id=check.id) != check:  # the last may be this one entered again, as a later file was undone
                yield TakenBack(_KIND, check.id, check.provider, stays=_("It was looked at again since."))
                continue
            earlier = of_kind[: of_kind.index(check)]
            before = earlier[-1] if earlier else dataclasses.replace(check, in_order="no", note=IMPORT_UNDONE)
            store.add_check(vault, dataclasses.replace(before, id=new_id()), moment=work.stamp, actor=work.actor)
            yield TakenBack(_KIND, check.id, check.provider, _("As before") if earlier else _("Entered by mistake"))
