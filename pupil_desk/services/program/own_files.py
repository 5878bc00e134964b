"""The program's own files, compared with the list that came with them: once after each start, beside the work.

What is found is damage: a disk that forgets, a virus scanner that took a file away, a copy cut short. It is no proof against whoever
changes a file on purpose, who would write the list anew.
"""

from collections.abc import Callable

from pupil_desk.basics.pc import installed
from pupil_desk.basics.pc.installed import FilesCompared
from pupil_desk.basics.words import _
from pupil_desk.services.backup.this_pc import PcCheck

TITLE = _("The program’s own files")
_NAMED = 3  # in a sentence; the rest are counted
_compared: list[FilesCompared | None] = []  # of this process, once it has looked; None: an installed copy without a list


def compare(before_each: Callable[[int, int], None]) -> None:
    """Look at every file, which takes a second or two. ``before_each`` is told how far it is; what it raises ends the work."""
    if not to_compare():
        return
    found = installed.compare_files(before_each=before_each)
    _compared[:] = [found]


def to_compare() -> bool:
    """Whether this is an installed copy whose files were not looked at since the start."""
    return installed.program_folder() is not None and not _compared


def compared() -> FilesCompared | None:
    """What was found; None before that, in a checkout, and where there is no list."""
    return _compared[0] if _compared else None


def are_damaged() -> bool:
    """Whether it is known that a file is not as it came."""
    return bool(_compared) and (_compared[0] is None or bool(_compared[0].faults))


def check() -> PcCheck:
    """What is known of the files, in words."""
    if installed.program_folder() is None:
        return PcCheck(None, TITLE, _("The program runs from its source here. There is no list of its files to compare them with."))
    if not _compared:
        return PcCheck(None, TITLE, _("They are being compared with the list that came with them."))
    found = _compared[0]
    again = _("Install Pupil Desk again. The records are not touched by that.")
    if found is None:
        words = _("{name}, the list that came with them, is missing.").format(name=installed.MANIFEST)
        return PcCheck(False, TITLE, f"{words} {again}")
    if not found.faults:
        words = _(
            "Each of the {count} files is there and as it came. That finds damage. Whoever changes a file on purpose could change the list as well."
        )
        return PcCheck(True, TITLE, words.format(count=found.count))
    words, left = " ".join(found.faults[:_NAMED]), len(found.faults) - _NAMED
    more = _("And {count} more.").format(count=left) if left > 0 else ""
    return PcCheck(False, TITLE, " ".join(filter(None, (words, more, again))))
