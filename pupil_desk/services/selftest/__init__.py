"""Checking this installation: does everything that the program stands on work here. Needs no unit's file and leaves nothing."""

import tempfile
from functools import partial
from pathlib import Path

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.words import _
from pupil_desk.services.desk import DrawPages, Progress, unwatched
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.selftest import of_forms, of_unit, stands_on
from pupil_desk.services.selftest.check import Bench, Check, Failed, Work, run

__all__ = ["Check", "Failed", "self_test"]

_STANDS_ON: tuple[tuple[str, Work], ...] = (
    ("program", stands_on.program),
    ("program files", stands_on.program_files),
    ("engine", stands_on.engine),
    ("libraries", stands_on.libraries),
    ("data folder", stands_on.data_folder),
    ("code lists", stands_on.code_lists),
    ("fonts", stands_on.fonts),
    ("spreadsheet", stands_on.spreadsheet),
    ("calendar file", stands_on.calendar_file),
    ("encrypted file", of_unit.encrypted_file),
)
_OF_UNIT: tuple[tuple[str, Work], ...] = (
    ("privacy notice, PDF", of_unit.notice_pdf),
    ("privacy notice, web page", of_unit.notice_web),
    ("reply form", of_unit.reply_form),
    ("form with a code", of_forms.coded_form),
    ("pupil’s sheet", of_unit.pupil_sheet),
    ("copy of a record", of_unit.copy_of_record),
    ("recovery sheet", of_unit.recovery_sheet),
    ("guides", of_unit.installing_guides),
    *((f"export {export.name}", partial(of_unit.export, name=export.name)) for export in EXPORTS),
    ("backup", of_unit.backup),
)


def self_test(clock: Clock, draw_pages: DrawPages | None = None, progress: Progress = unwatched) -> list[Check]:
    """Every check, in order. One that fails does not stop the others, save those of the training unit when it cannot be made."""
    of_file = _OF_UNIT if draw_pages is None else (*_OF_UNIT, ("pages drawn", of_unit.pages))
    total = len(_STANDS_ON) + len(of_file)
    finished: list[Check] = []

    def check(checks: tuple[tuple[str, Work], ...], bench: Bench) -> None:
        for name, work in checks:
            progress(len(finished), total, _("Checking: {name}").format(name=name))
            finished.append(run(name, work, bench))

    with tempfile.TemporaryDirectory(prefix="pupil-desk-") as scratch:
        bench = Bench(Path(scratch), clock, draw_pages)
        try:
            check(_STANDS_ON, bench)
            if bench.training is not None:
                check(of_file, bench)
        finally:
            bench.close()
    progress(total, total, _("Done"))
    return finished
