"""The demonstration: a training unit, and everything that the program makes from it, in one folder.

The notice in its other versions, addressed to nobody: for pupils, easy to read, in large print, in Arabic; as PDF and as web page.

Papers for staff of the training unit: the first-aid cards of everybody on roll, the evacuation sheet of the last morning that was marked,
and a register of the next school day to be marked by hand.
"""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock, stamp
from pupil_desk.basics.errors import Damaged, WrongUse
from pupil_desk.basics.files import cannot_write, write_whole
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Heading
from pupil_desk.documents.papers import notice
from pupil_desk.documents.prose import blocks_of
from pupil_desk.domain.notices.addressees import PUPIL
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.services.backup import backups
from pupil_desk.services.care import cards
from pupil_desk.services.demo.requests import write_copy
from pupil_desk.services.demo.unit import PASSWORD, SETTINGS, Training, make_training_unit
from pupil_desk.services.desk import Desk, DrawPages, Progress, unwatched
from pupil_desk.services.disclosures import statements
from pupil_desk.services.exports import all_exports, delivery, run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.guard import guard
from pupil_desk.services.notices import notice_text, notices
from pupil_desk.services.notices.notice_papers import TABLES, NoticeSheet, Version, file_of
from pupil_desk.services.paper_forms import printing, sharing_choice
from pupil_desk.services.pupils import pupils
from pupil_desk.services.receipts import noted
from pupil_desk.services.register import evacuation
from pupil_desk.services.register.sheets import printing as registers_on_paper
from pupil_desk.services.saving import HTML, PDF, Saving, save_notices, save_numbered, save_statements
from pupil_desk.services.unit import uses
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.services.unit.units import sign_out

_WEEKS = 10  # in which a school day is found, whatever the holidays
_MID_MORNING = time(10, 5)


def save_staff_papers(desk: Desk, folder: Path) -> None:
    """Writes cards for first aid, the list for an evacuation and a register to be marked by hand into a folder. Raises CannotWrite."""
    from pupil_desk.documents.pdf.page import build_pdf

    with Saving(folder) as saving:
        ids = [pupil.id for pupil in pupils.on_roll(desk, desk.today)]
        story, title, on_cards = cards.first_aid(desk, ids)
        saving.keep(
            "first-aid-cards",
            ".pdf",
            build_pdf(story, title=title, stamp=guard(desk, on_cards, "first-aid card").stamp, box_unprintable=True),
        )
        sheet, title, guarded, roll_call = evacuation.paper(desk, _a_marked_morning(desk))
        saving.keep(
            "evacuation",
            ".pdf",
            build_pdf(sheet, title=title, footer=roll_call.foot, base_size=evacuation.BASE, stamp=guarded.stamp, box_unprintable=True),
        )
        evacuation.log_print(desk, roll_call)
        days = school_calendar(desk.vault).school_days(desk.today, desk.today + timedelta(weeks=_WEEKS))
        if days:
            batch = registers_on_paper.make_sheets(desk, SheetSpan.DAY, days[0])
            saving.keep("register-to-mark", ".pdf", batch.print_file())
            registers_on_paper.record_printed(desk, batch)


def _a_marked_morning(desk: Desk) -> datetime:
    """The morning of the last school day before today, of which every session is marked; where there is none, now."""
    days = school_calendar(desk.vault).school_days(desk.today - timedelta(weeks=_WEEKS), desk.today - timedelta(days=1))
    return datetime.combine(days[-1], _MID_MORNING).astimezone() if days else desk.clock.now().astimezone()


def save_versions(saving: Saving, desk: Desk, form: str) -> None:
    """Write them to a folder, as PDF or as web pages; the tables by themselves, too. Raises CannotWrite."""
    for stem, sheet in _sheets(desk).items():
        saving.keep(stem, f".{form}", file_of(sheet, form))


def _sheets(desk: Desk) -> dict[str, NoticeSheet]:
    filling = notice_text.filling_of(desk.settings, desk.today, desk.schedule, uses.unnamed(desk))
    footer = _("{unit}. Privacy notice.").format(unit=desk.settings.name)
    tables = notice.tables(notice_text.annex_of(desk.settings, desk.today, schedule=desk.schedule, unnamed=uses.unnamed(desk)), filling)

    def sheet(part: str, title: str, version: Version) -> NoticeSheet:
        story = blocks_of(notice_text.prose(part, version.language), filling)
        return NoticeSheet(story, title, footer, version, tables if version.is_whole else ())

    return {
        "privacy-notice-for-pupils": sheet("notice_pupil", _("Privacy notice for pupils"), Version(variant=PUPIL)),
        "privacy-notice-easy-read": sheet("notice_easy", _("Privacy notice, easy to read"), Version(variant="easy")),
        "privacy-notice-large-print": sheet("notice", _("Privacy notice, large print"), Version(variant="large")),
        "privacy-notice-arabic": sheet("notice", "إشعار الخصوصية", Version("ar")),
        "privacy-notice-tables": NoticeSheet([Heading(1, TABLES), *tables], TABLES, footer),
    }


LIVE_FILE, SUMMARY = "unit.pupildesk", "summary.json"
_STATEMENTS = 6  # pupils of whom the demonstration says who was told
_DELIVERED = "youth-support"  # the export of which it is confirmed that it arrived


