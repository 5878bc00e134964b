"""Making an export: judged, written, logged, with a receipt. Whole, or not at all.

The order is what keeps it honest. That it begins is logged first, so that no file can lie on a stick without a word in
the log. The file is written and read back. Then, in one transaction: the log row, the receipt with the log's head, what
was told of whom, and, as the last thing before the commit, the receipt's file. A failure takes the files away again and
is logged. Whatever a kill leaves, a file without its receipt is not complete, and the log shows a beginning without an end.
"""

import contextlib
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.clock import stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import cannot_write, write_whole
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.csv_table import csv_bytes
from pupil_desk.documents.locked_zip import locked_zip
from pupil_desk.documents.receipt import FileMade, Receipt, receipt_text
from pupil_desk.services import disclosures
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.exports.export import Export, ExportMade, Period, Selection
from pupil_desk.services.progress import Progress
from pupil_desk.services.roles import Action
from pupil_desk.services.units import is_training
from pupil_desk.store import audit, ledger
from pupil_desk.store.passwords import generate_password
from pupil_desk.store.rows import new_id

_LONGEST_REASON = 255  # characters
_STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What is asked for, settled once: the moment, the day, the reason, and where the files will lie."""

    desk: Desk
    export: Export
    export_id: str
    moment: datetime
    day: date
    reason: str
    plain: bool
    file: Path
    receipt: Path
    period: Period | None
    written: list[Path] = field(default_factory=list)

    def write(self, path: Path, data: bytes) -> None:
        """Write a file, and know it for ours from then on. Raises CannotWrite."""
        write_whole(path, data)
        self.written.append(path)

    def log(self, words: str, action: Action | str | None = None) -> None:
        """A row of the log, inside a transaction."""
        self.desk.append(
            self.moment, action or self.export.action, "export", self.export_id, f"{self.export.name}: {words}"
        )


def make(desk: Desk, export: Export, folder: Path, *, reason: str, on: date | None = None, plain: bool = False,
         confirm: Collection[str] = (), period: Period | None = None, progress: Progress | None = None) -> ExportMade:  # fmt: skip
    """Write an export to a folder: its file, locked unless ``plain``, and its receipt. See ``run_export``."""
    reason = _allowed(desk, export, reason, plain=plain, confirm=confirm)
    if on is not None and on > desk.today:
        raise WrongUse(_("An export cannot be judged on a day to come. Preview it instead."))
    step = progress or (lambda _done, _total, _words: None)
    step(0, _STEPS, _("Looking who may be told what"))
    day, moment = on or desk.today, desk.clock.now()
    if export.usual is not None:
        period = period or export.usual(day)
    selection = _selection(desk, export, day, period, frozenset(confirm))
    file, receipt = _free_names(
        folder, f"{export.stem}-{moment.astimezone():%Y-%m-%d-%H%M}", ".csv" if plain else ".zip"
    )
    job = _Job(
        desk=desk,
        export=export,
        export_id=new_id(),
        moment=moment,
        day=day,
        reason=reason,
        plain=plain,
        file=file,
        receipt=receipt,
        period=period,
    )
    step(1, _STEPS, _("Making the file"))
    data, password = _contents(job, selection)
    made = FileMade(file.name, len(data), hashlib.sha256(data).hexdigest())
    with _all_or_nothing(job, selection):
        step(2, _STEPS, _("Writing and reading back"))
        job.write(file, data)
        with desk.vault.transaction():
            text = _keep(job, selection, made)
            job.write(receipt, text.encode("utf-8"))
    step(_STEPS, _STEPS, _("Done"))
    left_out = tuple((left.pupil, left.reason) for left in selection.left_out)
    return ExportMade(job.export_id, (made,), receipt, text, len(selection.lines), left_out, password)


def _allowed(desk: Desk, export: Export, reason: str, *, plain: bool, confirm: Collection[str]) -> str:
    desk.require(export.action, "export")
    if plain and not is_training(desk):  # every pupil of a training unit is invented
        desk.require(Action.EXPORT_PLAIN, "export")
    if confirm:
        desk.require(Action.CONFIRM_PROTECTED, "export")
    reason = tidy(reason)
    if not reason:
        raise WrongUse(_("Enter why the file is made. The reason stands in the receipt and in the log."))
    if len(reason) > _LONGEST_REASON:
        raise WrongUse(_("The reason is too long: use at most 255 characters."))
    return reason


def _selection(desk: Desk, export: Export, day: date, period: Period | None, confirm: frozenset[str]) -> Selection:
    if period is None:
        return export.select(desk, day, confirm)
    if export.over is None:
        raise WrongUse(_("This export tells of a day, not of a period. Leave out the two days."))
    if period.until < period.since:
        raise WrongUse(_("The period ends before it begins. Correct one of the two days."))
    return export.over(desk, period, confirm)


def _free_names(folder: Path, name: str, ending: str) -> tuple[Path, Path]:
    """The file and its receipt, under the first name that neither of the two has yet."""
    number = 1
    while True:
        numbered = name if number == 1 else f"{name}-{number}"
        file, receipt = folder / f"{numbered}{ending}", folder / f"{numbered}-receipt.txt"
        try:
            if not (file.exists() or receipt.exists()):
                return file, receipt
        except OSError as error:
            raise cannot_write(error, folder) from error
        number += 1


def _contents(job: _Job, selection: Selection) -> tuple[bytes, str | None]:
    table = csv_bytes([column.heading for column in selection.columns], selection.lines)
    if job.plain:
        return table, None
    password = generate_password()
    return locked_zip({job.file.with_suffix(".csv").name: table}, password), password


@contextlib.contextmanager
def _all_or_nothing(job: _Job, selection: Selection) -> Iterator[None]:
    """Log that it begins; on any failure take away what was written, and log that too.

    Parts that a kill or a pulled stick left in the folder are taken away first.
    """
    with job.desk.vault.transaction():
        job.log(_in_short(job, selection), "export begun")
    with contextlib.suppress(OSError):
        for part in job.file.parent.glob(f"{job.export.stem}-????-??-??-*.part"):
            part.unlink(missing_ok=True)
    try:
        yield
    except BaseException:
        for path in reversed(job.written):
            with contextlib.suppress(OSError):  # a stick that was pulled
                path.unlink(missing_ok=True)
        with job.desk.vault.transaction():
            job.log(_in_short(job, selection), "export failed")
        raise


def _in_short(job: _Job, selection: Selection) -> str:
    """For the log: counts, how it was written, and the reason given."""
    return f"{len(selection.lines)} rows, {len(selection.left_out)} left out, {'plain' if job.plain else 'locked'}; {job.reason}"


def _keep(job: _Job, selection: Selection, made: FileMade) -> str:
    """Within the transaction: the log rows, then the receipt with the log's head, then what was told of whom."""
    vault = job.desk.vault
    for told in selection.told:
        if told.confirmed:
            job.desk.append(job.moment, Action.CONFIRM_PROTECTED, "pupil", told.pupil.id, job.export.name)
    fields = [column.heading for column in selection.columns]
    job.log(f"{_in_short(job, selection)}; {', '.join(fields)}", Action.EXPORT_PLAIN if job.plain else None)
    text = receipt_text(_receipt(job, selection, made, audit.head(vault).shown))
    values = {
        "id": job.export_id, "name": job.export.name, "recipient": job.export.recipient, "law": job.export.law,
        "reason": job.reason, "judged_on": job.day, "at": stamp(job.moment), "made_by": job.desk.user.id,
        "fields": ", ".join(fields), "rows": len(selection.lines), "left_out": len(selection.left_out), "plain": job.plain,
        "file_name": made.name, "sha256": made.sha256, "receipt": text,
    }  # fmt: skip
    ledger.add_export(vault, values)
    told_by_it = (
        disclosures.Told(
            pupil_id=told.pupil.id, what=job.export.name, recipient=job.export.recipient, law=job.export.law, purpose=job.reason,
            fields=", ".join(told.items), reason=told.reason, level=told.level, decided_by=told.decided_by, on=job.day,
            export_id=job.export_id,
        )
        for told in selection.told
    )  # fmt: skip
    disclosures.keep(Work(job.desk, job.moment, job.desk.user.id), disclosures.Way.EXPORT, told_by_it)
    return text


