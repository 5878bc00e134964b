"""Making an export: judged, written, logged, with a receipt. Whole, or not at all.

The order is what keeps it honest. That it begins is logged first, so that no file can lie on a stick without a word in
the log. The file is written and read back. Then, in one transaction: the log row, the receipt with the log's head, what
was told of whom, and, as the last thing before the commit, the receipt's file. A failure takes the files away again and
is logged. Whatever a kill leaves, a file without its receipt is not complete, and the log shows a beginning without an end.

Python's search for objects that hold each other in a circle, held off while many records are made at once.
"""

import contextlib
import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.basics.files import cannot_write, remove_within
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports.contents import contents_of
from pupil_desk.services.exports.export import Ask, Export, Format, Lock, NewFile, Option, Period, Problem, Selection, Writing
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.locking import lock_for, new_passphrase, under_lock
from pupil_desk.services.exports.made import ExportMade, receivers_of, recipients_of
from pupil_desk.services.exports.recording import ExportJob, LockedFiles, in_short, keep_record
from pupil_desk.services.exports.several_recipients import RecipientChoice
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import clock_doubt
from pupil_desk.services.unit.units import is_training
from pupil_desk.store.rows.rows import new_id


@contextmanager
def unswept() -> Iterator[None]:
    """No search within it. Records hold nobody in a circle; yet while ten thousand are made, it would walk through them all again and again.

    For what is read at once, not for what runs long: circles that are left meanwhile, such as those of a paper being made, are not taken away.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


_LONGEST_REASON = 255  # characters
LONGEST_HOLDER = 120  # characters
_STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What is ordered of an export: why, and what is not to be as it is unless told.

    ``day`` is the day it is judged on, today at the latest; ``confirm`` holds the ids of protected pupils who are to go in; ``period``
    is for an export that tells of one, which without it has its usual period up to the day; ``pupils`` are the ids of those who alone are asked for,
    ``provider`` the one asked for. ``format`` and ``lock`` are the export's own unless given; a ``plain`` file has no lock. ``keep_content`` is the day until which the
    files are kept in the unit's file as well; without one they are not. ``one_password`` is for whoever can be told but one, where several
    recipients' files would each have their own. ``holder`` is the organisation that takes it, for an export that asks who will hold it.
    ``as_it_stands`` is the word of a person who was asked about what the file says; without it a file that asks for one is not made.
    """

    reason: str
    day: date | None = None
    plain: bool = False
    confirm: frozenset[str] = frozenset()
    period: Period | None = None
    pupils: frozenset[str] | None = None
    provider: str | None = None
    format: Format | None = None
    lock: Lock | None = None
    keep_content: date | None = None
    one_password: bool = False
    holder: str = ""
    as_it_stands: bool = False