@dataclass(slots=True)
class _Making:
    """A demonstration being made: where, and how long each step took, in seconds."""

    folder: Path
    clock: Clock
    progress: Progress
    steps: list[tuple[str, float]] = field(default_factory=list)
    copy_password: str = ""

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = perf_counter()
        yield
        self.steps.append((name, round(perf_counter() - started, 3)))

    def room(self, name: str) -> Path:
        """A folder in the folder, made when first asked for."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        return place


def make_demo(
    folder: Path, *, number: int = 60, seed: int = 1, clock: Clock, draw_pages: DrawPages | None = None, progress: Progress = unwatched
) -> dict[str, Any]:
    """Make it in a new or empty folder; returns what ``summary.json`` says. Whole, or nothing is left.

    The summary: ``unit``, ``pupils``, ``seed``, ``users`` (name, role), ``password``, ``recovery_code``, ``access_request_password``, ``files``
    (path, bytes, sha256), ``steps`` (name, seconds), ``seconds``. Raises WrongUse for a folder that holds anything, CannotWrite.
    """
    with _own_folder(folder):
        making = _Making(folder, clock, progress)
        with making.step("training unit"):
            training = make_training_unit(folder / LIVE_FILE, number=number, seed=seed, clock=clock, progress=making.progress)
        with contextlib.closing(training.desk.vault):
            _papers(making, training.desk)
            _exports(making, training.desk)
            _statements(making, training.desk)
            with making.step("papers for staff"):
                save_staff_papers(training.desk, making.room("papers"))
            _copy(making, training.desk)
            _backup(making, training.desk)
            if draw_pages is not None:
                with making.step("screens"):
                    draw_pages(training.desk, making.room("screens"))
            sign_out(training.desk)
        summary = _summary(making, training, number=number, seed=seed)
        write_whole(folder / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=1).encode("utf-8"))
    return summary


@contextlib.contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    """The folder, made if need be; on failure everything in it is taken away again."""
    was_there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise WrongUse(_("{folder} holds something already. Name a new or empty folder.").format(folder=folder))
    except FileExistsError:
        raise WrongUse(_("{folder} is a file. Name a new or empty folder.").format(folder=folder)) from None
    except OSError as error:
        raise cannot_write(error, folder) from error
    try:
        yield
    except BaseException as error:
        for left in list(folder.iterdir()):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
        if not was_there:
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise cannot_write(error, folder) from error
        raise


def _papers(making: _Making, desk: Desk) -> None:
    letters = notices.letters_of_everyone(desk).letters
    for name, form in (("notices, PDF", PDF), ("notices, web page", HTML)):
        with making.step(name), Saving(making.room("notices")) as saving:
            save_notices(saving, desk, letters, form, making.progress)
            save_versions(saving, desk, form)
    with making.step("forms"), Saving(making.room("forms")) as saving:
        name = sharing_choice.KIND.name
        addressees = printing.unanswered(desk, name) or [letter.pupil for letter in letters]
        save_numbered(saving, desk, printing.make_forms(desk, name, addressees, progress=making.progress).forms, making.progress)


def _exports(making: _Making, desk: Desk) -> None:
    exports = {}
    for export in all_exports(desk):
        with making.step(f"export {export.name}"):
            order = ExportOrder(reason="Demonstration", plain=True)
            exports[export.name] = run_export(desk, export.name, making.room("exports"), order, progress=making.progress)
    noted.note(desk)
    if exports[_DELIVERED].files:
        delivery.record_delivery(desk, exports[_DELIVERED].export_id, day=desk.today, way="hand", to_whom="Duty officer, youth support")


def _statements(making: _Making, desk: Desk) -> None:
    """Who was told of the first pupils on roll, for their families."""
    with making.step("statements"), Saving(making.room("statements")) as saving:
        first = [pupil.id for pupil in pupils.on_roll(desk, desk.today)[:_STATEMENTS]]
        save_statements(saving, desk, statements.statements(desk, first, statements.last_year(desk), progress=making.progress)[0])


def _copy(making: _Making, desk: Desk) -> None:
    with making.step("access request"):
        making.copy_password = write_copy(desk, making.room("access-request"), making.progress).written.password


def _backup(making: _Making, desk: Desk) -> None:
    with making.step("backup"):
        backup, _news = backups.make(desk, making.room("backup"))
    with making.step("backup proved"):
        proof = backups.verify(backup.path, name=desk.user.name, password=PASSWORD)
        if not proof.ok:
            raise Damaged(_("The backup could not be proved. Try another disk."))


def _summary(making: _Making, training: Training, *, number: int, seed: int) -> dict[str, Any]:
    with making.step("digests"):
        files = [_file(making.folder, path) for path in sorted(making.folder.rglob("*")) if path.is_file()]
    return {
        "program": f"Pupil Desk {__version__}",
        "made_at": stamp(making.clock.now()),
        "unit": f"{SETTINGS.name} ({SETTINGS.dfe_number})",
        "file": LIVE_FILE,
        "pupils": number,
        "seed": seed,
        "users": [{"name": name, "role": role.value, "password": training.password} for name, role in training.users],
        "password": training.password,
        "recovery_code": training.recovery_code,
        "access_request_password": making.copy_password,
        "files": files,
        "steps": [{"name": name, "seconds": seconds} for name, seconds in making.steps],
        "seconds": round(sum(seconds for _name, seconds in making.steps), 3),
    }


def _file(folder: Path, path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": path.relative_to(folder).as_posix(), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