def _zone(local: datetime) -> str:
    """« GMT» or « BST»; nothing where the system has only a long name of its own for them, as Windows has."""
    name = local.tzname() or ""
    return f" {name}" if len(name) <= 5 else ""


def _judged_on(job: _Job) -> str:
    if job.period is None:
        return show_date(job.day)
    return _("{since} to {until}").format(since=show_date(job.period.since), until=show_date(job.period.until))


def _receipt(job: _Job, selection: Selection, made: FileMade, log_head: str) -> Receipt:
    export, local = job.export, job.moment.astimezone()
    levels: dict[str, int] = {}
    for told in selection.told:
        levels[told.level] = levels.get(told.level, 0) + 1
    settings = job.desk.settings
    return Receipt(
        title=export.title,
        unit=f"{settings.name} ({settings.dfe_number})",
        made_at=f"{show_date(local.date())}, {local:%H:%M:%S}{_zone(local)} (UTC{local:%:z})",
        made_by=f"{job.desk.user.name}, {job.desk.user.role.label.lower()}",
        reason=job.reason,
        recipient=export.recipient,
        law=export.law,
        basis=export.basis.value,
        purpose=export.purpose,
        judged_on=_judged_on(job),
        fields=[column.heading for column in selection.columns],
        rows=len(selection.lines),
        levels=[(codelist("level").label_of(level), number) for level, number in sorted(levels.items())],
        confirmed=sum(told.confirmed for told in selection.told),
        left_out=sorted((left.pupil.ref, left.receipt_reason) for left in selection.left_out),
        encrypted=not job.plain,
        files=[made],
        log_head=log_head,
        version=__version__,
    )
