"""The training unit of a Thursday morning in term, made once and copied for each task; and who signs in there."""

import atexit
import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from unittest import mock

from pupil_desk.basics.clock import FixedClock, SystemClock
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.services.demo.unit import PASSWORD, make_training_unit
from pupil_desk.services.desk import Desk, unwatched
from pupil_desk.services.paper_forms import printing, sharing_choice
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register import marking
from pupil_desk.services.register.sheets import printing as registers_on_paper
from pupil_desk.services.saving import Saving, save_numbered
from pupil_desk.services.unit.units import sign_out
from pupil_desk.store.tables import contacts
from pupil_desk.store.tables import scans as scan_store
from tests import registers, scans
from tests.journeys.screen import MOMENT
from tests.journeys.signing import signed_and_scanned
from tests.journeys.steps import sign_in
from tests.registers import Manner
from tests.tasks.hands import Hands

OFFICE, HEAD, OFFICER = "Alex Penn", "Sam Whitlock", "Morgan Bailey"
SIBLINGS = ("P0033", "P0047", "P0050")  # Brackenburys of three addresses, who live at one here
ABSENT = ("P0007", "P0052")  # this morning, nobody knows why
SCAN = "scan.pdf"
WHOLE, CLASS, LARGE_CLASS = 60, 13, 28  # pupils made; some have left, so that twelve and twenty-six are a class
_MARKED = {Manner.ONE: 22, Manner.NONE: 1, Manner.CORRECTED: 1, Manner.FAINT: 1, Manner.TWO: 1}
"""How the sessions of a class of 26 are marked by hand: three of them ask a person, where the reader may ask of less than one."""


@cache
def _template(number: int) -> Path:
    """The unit's file and those beside it, as they are before a task. In the whole unit this morning is marked; the class is not yet."""
    folder = Path(mkdtemp(prefix="pupil-desk-tasks-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = FixedClock(MOMENT)
    with mock.patch.multiple(SystemClock, now=lambda _clock: clock.now(), today=lambda _clock: clock.today()):
        desk = make_training_unit(folder / "unit.pupildesk", number=number, clock=clock).desk
        if number == WHOLE:
            _mark_the_morning(desk)
            _move_siblings_together(desk)
            _let_forms_come_back(desk, folder)
        elif number == LARGE_CLASS:
            _let_a_register_come_back(desk, folder)
        sign_out(desk)
    return folder


def _mark_the_morning(desk: Desk) -> None:
    codes = dict.fromkeys(ABSENT, "N")
    here = pupils.on_roll(desk, desk.today)
    marking.mark(desk, [Mark(pupil_id=one.id, day=desk.today, session=Session.AM, code=codes.get(one.ref, "/")) for one in here])


def _move_siblings_together(desk: Desk) -> None:
    first, *others = (pupils.by_number(desk, ref) for ref in SIBLINGS)
    place = {name: getattr(first, name) for name in ("address_1", "address_2", "town", "county", "postcode")}
    for other in others:
        pupils.save_pupil(desk, dataclasses.replace(other, **place))


def _let_forms_come_back(desk: Desk, folder: Path) -> None:
    """Forms about sharing that went to two families with one parent each, and lie in the scanner signed."""
    name = sharing_choice.KIND.name
    families = [pupil for pupil in printing.unanswered(desk, name) if len(contacts.of_pupil(desk.vault, pupil.id)) == 1]
    forms = printing.make_forms(desk, name, families[:2]).forms
    papers = folder / "papers"
    papers.mkdir()
    with Saving(papers) as saving:
        save_numbered(saving, desk, forms, unwatched)
    signed_and_scanned(folder, sorted(papers.glob("*.pdf")))
    shutil.rmtree(papers)


def _let_a_register_come_back(desk: Desk, folder: Path) -> None:
    """The register of this morning, printed, marked by a hurried pen and scanned badly."""
    random = Random(5)
    with desk.vault.transaction():  # the one that the training unit has itself
        scan_store.remove(desk.vault, [row["id"] for row in scan_store.of_sheets(desk.vault)])
    batch = registers_on_paper.make_sheets(desk, SheetSpan.DAY, desk.today)
    registers_on_paper.record_printed(desk, batch)
    manners = registers.manners(_MARKED, random)
    pages = [
        registers.scanned(registers.marked(picture, sheet.page_layout, manners, random, halves=[Session.AM])[0], random)
        for picture, sheet in zip(registers.drawn(batch.print_file()), batch.sheets, strict=True)
    ]
    (folder / SCAN).write_bytes(scans.as_pdf(pages))


def _unfold(hands: Hands) -> None:
    """The groups of pages as a trained user left them: open."""
    for page, group in (("Exports", "What leaves"), ("Import", "The unit")):
        if page not in hands.ask("texts"):
            hands.click(group, row=True)
            hands.sees(page)


@contextmanager
def at_work(folder: Path, user: str, *, shots: Path, number: int = WHOLE) -> Iterator[Hands]:
    """The window of that user on a fresh copy of the training unit, signed in, nothing counted yet; without a user, of a PC with no unit."""
    with Hands(folder, shots=shots) as hands:
        if user:
            data = hands.home / "data" / "pupil-desk"
            shutil.copytree(_template(number), data, ignore=shutil.ignore_patterns(SCAN))
            if (scan := _template(number) / SCAN).exists():
                shutil.copy(scan, hands.folder)
        hands.start()
        if user:
            sign_in(hands, user, PASSWORD)
            hands.sees("What needs doing")
            _unfold(hands)
        hands.begin()
        yield hands
