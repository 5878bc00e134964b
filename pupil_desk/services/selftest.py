"""Checking this installation: does everything that the program stands on work here. Needs no unit's file and leaves nothing."""

import contextlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import Known
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue import every_item
from pupil_desk.services import backups, forms, notices, pupils, sheet
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, Training, make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.drawing import DrawPages
from pupil_desk.services.exports import EXPORTS, run_export
from pupil_desk.services.progress import Progress
from pupil_desk.services.saving import HTML, PDF, Saving, save_notices, save_sharing_forms

SAMPLE = "Łukasz Ó Conaill-Nguyễn · Ελένη Παπαδάκη · Дарья Щукина · ſ ẞ ĳ"
_PLAIN_HEADER = b"SQLite format 3\0"
_PICTURE = b"\x89PNG\r\n\x1a\n"


class Failed(Exception):
    """A check found that something does not work; the text says what."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether it passed, and what it saw."""

    name: str
    ok: bool
    detail: str


def self_test(clock: Clock, draw_pages: DrawPages | None = None, progress: Progress | None = None) -> list[Check]:
    """Every check, in order. One that fails does not stop the others, save those of the training unit when it cannot be made."""
    step = progress or (lambda _done, _total, _words: None)
    with tempfile.TemporaryDirectory(prefix="pupil-desk-") as scratch:
        folder = Path(scratch)
        done = [
            _run(name, work) for name, work in (("engine", _engine), ("code lists", _code_lists), ("fonts", _fonts))
        ]
        step(1, 3, _("Making a training unit"))
        made: list[Training] = []
        done.append(_run("encrypted file", lambda: _encrypted_file(folder, clock, made)))
        if made:
            step(2, 3, _("Writing every document"))
            with contextlib.closing(made[0].desk.vault):
                done += [_run(name, work) for name, work in _of_unit(made[0].desk, folder, draw_pages)]
    step(3, 3, _("Done"))
    return done


def _run(name: str, work: Callable[[], str]) -> Check:
    """One check. What the program finds wrong fails it; a part of the installation that is missing does too."""
    try:
        return Check(name, True, work())
    except (Known, Failed) as error:
        return Check(name, False, str(error))
    except (OSError, ImportError, ValueError, LookupError, RuntimeError) as error:
        return Check(name, False, f"{type(error).__name__}: {error}")


def _engine() -> str:
    from pupil_desk.store.engine import assert_engine

    return _("cipher {version}").format(version=assert_engine())


def _code_lists() -> str:
    names = sorted(path.stem for path in resource("codes").glob("*.toml") if path.stem != "school_year")
    wanted = {item.codes for item in every_item().values() if item.codes}
    if missing := wanted - set(names):
        raise Failed(_("missing: {names}").format(names=", ".join(sorted(missing))))
    codes = sum(len(codelist(name).codes) for name in names)
    if not names or not codes:
        raise Failed(_("there are none"))
    return f"{count_of(len(names), _('list'), _('lists'))}, {count_of(codes, _('code'), _('codes'))}"


def _fonts() -> str:
    from pupil_desk.documents.blocks import Heading, Para, Run
    from pupil_desk.documents.fonts import body_face, missing_characters, wide_face
    from pupil_desk.documents.page import build_pdf

    styles = [(bold, italic) for bold in (False, True) for italic in (False, True)]
    faces = [face(bold, italic) for face in (body_face, wide_face) for bold, italic in styles]
    if missing := missing_characters([SAMPLE]):
        raise Failed(_("no font has: {names}").format(names=", ".join(name for _character, name in missing)))
    runs = tuple(Run(f"{SAMPLE} ", bold=bold, italic=italic) for bold, italic in styles)
    _is_pdf(build_pdf([Heading(1, SAMPLE), Para(runs)], title="Sample"))
    return _("{count} load, and the sample prints").format(count=count_of(len(faces), _("face"), _("faces")))


def _is_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-64:]:
        raise Failed(_("what was written is not a whole PDF"))


