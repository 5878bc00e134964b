"""demo, self-test, guides: the training unit, this installation, and what is told of installing it."""

import dataclasses
import os
from collections import Counter
from pathlib import Path
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call
from pupil_desk.domain.unit.staff import Role


def demo(call: Call) -> int:
    """Make a training unit and everything made from it."""
    from pupil_desk.services.demo.making import make_demo

    args = call.args
    summary = make_demo(
        args.folder, number=args.pupils, seed=args.seed, clock=call.clock, draw_pages=call.draw_pages, progress=call.speaker.progress
    )
    call.speaker.result(summary, *_summary_lines(str(args.folder), summary))
    return 0


_ROOMS = {
    "notices": _("privacy notices for families, as PDF and as web pages"),
    "forms": _("reply forms about sharing"),
    "exports": _("exports with their receipts, written plain since every pupil is invented"),
    "papers": _("papers for staff: first-aid cards, and an evacuation sheet"),
    "statements": _("for families: who was told what of their child"),
    "access-request": _("a copy of all that is held on one pupil, locked"),
    "screens": _("pictures of each page of the window"),
    "backup": _("a backup, made and proved"),
}


def _summary_lines(folder: str, summary: dict[str, Any]) -> list[str]:
    """A page of English about what was made."""
    rooms = Counter(file["path"].split("/")[0] for file in summary["files"] if "/" in file["path"])
    lines = [
        _("This is a training unit. Every pupil, address and number in it is invented."),
        "",
        _("{unit}, with {count}, is in {folder}.").format(
            unit=summary["unit"], count=count_of(summary["pupils"], _("pupil"), _("pupils")), folder=folder
        ),
        _("Its live file is {file}. Open it in the window, or from the command line.").format(file=summary["file"]),
        "",
        _("Sign in as one of these. They share one password: {password}").format(password=summary["password"]),
        *(f"  {user['name']}, {Role(user['role']).label.lower()}" for user in summary["users"]),
        _("Recovery code: {code}").format(code=summary["recovery_code"]),
        _("The password of the copy in access-request: {words}").format(words=summary["access_request_password"]),
        "",
        _("What was made from it:"),
        *(
            f"  {name}/: {count_of(count, _('file'), _('files'))}. {capital(_ROOMS.get(name, ''))}."
            for name, count in sorted(rooms.items())
        ),
        _("  summary.json: every file with its SHA-256, and how long each step took."),
        "",
        _("How long it took:"),
        *(f"  {step['name']}: {step['seconds']:.1f} s" for step in summary["steps"]),
        _("{seconds:.1f} seconds in all.").format(seconds=summary["seconds"]),
    ]
    if "screens" not in rooms:
        lines.append(_("The pages of the window were not drawn: this copy was started without them."))
    return lines


def self_test(call: Call) -> int:
    """Check this installation; 1 if a check failed. Raises WrongUse for a report that is there already, CannotWrite."""
    from pupil_desk.services import selftest
    from pupil_desk.services.selftest import check as report

    report_path: Path | None = call.args.to
    if report_path is not None and os.path.lexists(report_path):
        raise WrongUse(_("{file} is already there. Name a file that is not there yet.").format(file=report_path))
    progress = call.speaker.step if call.args.steps else call.speaker.progress
    checks = selftest.self_test(call.clock, call.draw_pages, progress)
    if report_path is not None:
        write_whole(report_path, report.text(checks, call.clock).encode("utf-8"))
    document = {"ok": report.is_good(checks), "checks": [dataclasses.asdict(check) for check in checks]}
    call.speaker.result(document, *report.lines(checks))
    return int(not report.is_good(checks))


def guides(call: Call) -> int:
    """Write the guides for installing as PDF. Raises CannotWrite."""
    from pupil_desk.services.program.guides import INSTALL_GUIDES, save_guides

    files = save_guides(INSTALL_GUIDES, call.args.to)
    summary = _("{count} written.").format(count=count_of(len(files), _("guide"), _("guides")))
    call.speaker.result({"files": [dataclasses.asdict(file) for file in files]}, *(file.name for file in files), summary)
    return 0