class AskedFirst(Known):
    """A person is to be asked about words that would go: nothing was made, and nothing is logged. ``problems`` are those words, by pupil."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("Nothing was made: a person is to look first at words that would go, and say that they go as they stand."))
        self.problems = problems


def make(desk: Desk, export: Export, folder: Path, order: ExportOrder, *, progress: Progress = unwatched) -> ExportMade:
    """Write an export to a folder: its files, locked unless plain, and its receipt. See ``run_export``. Raises AskedFirst."""
    reason = _allowed(desk, export, order)
    progress(0, _STEPS, _("Looking who may be told what"))
    moment = desk.clock.now()
    ask = ask_of(desk, export, order)
    selection = _selection(desk, export, ask, order)
    stem = _free_stem(folder, f"{export.name}-{moment.astimezone():%Y-%m-%d-%H%M}")
    progress(1, _STEPS, _("Making the file"))
    files = _unlocked(writing := Writing(desk, export, ask, selection, stem, moment=moment))
    job = ExportJob(
        desk=desk,
        export=export,
        export_id=new_id(),
        moment=moment,
        ask=ask,
        reason=reason,
        format=writing.format,
        folder=folder,
        stem=stem,
        contents=contents_of(export, selection, files),
    )
    content = files if order.keep_content else []  # else they go as soon as they are locked: a year's register is ten times its locked file
    frozen.check_size(content)
    files, locked_files, secrets = _lock(job, order, files)
    with _all_or_nothing(job, selection, plain=order.plain):
        for file in files:
            progress(2, _STEPS, _("Writing and reading back"))
            job.write(file.name, file.data)
        with desk.vault.transaction():
            text = keep_record(job, selection, locked_files, plain=order.plain, content=(content, order.keep_content))
            receipt = job.write(f"{stem}-receipt.txt", text.encode("utf-8"))
    # no further step: one may stop the work, and from here on the passwords of the files must be shown
    return ExportMade(
        export_id=job.export_id,
        files=locked_files.files,
        receipt_path=receipt,
        receipt_text=text,
        counts=job.contents.counts,
        left_out=tuple((left.pupil, left.reason) for left in selection.left_out),
        secrets=secrets,
        recipients=tuple(recipients_of(export, ask, selection.exported)),
        names=locked_files.names,
        to_check=_to_check(selection),
        unsent=tuple(problem.words for problem in selection.problems if problem.unsent),
        agreed=locked_files.agreed,
        receivers=receivers_of(files, selection.exported),
        contacts=export.recipients.contacts(desk) if export.recipients is not None else {},
        pupil_ids=frozenset(exported.pupil.id for exported in selection.exported),
    )


def _selection(desk: Desk, export: Export, ask: Ask, order: ExportOrder) -> Selection:
    """Who is told what. Raises AskedFirst."""
    with unswept():
        selection = export.select(desk, ask)
    if (asking := selection.asking) and not order.as_it_stands:
        raise AskedFirst(asking)
    return selection


def _unlocked(writing: Writing) -> Sequence[NewFile]:
    """The files before any lock. Where each receiver has a password for good, a week with nobody in it has no file: it would be nobody's to open."""
    if writing.export.agreed is not None and not writing.selection.exported:
        return ()
    return writing.export.layouts[writing.format](writing)


def _to_check(selection: Selection) -> Mapping[str, int]:
    """Of how many pupils who go is there something to look at, by the item."""
    going = {exported.pupil.id for exported in selection.exported}
    return Counter(item for pupil_id, item in {(problem.pupil.id, problem.item) for problem in selection.problems} if pupil_id in going)


def _lock(
    job: ExportJob, order: ExportOrder, files: Sequence[NewFile]
) -> tuple[Sequence[NewFile], LockedFiles, tuple[tuple[str, str], ...]]:
    """The files as they are written, what is known of them, and the password of each; plain ones, and none at all, have no lock.

    Of a file whose receiver has a password already none is among them.
    """
    names = tuple(file.name for file in files)
    lock: Lock | None = None
    secrets: tuple[tuple[str, str], ...] = ()
    newly_agreed: dict[str, str] = {}
    if files and not order.plain:
        separately = job.export.locks_each_file
        lock = order.lock or lock_for(job.format, 1 if separately else len(files))
        password = new_passphrase(lock) if order.one_password else ""
        agreed: dict[str, str] = {}
        if job.export.agreed is not None:  # nine words, so that any lock is as good with them
            agreed = dict(job.export.agreed.read(job.desk))
            newly_agreed = {file.part: new_passphrase(Lock.ZIP) for file in files if file.part not in agreed}
        pairs = under_lock(files, lock, job.stem, separately=separately, password=password, by_part=agreed | newly_agreed)
        agreed_words = set(agreed.values())
        files, secrets = [file for file, _words in pairs], tuple((file.name, words) for file, words in pairs if words not in agreed_words)
    written = tuple(FileMade(file.name, len(file.data), hashlib.sha256(file.data).hexdigest()) for file in files)
    known_names = tuple(file.name for file in files if lock is not None and file.name not in dict(secrets))
    return files, LockedFiles(written, lock, names, known_names, newly_agreed), secrets


def _format(export: Export, order: ExportOrder) -> Format:
    """The format asked for, or the one that the lock asked for belongs to, or the export's own. Raises WrongUse."""
    of_lock = {Lock.XLSX: Format.XLSX, Lock.PDF: Format.PDF}.get(order.lock) if order.lock else None
    form = order.format or of_lock or export.format
    if form not in export.layouts:
        words = _("This export has no such format. It has: {formats}.")
        if not order.format:
            words = _("The lock “{lock}” is that of a file of its own kind, and this export makes none. It has: {formats}.")
        raise WrongUse(words.format(lock=order.lock, formats=join_words(list(export.layouts))))
    return form


