"""What is recorded of an export as it is made: the log, the receipt with the log's head, what was told of whom, and digests of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from pupil_desk import __version__
from pupil_desk.basics.clock import stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.files import path_within, write_whole
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.papers.receipt import FileMade, Receipt, receipt_text
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports.contents import Contents
from pupil_desk.services.exports.export import Ask, Export, Format, Lock, NewFile, Selection
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.made import recipient_of, recipients_of
from pupil_desk.services.receipts.sealed import sealed
from pupil_desk.services.roles import Action
from pupil_desk.store.file import audit
from pupil_desk.store.tables import ledger, returned


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportJob:
    """What is asked for, settled once: the moment, the day, the reason, the form, where the files will lie, and what stands in them."""

    desk: Desk
    export: Export
    export_id: str
    moment: datetime
    ask: Ask
    reason: str
    format: Format
    folder: Path
    stem: str
    contents: Contents
    paths: list[Path] = field(default_factory=list)

    def write(self, name: str, data: bytes) -> Path:
        """Write a file, and know it for ours from then on. Raises CannotWrite."""
        path = path_within(self.folder, name)
        write_whole(path, data)
        self.paths.append(path)
        return path

    def log(self, words: str, action: Action | str | None = None) -> None:
        """A row of the log, inside a transaction."""
        self.desk.append(self.moment, action or self.export.action, "export", self.export_id, f"{self.export.name}: {words}")


@dataclass(frozen=True, slots=True)
class LockedFiles:
    """The files as they are written: locked, or plain if ``lock`` is None; and their names before the lock.

    ``agreed`` are the names of those whose recipient has the password already; ``newly_agreed`` by part the passwords that others now have for good.
    """

    files: tuple[FileMade, ...]
    lock: Lock | None
    names: tuple[str, ...]
    agreed: tuple[str, ...] = ()
    newly_agreed: Mapping[str, str] = MappingProxyType({})


def in_short(job: ExportJob, selection: Selection, *, plain: bool) -> str:
    """For the log: counts, how it was written, and the reason given."""
    return f"{job.contents.counts.in_short}, {len(selection.left_out)} left out, {'plain' if plain else 'locked'}; {job.reason}"


def keep_record(
    job: ExportJob, selection: Selection, locked_files: LockedFiles, *, plain: bool, content: tuple[Sequence[NewFile], date | None]
) -> str:
    """Within the transaction: the log rows, then the receipt with the log's head and the unit's seal, then what was told of whom, and digests of it."""
    vault = job.desk.vault
    for pupil_id in dict.fromkeys(exported.pupil.id for exported in selection.exported if exported.confirmed):
        job.desk.append(job.moment, Action.CONFIRM_PROTECTED, "pupil", pupil_id, job.export.name)
    job.log(f"{in_short(job, selection, plain=plain)}; {', '.join(job.contents.fields)}", Action.EXPORT_PLAIN if plain else None)
    head = audit.head(vault)
    receipt = _receipt(job, selection, locked_files, head.reference)
    text = sealed(receipt_text(receipt), vault, head)
    ledger.add_export(vault, _values(job, selection, locked_files, text, plain=plain))
    ledger.add_export_files(vault, job.export_id, [(file.name, file.bytes, file.sha256) for file in locked_files.files])
    work = Work(job.desk, job.moment, job.desk.user.id)
    if job.export.keep is not None:
        job.export.keep(work, job.export_id, locked_files.names)
    if job.export.agreed is not None:
        job.export.agreed.keep(work, locked_files.newly_agreed)
    files, until = content
    disclosures.keep(work, disclosures.Way.EXPORT, _disclosures(job, selection))
    frozen.keep(
        work, frozen.FrozenExport(export_id=job.export_id, ask=job.ask, selection=selection, receipt=receipt, files=files, until=until)
    )
    returned.add(vault, job.export_id, job.export.name, [stay for exported in selection.exported for stay in exported.stays])
    return text


def _disclosures(job: ExportJob, selection: Selection) -> Iterator[disclosures.Disclosure]:
    export = job.export
    common = disclosures.Disclosure(
        pupil_id="",
        what=export.name,
        to=export.recipient_key,
        recipient=recipient_of(export, job.ask),
        law=export.law,
        purpose=job.export.purpose,
        fields="",
        on=job.ask.day,
        export_id=job.export_id,
    )
    for exported in selection.exported:
        yield replace(
            common,
            pupil_id=exported.pupil.id,
            recipient=exported.recipient or common.recipient,
            fields=", ".join(exported.items),
            reason=exported.reason,
            level=exported.level,
            decided_by=exported.decided_by,
        )
    for left in selection.left_out:
        if left.items_named:
            yield replace(
                common, pupil_id=left.pupil.id, fields=", ".join(left.items_named), reason=disclosures.NAME_ALONE, level="minimum"
            )


def _values(job: ExportJob, selection: Selection, locked_files: LockedFiles, text: str, *, plain: bool) -> dict[str, object]:
    export, period = job.export, job.ask.period
    first = locked_files.files[0] if locked_files.files else None
    return {
        "id": job.export_id, "name": export.name, "title": export.title, "recipient": recipient_of(export, job.ask), "law": export.law, "basis": export.basis.value,
        "purpose": export.purpose, "spec": selection.spec or export.spec, "reason": job.reason, "judged_on": job.ask.day, "at": stamp(job.moment), "made_by": job.desk.user.id,
        "fields": ", ".join(job.contents.fields), "rows": job.contents.counts.rows, "left_out": len(selection.left_out), "plain": plain,
        "format": job.format.value, "lock": locked_files.lock.value if locked_files.lock else "", "since": period and period.since, "until": period and period.until,
        "provider": job.ask.provider, "file_name": first.name if first else "", "sha256": first.sha256 if first else "", "receipt": text,
    }  # fmt: skip


def _zone(local: datetime) -> str:
    """« GMT» or « BST»; nothing where the system has only a long name of its own for them, as Windows has."""
    name = local.tzname() or ""
    return f" {name}" if len(name) <= 5 else ""


def _whom(job: ExportJob, selection: Selection) -> str:
    """Who is told; where it is asked who will hold it, and nobody said, that too."""
    words = join_words(recipients_of(job.export, job.ask, selection.exported))
    not_said = job.export.question is not None and not job.ask.holder
    return _("{recipient}; nobody said who").format(recipient=words) if not_said else words


def _judged_on(job: ExportJob, selection: Selection) -> str:
    """The day or period asked for, and the reference day where the export has one: of that the file tells."""
    if selection.reference_day is None:
        return job.ask.judged_on
    return _("{day}, for the reference day {reference}").format(day=job.ask.judged_on, reference=show_date(selection.reference_day))


def _receipt(job: ExportJob, selection: Selection, locked_files: LockedFiles, log_head: str) -> Receipt:
    export, contents, local = job.export, job.contents, job.moment.astimezone()
    levels = Counter(level for _pupil, level in {(exported.pupil.id, exported.level) for exported in selection.exported})
    settings = job.desk.settings
    return Receipt(
        title=export.title,
        unit=f"{settings.name} ({settings.dfe_number})",
        made_at=f"{show_date(local.date())}, {local:%H:%M:%S}{_zone(local)} (UTC{local:%:z})",
        made_by=f"{job.desk.user.name}, {job.desk.user.role.label.lower()}",
        reason=job.reason,
        recipient=_whom(job, selection),
        law=export.law,
        basis=export.basis.value,
        purpose=export.purpose,
        spec=selection.spec or export.spec,
        covers=export.covers,
        judged_on=_judged_on(job, selection),
        fields=contents.fields,
        rows=contents.counts.rows,
        levels=[(codelist("level").label_of(level), number) for level, number in sorted(levels.items())],
        confirmed=len({exported.pupil.id for exported in selection.exported if exported.confirmed}),
        left_out=sorted((left.pupil.ref, left.receipt_reason) for left in selection.left_out),
        lock=locked_files.lock.value if locked_files.lock else "",
        files=list(locked_files.files),
        log_head=log_head,
        version=__version__,
        pupils=contents.counts.pupils,
        sheets=contents.counts.sheets,
        empty=contents.empty,
        withheld=contents.withheld,
    )
