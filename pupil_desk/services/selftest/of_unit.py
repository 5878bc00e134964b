"""What the program does with a unit's file, tried on a training unit: the file, its papers, exports, backup and pages.

The copy that answers a request, tried on the training unit: written, opened with its words and with no others, and read back.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.pc import installed
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, texts_of
from pupil_desk.documents.reading.read_back import PdfRead, read_pdf, read_web
from pupil_desk.services import sheet
from pupil_desk.services.backup import backups
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, SETTINGS, Training, make_training_unit
from pupil_desk.services.desk import unwatched
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing, sharing_choice
from pupil_desk.services.pupils import pupils
from pupil_desk.services.saving import HTML, PDF, Saving, save_notices, save_numbered
from pupil_desk.services.selftest.check import Bench, Failed
from pupil_desk.services.selftest.pictures import read_picture

PUPILS = 12
_PLAIN_HEADER = b"SQLite format 3\0"
_LANGUAGE = "en-GB"
_MAY_BREAK = 20  # letters; a longer word, such as an address of the web, may stand on two lines


def encrypted_file(bench: Bench) -> str:
    """A unit's file is made, closed, found unreadable, and opened again by a password."""
    from pupil_desk.services.unit.units import sign_in

    path = bench.folder / "unit.pupildesk"
    training = make_training_unit(path, number=PUPILS, clock=bench.clock)
    training.desk.vault.close()  # its bytes may be read only while nobody has it open
    with open(path, "rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise Failed(_("the file is not encrypted"))
    desk = sign_in(path, name=OFFICER, password=PASSWORD, clock=bench.clock)
    bench.training = Training(desk, training.recovery_code, training.users)
    return _("made, closed and opened again; its first bytes are not those of a plain file")


# -- papers


def notice_pdf(bench: Bench) -> str:
    """Two families' notices as files, read back word for word."""
    letters = notices.letters_of_everyone(bench.desk).letters[:2]
    with Saving(bench.folder) as saving:
        save_notices(saving, bench.desk, letters, PDF, _silently)
    stories = [(paper.story, paper.title) for paper in notices.papers(bench.desk, letters)]
    return _pdfs([bench.folder / file.name for file in saving.files], stories)


def notice_web(bench: Bench) -> str:
    """Two families' notices as web pages, read back word for word."""
    letters = notices.letters_of_everyone(bench.desk).letters[:2]
    with Saving(bench.folder) as saving:
        save_notices(saving, bench.desk, letters, HTML, _silently)
    paths = [bench.folder / file.name for file in saving.files]
    words = 0
    for path, paper in _pairs(paths, list(notices.papers(bench.desk, letters))):
        read = read_web(path.read_bytes())
        if not read.is_well_formed or read.title != paper.title or read.lang != _LANGUAGE:
            raise Failed(_("{name} is not a whole web page").format(name=path.name))
        words += _words_found(paper.story, read.text, path.name)
    pages = count_of(len(paths), _("whole page"), _("whole pages"))
    return _("{pages}, {words} read back").format(pages=pages, words=count_of(words, _("word"), _("words")))


def reply_form(bench: Bench) -> str:
    """Reply forms as files, read back word for word."""
    name = sharing_choice.KIND.name
    pupils_asked = printing.unanswered(bench.desk, name)[:2] or pupils.all_pupils(bench.desk)[:2]
    forms = printing.make_forms(bench.desk, name, pupils_asked).forms
    with Saving(bench.folder) as saving:
        save_numbered(saving, bench.desk, forms, _silently)
    stories = [(numbered.form.story, numbered.form.title) for numbered in forms]
    return _pdfs([bench.folder / file.name for file in saving.files], stories)


def pupil_sheet(bench: Bench) -> str:
    """The sheet of one pupil, read back word for word."""
    story, title = sheet.paper(bench.desk, pupils.all_pupils(bench.desk)[0].id)
    return _print_and_read(story, title, page_size=sheet.LYING, base_size=sheet.BASE)


def recovery_sheet(bench: Bench) -> str:
    """The sheet with the recovery code, read back with the very code: it cannot be asked for again."""
    from pupil_desk.documents.papers import recovery_sheet

    assert bench.training is not None
    story = recovery_sheet.story(SETTINGS.name, bench.training.recovery_code, show_date(bench.clock.today()))
    return _print_and_read(story, _("Recovery code"))


def installing_guides(bench: Bench) -> str:
    """The guides for installing, made from the help and read back; and those that lie beside an installed copy."""
    from pupil_desk.documents.papers.chapter import blocks_of, title_of
    from pupil_desk.services.program import guides

    guide_files = guides.save_guides(guides.INSTALL_GUIDES, bench.folder)
    texts = map(guides.text_of, guides.INSTALL_GUIDES)
    stories = [(blocks_of(text), title_of(text)) for text in texts]
    read_words = _pdfs([bench.folder / file.name for file in guide_files], stories)
    folder = installed.program_folder()
    for path in sorted((folder / "guides").glob("*.pdf")) if folder else []:
        _sound(path.read_bytes(), path.name)
    return read_words


def _silently(_finished: int, _total: int, _words: str) -> None:
    return


def _print_and_read(story: Sequence[Block], title: str, **options: Any) -> str:
    from pupil_desk.documents.pdf.page import build_pdf

    return _read_words([_fits(build_pdf(story, title=title, **options), title, (story, title))])


def _pdfs(paths: Sequence[Path], stories: Sequence[tuple[Sequence[Block], str]]) -> str:
    return _read_words([_fits(path.read_bytes(), path.name, paper) for path, paper in _pairs(paths, stories)])


def _pairs[Paper](paths: Sequence[Path], papers: Sequence[Paper]) -> Iterable[tuple[Path, Paper]]:
    """Each file with what should stand in it."""
    if not paths:
        raise Failed(_("nothing was written"))
    if len(paths) != len(papers):
        raise Failed(_("{written} written of {wanted}").format(written=len(paths), wanted=len(papers)))
    return zip(paths, papers, strict=True)


def _fits(data: bytes, name: str, paper: tuple[Sequence[Block], str]) -> PdfRead:
    """A PDF that is sound, bears its title, and holds every word of its story."""
    story, title = paper
    read = _sound(data, name)
    if read.title != title:
        raise Failed(_("{name} does not bear its title").format(name=name))
    _words_found(story, read.text, name)
    return read


def _sound(data: bytes, name: str) -> PdfRead:
    try:
        read = read_pdf(data)
    except ValueError as error:
        raise Failed(_("{name} is not a whole PDF").format(name=name)) from error
    if not read.pages or read.blank:
        raise Failed(_("{name} has an empty page").format(name=name))
    if not read.tagged or read.lang != _LANGUAGE or not read.title:
        raise Failed(_("{name} lacks what a screen reader needs: tags, title and language").format(name=name))
    return read


def _words_found(story: Iterable[Block], text: str, name: str) -> int:
    """How many words of the story were looked for in the text that was read back. Raises Failed if one is not there."""
    expected_words = [word for piece in texts_of(story) for word in piece.split()]
    words_read, in_a_row = set(text.split()), _letters(text)
    missing = [word for word in expected_words if word not in words_read and not (len(word) > _MAY_BREAK and _letters(word) in in_a_row)]
    if not expected_words or missing:
        raise Failed(
            _("{name} does not read back: {count} not found").format(name=name, count=count_of(len(missing), _("word"), _("words")))
        )
    return len(expected_words)


def _letters(text: str) -> str:
    """Letters and digits alone: a hyphen at the end of a line is read back in several ways."""
    return "".join(filter(str.isalnum, text))


def _read_words(read: Sequence[PdfRead]) -> str:
    files = count_of(len(read), _("file"), _("files"))
    pages = count_of(sum(pdf.pages for pdf in read), _("page"), _("pages"))
    words = count_of(sum(len(pdf.text.split()) for pdf in read), _("word"), _("words"))
    return _("{files}, {pages}, {words} read back; tagged, with title and language").format(files=files, pages=pages, words=words)


# -- what leaves, and what is kept


def export(bench: Bench, name: str) -> str:
    """One export, locked, opened again with its password, its rows counted and its receipt compared."""
    from pupil_desk.services.exports.listing import FileState, verify_receipt

    export_made = run_export(bench.desk, name, bench.folder, ExportOrder(reason="self-test"))
    if export_made.files and any(state is not FileState.SAME for _file, state in verify_receipt(export_made.receipt_text, bench.folder)):
        raise Failed(_("the receipt does not fit the file"))
    if not export_made.files:
        return _("nothing was due, and the receipt says so")
    if len(export_made.secrets) < len(export_made.files):
        raise Failed(_("the file is not locked"))
    for name, words in export_made.secrets:
        try:
            contents = open_locked(name, (bench.folder / name).read_bytes(), words)
        except ValueError as error:
            raise Failed(_("the file is not locked")) from error
        if export_made.rows and not all(contents.values()):
            raise Failed(_("a file is empty"))
    return _("locked, opened again with its password, {rows}; the receipt fits").format(
        rows=count_of(export_made.rows, _("row"), _("rows"))
    )


def backup(bench: Bench) -> str:
    """A backup is made, and opened by its own sign-in."""
    backup_made, _news = backups.make(bench.desk, bench.folder)
    verified = backups.verify(backup_made.path, name=OFFICER, password=PASSWORD)
    if not verified.ok:
        raise Failed(" ".join(defect.message for defect in verified.defects))
    return _("made, opened and proved, {rows}").format(rows=count_of(sum(verified.rows.values()), _("row"), _("rows")))


def pages(bench: Bench) -> str:
    """Each page of the window is drawn off screen; each shows something, and no two show the same."""
    assert bench.draw_pages is not None
    screens = bench.folder / "screens"
    screens.mkdir()
    paths = bench.draw_pages(bench.desk, screens)
    if not paths:
        raise Failed(_("no page was drawn"))
    pictures = [read_picture(path) for path in paths]
    empty = [path.stem for path, picture in zip(paths, pictures, strict=True) if picture.one_colour]
    if empty:
        raise Failed(_("nothing is seen on: {names}").format(names=", ".join(empty)))
    if len({path.read_bytes() for path in paths}) < len(paths):
        raise Failed(_("pages that differ look the same"))
    count = count_of(len(paths), _("page"), _("pages"))
    drawing_program = next((picture.drawn_by for picture in pictures if picture.drawn_by), "")
    return (
        _("{count}, each with something on it; drawn by {program}").format(count=count, program=drawing_program)
        if drawing_program
        else count
    )


_WRONG = "not the password"


def copy_of_record(bench: Bench) -> str:
    """Both files open with the words that were shown, and not with others; the data has the sections that the paper counts."""
    from pupil_desk.documents.files.locked_pdf import unlocked_pdf
    from pupil_desk.documents.files.locked_zip import unlocked
    from pupil_desk.documents.reading.read_back import read_pdf
    from pupil_desk.services.demo.requests import write_copy
    from pupil_desk.services.packs.writing import DATA

    written_copy = write_copy(bench.desk, bench.folder, unwatched).written
    paper, data = ((bench.folder / file.name).read_bytes() for file in written_copy.files[:2])
    try:
        unlocked_pdf(paper, _WRONG)
    except PermissionError:
        read = read_pdf(unlocked_pdf(paper, written_copy.password))
    else:
        raise Failed(_("the copy opens with a wrong password"))
    if not read.tagged or not read.text:
        raise Failed(_("the copy does not read back"))
    content = json.loads(unlocked(data, written_copy.password)[DATA])
    if {section["name"]: section["number"] for section in content["sections"]} != written_copy.sections:
        raise Failed(_("the data of the copy does not read back"))
    return _("{pages} and {sections}, opened with its password alone").format(
        pages=count_of(read.pages, _("page"), _("pages")), sections=count_of(len(written_copy.sections), _("section"), _("sections"))
    )
