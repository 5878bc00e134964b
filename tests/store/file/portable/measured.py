"""How much memory each act on a backup takes beyond what the program has anyway: run as a program, for a file of so many megabytes."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.store.file import backup, engine, opening, restoring
from pupil_desk.store.file.epochs import rotating
from tests.services.key_acts import cheap
from tests.store.file.backups import restored_log_row
from tests.store.file.epochs.rotations import note
from tests.store.made import AT, NAME, PASSWORD, USER, add_pupil

_MEGABYTE = 1024 * 1024
_SMALL = 8  # megabytes: beyond it the engine takes no more for a larger file
_CACHE = 4_000  # KiB of pages, an eighth of what the engine has in the program, whose files are larger


def _peak_of(act: Callable[[], object]) -> float:
    """Megabytes of the program at the peak of an act."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is now what there is (proc(5))
    act()
    return _status("VmHWM") / 1024


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def measure(folder: Path, megabytes: int) -> dict[str, float]:
    """By how many megabytes the peaks of making, proving, restoring and giving a new key are above those of when the file was small; and the highest."""
    vault, _code = opening.create(folder / "u.pupildesk", name=NAME, user_id=USER, password=PASSWORD, app_version=__version__)
    with vault:
        add_pupil(vault, 1)
        backup.make(vault, folder, moment=AT, app_version=__version__)  # what is worked out once in a program is there by then
        small, large = (_peaks(vault, folder / str(last), range(first, last)) for first, last in ((0, _SMALL), (_SMALL, megabytes)))
    return {**{act: peak - small[act] for act, peak in large.items()}, "highest": max(large.values())}


def _peaks(vault: opening.Vault, folder: Path, papers: range) -> dict[str, float]:
    """Those of each act once these papers are kept, too."""
    folder.mkdir()
    for number in papers:
        _keep_paper(vault, number)
    made: list[Path] = []
    return {
        "make": _peak_of(lambda: made.append(backup.make(vault, folder, moment=AT, app_version=__version__).path)),
        "verify": _peak_of(lambda: restoring.verify(made[0], name=NAME, password=PASSWORD)),
        "restore": _peak_of(
            lambda: restoring.restore(
                made[0], folder / "n.pupildesk", name=NAME, password=PASSWORD, app_version=__version__, then=restored_log_row
            )
        ),
        "new key": _peak_of(lambda: rotating.rotate(vault, moment=AT, app_version=__version__, note=note, backups=made)),
    }


def _keep_paper(vault: opening.Vault, number: int) -> None:
    with vault.transaction():
        vault.execute(
            "INSERT INTO attachment (id, pupil_id, title, kind, kept_on, media_type, pages, size, digest) "
            "VALUES (?, 'pupil-1', 'A paper', 'other', '2026-11-24', 'application/pdf', 1, ?, '')",
            (f"a-{number}", _MEGABYTE),
        )
        vault.execute(
            "INSERT INTO attachment_content (id, pupil_id, body) VALUES (?, 'pupil-1', ?)", (f"a-{number}", os.urandom(_MEGABYTE))
        )


if __name__ == "__main__":
    engine._CACHE = _CACHE
    with cheap():
        print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
