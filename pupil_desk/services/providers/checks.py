"""What was seen of a provider, as a file tells it: entered, and taken back by a word beside it, for nothing that was seen is written over."""

from collections.abc import Iterator

from pupil_desk.basics.words import _
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.services.desk import Work
from pupil_desk.services.keyed_records import TakenBack
from pupil_desk.store.tables import keyed_amendments
from pupil_desk.store.tables import providers as store
from pupil_desk.store.tables.keyed_amendments import TAKEN_BACK, WHOLE

_KIND = "provider_check"


def keep_check(work: Work, check: ProviderCheck) -> None:
    """Within a transaction: enter a checked one, so that the file can be undone."""
    store.add_check(work.desk.vault, check, moment=work.stamp, actor=work.actor)
    _amend(work, check, WHOLE)


def _amend(work: Work, check: ProviderCheck, item: str) -> None:
    keyed_amendments.add(
        work.desk.vault, kind=_KIND, record_id=check.id, changes={item: (None, None)}, moment=work.stamp, actor=work.actor, act=work.act
    )


def take_back(work: Work, act: str) -> Iterator[TakenBack]:
    """Within a transaction: each check that an act entered counts no more, unless a later one of its kind does; the one before it does again."""
    vault = work.desk.vault
    added_ids = {row["record_id"] for row in keyed_amendments.of_act(vault, act) if row["kind"] == _KIND}
    for of_provider in store.checks(vault).values() if added_ids else ():
        for check in (check for check in of_provider if check.id in added_ids):
            of_kind = [entry for entry in of_provider if entry.kind == check.kind]
            if of_kind[-1] != check:
                yield TakenBack(_KIND, check.id, check.provider, stays=_("It was looked at again since."))
                continue
            _amend(work, check, TAKEN_BACK)
            yield TakenBack(_KIND, check.id, check.provider, _("As before") if len(of_kind) > 1 else _("Entered by mistake"))
