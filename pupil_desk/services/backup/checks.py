"""Looking the whole file over: the engine's own checks, the log's chain, and the records against the rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import check_enrolment, check_pupil, problems_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_copies
from pupil_desk.services.roles import Action
from pupil_desk.store.file import checks
from pupil_desk.store.rows import erasing
from pupil_desk.store.tables import contacts, enrolments, pupils


@dataclass(frozen=True, slots=True)
class FileDefect:
    """Something that a check found. ``where`` is file, log, or a pupil's reference; ``serious`` means damage or a wrong record."""

    where: str
    message: str
    serious: bool


def check_file(desk: Desk) -> list[FileDefect]:
    """Everything that is wrong with the file; what may merely be incomplete is not serious."""
    desk.require(Action.CHECK_FILE, "unit")
    defects = [FileDefect("file", message, True) for message in checks.look_over(desk.vault)]
    defects += [FileDefect("log", defect.message, True) for defect in checks.verify_log(desk.vault)]
    defects += _files_given(desk)
    defects += _records(desk)
    if not desk.vault.read_only:  # a backup that is looked into
        desk.log(Action.CHECK_FILE, "unit", "", f"{sum(defect.serious for defect in defects)} serious, {len(defects)} in all")
    return defects


def _files_given(desk: Desk) -> list[FileDefect]:
    """The notices as they were given: each proved by its digest."""
    number = notice_copies.damaged(desk)
    words = _("What is kept of {notices} as it was given is damaged. Restore a backup from before.")
    return [FileDefect("file", words.format(notices=count_of(number, _("notice"), _("notices"))), True)] if number else []


def _records(desk: Desk) -> Iterator[FileDefect]:
    stays, people, emptied = enrolments.by_pupil(desk.vault), contacts.by_pupil(desk.vault), erasing.emptied(desk.vault)
    for pupil in pupils.all_pupils(desk.vault):
        problems = [*problems_of(pupil, desk.today), *check_pupil(pupil)]
        for stay in stays[pupil.id]:
            problems += [*problems_of(stay, desk.today), *check_enrolment(stay)]
        for contact in people[pupil.id]:
            problems += problems_of(contact, desk.today)
        yield from [FileDefect(pupil.ref, problem.message, problem.stops and problem.code != "retired_code") for problem in problems]
        if not stays[pupil.id] and pupil.id not in emptied:
            yield FileDefect(pupil.ref, _("There is no stay at the unit on file."), False)
