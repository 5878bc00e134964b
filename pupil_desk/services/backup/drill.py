"""The restore drill of each term: a backup restored for a try, checked, read, and destroyed again; a certificate says so.

What is restored is a copy in a folder of its own, as encrypted as the backup, and open to be looked at alone. The unit's file keeps the
day in its log.
"""

import contextlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import drill_certificate
from pupil_desk.domain.register.calendar import law_term
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.sheet import everything
from pupil_desk.store.file import restoring
from pupil_desk.store.tables import ledger

DRILL = "restore-drill"  # as it stands in the log
READ = 10  # pupils
_FIRST_AFTER = timedelta(days=14)
TITLE = _("Certificate of a restore drill")


@dataclass(frozen=True, slots=True)
class Drill:
    """What was done: the backup's name and its digest, when it was made, how many pupils it holds and how many were read, its last row of the log."""

    name: str
    sha256: str
    made_at: datetime
    pupils: int
    read: int
    log_head: str
    moment: datetime
    by: str
    role: str
    unit: str
    way: str

    def story(self) -> list[Block]:
        """The certificate."""
        facts = [
            (_("Day of the drill"), _shown(self.moment)),
            (_("Made by"), self.by),
            (_("Backup"), self.name),
            (_("Backup made"), _shown(self.made_at)),
            (_("SHA-256"), self.sha256),
            (_("Opened with"), self.way),
            (_("Three checks"), _("every page, the structure, and whose it is and how far its log goes: passed")),
            (_("Last row of its log"), self.log_head),
            (_("Records read"), _("{read} of {pupils}, chosen by chance").format(read=self.read, pupils=count_of(self.pupils, _("pupil"), _("pupils")))),
        ]  # fmt: skip
        return drill_certificate.story(self.unit, facts, f"{self.by}, {self.role}")


def make(desk: Desk, path: Path, *, name: str | None = None, password: str | None = None, recovery_code: str | None = None) -> Drill:
    """Restore a backup for a try, with a sign-in of its day or the recovery code; nothing of it is left at the end.

    Raises NotAllowed, WrongPassword, Damaged, NotOurs, NewerVersion, WrongUse (no such file, or another unit's), CannotWrite.
    """
    desk.require(Action.RESTORE, "backup")
    restored, seen = restoring.open_to_look(
        path,
        name=name,
        password=password,
        recovery_code=recovery_code,
        first=lambda copy: backups.erase_again(copy, desk.clock, path, desk.vault.path),
    )
    with contextlib.closing(restored):
        if restored.vault_id != desk.vault.vault_id:
            raise WrongUse(_("{file} is a backup of another unit’s file. Choose one of this unit.").format(file=path.name))
        scratch = Desk(restored, desk.user, desk.clock)
        everyone = pupils.all_pupils(scratch)
        chosen = random.SystemRandom().sample(everyone, min(READ, len(everyone)))
        for pupil in chosen:
            everything(scratch, pupil.id, restricted=False)
    moment = desk.clock.now()
    with desk.vault.transaction():
        desk.append(
            moment, DRILL, "backup", seen.sha256[:16], f"{len(chosen)} of {len(everyone)} pupils read, log {seen.log_head.reference}"
        )
    return Drill(
        name=path.name,
        sha256=seen.sha256,
        made_at=local_time(seen.made_at),
        pupils=len(everyone),
        read=len(chosen),
        log_head=seen.log_head.reference,
        moment=moment.astimezone(),
        by=desk.user.name,
        role=desk.user.role.label.lower(),
        unit=desk.settings.name,
        way=_("a password from when it was made") if recovery_code is None else _("the recovery code"),
    )


def last(desk: Desk) -> datetime | None:
    """When the last drill was made, as the log has it."""
    row = desk.vault.first_row("SELECT at FROM log WHERE action = ? ORDER BY seq DESC LIMIT 1", (DRILL,))
    return local_time(row["at"]) if row else None


def is_due(desk: Desk) -> bool:
    """Whether this term has had no drill yet, of three in a year; not asked for until two weeks after the first backup."""
    before = last(desk)
    if before is not None and law_term(before.date()) == law_term(desk.today):
        return False
    first = min((str(row["at"]) for row in ledger.backups(desk.vault)), default="")
    return bool(first) and local_time(first) + _FIRST_AFTER <= desk.clock.now()


def _shown(moment: datetime) -> str:
    return _("{day} at {time}").format(day=show_date(moment.date()), time=moment.strftime("%H:%M"))