def ask_of(desk: Desk, export: Export, order: ExportOrder) -> Ask:
    """What an order asks of an export, its usual period filled in. Raises WrongUse for what the export cannot be asked."""
    if order.day is not None and order.day > desk.today:
        raise WrongUse(_("An export cannot be judged on a day to come. Preview it instead."))
    day = order.day or desk.today
    for option, option_value, words in (
        (Option.PERIOD, order.period, _("This export tells of a day, not of a period. Leave out the two days.")),
        (Option.PUPILS, order.pupils, _("This export cannot be made for pupils by name. Leave them out.")),
        (Option.PROVIDER, order.provider, _("This export is not for a provider. Leave it out.")),
        (Option.HOLDER, order.holder or None, _("This export does not ask who will hold it. Leave it out.")),
    ):
        if option_value is not None and option not in export.options:
            raise WrongUse(words)
    period = order.period or (export.usual(day) if export.usual is not None else None)
    if period is not None and period.since > desk.today:
        raise WrongUse(_("The period begins on a day to come, of which nothing is known yet. Begin it today at the latest."))
    if period is not None and period.until < period.since:
        raise WrongUse(_("The period ends before it begins. Correct one of the two days."))
    if period is not None and period.until > desk.today:
        raise WrongUse(_("The period ends on a day to come. What happens until then is not known: end it today at the latest."))
    if order.provider is not None and export.recipients is not None:
        _check_recipient(order.provider, export.recipients, desk, day)
    return Ask(
        day=day,
        confirm=frozenset(order.confirm),
        period=period,
        pupils=order.pupils,
        provider=order.provider,
        format=_format(export, order),
        holder=_holder(order),
    )


def _holder(order: ExportOrder) -> str:
    holder = tidy(order.holder)
    if len(holder) > LONGEST_HOLDER:
        raise WrongUse(_("The name of who will hold it is too long: use at most 120 characters."))
    return holder


def _check_recipient(name: str, recipients: RecipientChoice, desk: Desk, day: date) -> None:
    """Raises WrongUse for a receiver whom the export does not know; case, accents and blanks make no difference."""
    known_names = recipients.names(desk, day)
    if not known_names:
        raise WrongUse(recipients.none)
    if fold(name) not in {fold(known_name) for known_name in known_names}:
        raise WrongUse(recipients.unknown.format(names="; ".join(known_names)))


def _allowed(desk: Desk, export: Export, order: ExportOrder) -> str:
    desk.require(export.action, "export")
    clock_doubt.require_possible_year(desk)
    if order.day is None:
        clock_doubt.require_no_doubt(desk)
    disclosures.refuse_unnamed(desk, (export.recipient_key,))
    if order.plain and not is_training(desk):  # every pupil of a training unit is invented
        desk.require(Action.EXPORT_PLAIN, "export")
    if order.confirm:
        desk.require(Action.CONFIRM_PROTECTED, "export")
    if order.keep_content is not None:
        frozen.check_until(desk, order.keep_content)
    reason = tidy(order.reason)
    if not reason:
        raise WrongUse(_("Enter why the file is made. The reason stands in the receipt and in the log."))
    if len(reason) > _LONGEST_REASON:
        raise WrongUse(_("The reason is too long: use at most 255 characters."))
    return reason


def _free_stem(folder: Path, name: str) -> str:
    """The first name that no file in the folder begins with yet."""
    try:
        existing_names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    except OSError as error:
        raise cannot_write(error, folder) from error
    number, stem = 1, name
    while any(existing_name.startswith(stem) for existing_name in existing_names if not existing_name.endswith(".part")):
        number += 1
        stem = f"{name}-{number}"
    return stem


@contextlib.contextmanager
def _all_or_nothing(job: ExportJob, selection: Selection, *, plain: bool) -> Iterator[None]:
    """Log that it begins; on any failure take away what was written, and log that too.

    Parts that a kill or a pulled stick left in the folder are taken away first.
    """
    with job.desk.vault.transaction():
        job.log(in_short(job, selection, plain=plain), "export begun")
    with contextlib.suppress(OSError):
        for names in (f"{job.export.name}-????-??-??-*", job.export.names):
            for part in job.folder.glob(f"{names}.part") if names else ():
                part.unlink(missing_ok=True)
    try:
        yield
    except BaseException:
        for path in reversed(job.paths):
            with contextlib.suppress(OSError):  # a stick that was pulled
                remove_within(job.folder, path)
        with job.desk.vault.transaction():
            job.log(in_short(job, selection, plain=plain), "export failed")
        raise
