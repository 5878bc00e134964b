"""Why a pupil whom a file brought stays when the file is undone, in words: what is on file since, and what can be done instead."""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, some_of
from pupil_desk.domain.catalogue.catalogue import RECORDS, record_word
from pupil_desk.services.bin import CHANGING
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import ledger


def why_stays(vault: Vault, pupil_id: str, table: str) -> str:
    """The reason, and what to do instead; ``table`` is one with an entry since, or «amendment» for a change."""
    if disclosures := list(dict.fromkeys(_disclosures(vault, pupil_id))):
        words = _(
            "Told to {whom}. What was told stays on file, and the pupil with it. Instead, correct the record or end the stay; "
            "to delete it for good, ask a data officer for an erasure under Data protection."
        )
        return words.format(whom=some_of(disclosures))
    stays = _("The pupil stays, with all that came with the file.")
    kind = table.removesuffix("_amendment")
    if kind == "amendment":
        return _("The record was changed since. {stays} Undo that under Recent changes first, or correct the record.").format(stays=stays)
    if kind in RECORDS:
        words = _("There is more on file now: {record}. {stays} Instead, correct the record.")
        if kind in CHANGING:
            words = _("There is more on file now: {record}. {stays} Take that away in the record first, or correct the record.")
        return words.format(record=begun_small(record_word(kind)), stays=stays)
    return _("Something was done with the record since, such as a paper that was printed. {stays} Instead, correct the record.").format(
        stays=stays
    )


def _disclosures(vault: Vault, pupil_id: str) -> list[str]:
    """To whom the pupil's data was told, and when, those first that were first."""
    rows = (row for row in ledger.disclosures_of(vault, pupil_id) if not row["struck_because"])
    return [_("{recipient} on {day}").format(recipient=row["recipient"], day=show_date(local_time(row["at"]).date())) for row in rows]