def _encrypted_file(folder: Path, clock: Clock, made: list[Training]) -> str:
    path = folder / "unit.pupildesk"
    training = make_training_unit(path, number=12, clock=clock)
    training.desk.vault.close()  # its bytes may be read only while nobody has it open
    with open(path, "rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise Failed(_("the file is not encrypted"))
    from pupil_desk.services.units import sign_in

    desk = sign_in(path, name=OFFICER, password=PASSWORD, clock=clock)
    made.append(Training(desk, training.recovery_code, training.users))
    return _("made, closed and opened again; its first bytes are not those of a plain file")


def _of_unit(desk: Desk, folder: Path, draw_pages: DrawPages | None) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "privacy notice, PDF", lambda: _notices(desk, folder, PDF)
    yield "privacy notice, web page", lambda: _notices(desk, folder, HTML)
    yield "reply form", lambda: _forms(desk, folder)
    yield "pupil’s sheet", lambda: _sheet(desk)
    for export in EXPORTS:
        yield f"export {export.name}", lambda name=export.name: _export(desk, folder, name)  # type: ignore[misc]
    yield "backup", lambda: _backup(desk, folder)
    if draw_pages is not None:
        yield "pages drawn", lambda: _pages(desk, folder, draw_pages)


def _notices(desk: Desk, folder: Path, form: str) -> str:
    letters = notices.everyone(desk).letters[:2]
    with Saving(folder) as saving:
        save_notices(saving, desk, letters, form, lambda _done, _total, _words: None)
    return _written(saving, folder)


def _forms(desk: Desk, folder: Path) -> str:
    with Saving(folder) as saving:
        save_sharing_forms(
            saving,
            desk,
            forms.all_unasked(desk)[:2] or pupils.everyone(desk)[:2],
            None,
            lambda _done, _total, _words: None,
        )
    return _written(saving, folder)


def _written(saving: Saving, folder: Path) -> str:
    if not saving.files:
        raise Failed(_("nothing was written"))
    for file in saving.files:
        data = (folder / file.name).read_bytes()
        if file.name.endswith(".pdf"):
            _is_pdf(data)
        elif b"<h1>" not in data or not data.rstrip().endswith(b"</html>"):
            raise Failed(_("what was written is not a whole web page"))
    return f"{count_of(len(saving.files), _('file'), _('files'))}, {count_of(sum(f.bytes for f in saving.files), _('byte'), _('bytes'))}"


def _sheet(desk: Desk) -> str:
    from pupil_desk.documents.page import build_pdf

    story, title = sheet.paper(desk, pupils.everyone(desk)[0].id)
    data = build_pdf(story, title=title)
    _is_pdf(data)
    return count_of(len(data), _("byte"), _("bytes"))


def _export(desk: Desk, folder: Path, name: str) -> str:
    from pupil_desk.documents.locked_zip import unlocked
    from pupil_desk.services.exports.listing import FileState, verify_receipt

    made = run_export(desk, name, folder, reason="self-test")
    locked = (folder / made.files[0].name).read_bytes()
    if not zipfile.is_zipfile(folder / made.files[0].name) or made.password is None:
        raise Failed(_("the file is not locked"))
    inside = unlocked(locked, made.password)
    if any(state is not FileState.SAME for _file, state in verify_receipt(made.receipt_text, folder)):
        raise Failed(_("the receipt does not fit the file"))
    rows = next(iter(inside.values())).count(b"\r\n") - 1
    if rows < made.rows:
        raise Failed(_("rows are missing in the file"))
    return _("locked, opened again with its password, {rows}; the receipt fits").format(
        rows=count_of(made.rows, _("row"), _("rows"))
    )


def _backup(desk: Desk, folder: Path) -> str:
    made, _news = backups.make(desk, folder)
    told = backups.verify(made.path, name=OFFICER, password=PASSWORD)
    if not told.ok:
        raise Failed(" ".join(finding.message for finding in told.findings))
    return _("made, opened and proved, {rows}").format(rows=count_of(sum(told.rows.values()), _("row"), _("rows")))


def _pages(desk: Desk, folder: Path, draw_pages: DrawPages) -> str:
    screens = folder / "screens"
    screens.mkdir()
    pictures = draw_pages(desk, screens)
    if not pictures:
        raise Failed(_("no page was drawn"))
    for picture in pictures:
        if not picture.read_bytes().startswith(_PICTURE):
            raise Failed(_("{name} is not a picture").format(name=picture.name))
    return count_of(len(pictures), _("page"), _("pages"))
