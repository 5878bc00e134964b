"""A whole stack through a bad scanner: what the issue asks of 300 forms, and a short cut of it each time the tests run."""

import os
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from pupil_desk.documents.pdf.coded_pages import PageLayout, layout
from pupil_desk.documents.reading.read_back import PDFIUM
from pupil_desk.documents.scans.scan_files import Scan, UnreadableScan, open_scan
from pupil_desk.domain.papers.paper_form import Aside, BoxReading
from pupil_desk.services.paper_forms import aside, out, printing, reading, waiting
from pupil_desk.services.paper_forms.printing import NumberedForm
from tests import scans
from tests.scans import Pen
from tests.services.exports.made import Unit, another_unit, new_unit
from tests.services.paper_forms.office import class_of, family, printed

MANNERS, NOISE = ("cross", "tick", "scribble"), 40.0
_A_FILE = 25
QUESTIONS = {"youth-support": ("allow", "restrict"), "post-16": ("allow", "restrict")}


@dataclass(frozen=True)
class Sheet:
    """One sheet of the stack: the form it is of (None for a foreign one), and what was marked on it by pen."""

    form: NumberedForm | None
    marks: dict[str, Pen]


def marked(random: Random) -> dict[str, Pen]:
    """One box a question by some pen, over 15 % of it or more; one question in ten is left empty."""
    marks = {}
    for question, answers in QUESTIONS.items():
        if random.random() < 0.9:
            pen = Pen(random.choice(MANNERS), random.uniform(0.15, 0.45), random.choice((20, 60, 110)))
            marks[f"{question}/{random.choice(answers)}"] = pen
    return marks


def stack(random: Random, forms: list[NumberedForm]) -> list[Sheet]:
    """All but two of the forms, one of them twice, and a foreign sheet, shuffled."""
    lost = set(random.sample(range(len(forms)), 2))
    sheets = [Sheet(form, marked(random)) for at, form in enumerate(forms) if at not in lost]
    sheets += [random.choice(sheets), Sheet(None, {})]
    random.shuffle(sheets)
    return sheets


def through_the_scanner(
    sheets: list[Sheet], printout: Scan, foreign: Image.Image, places: dict[str, int], folder: Path, random: Random
) -> list[Path]:
    """A quarter upside down or on their side, each skewed up to 2°, blurred, with noise; in files of a few pages, as a feeder makes them."""
    paths = []
    for first in range(0, len(sheets), _A_FILE):
        pages = []
        for at, sheet in enumerate(sheets[first : first + _A_FILE], first):
            picture = foreign
            if sheet.form is not None:
                drawn = drawn_page(printout, places[sheet.form.form_id])
                picture = scans.ticked(drawn, layout(sheet.form.page)[0], sheet.marks, random)
            turn = random.choice((90, 180, 270)) if at % 4 == 0 else 0
            pages.append(scans.scanned(picture, random, turn=turn, skew=random.uniform(-2, 2), blur=random.uniform(0.5, 1.5), noise=NOISE))
        path = folder / f"scan-{first}.pdf"
        path.write_bytes(scans.as_pdf(pages))
        paths.append(path)
    return paths


def drawn_page(printout: Scan, number: int) -> Image.Image:
    """One page of what was printed, at the dots of a scanner."""
    import pypdfium2

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(printout.data)
        bitmap = pdf[number].render(scale=scans.SCALE, grayscale=True)
        picture = Image.frombytes("L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride)
        bitmap.close()
        pdf.close()
    return picture


@pytest.mark.parametrize("count", [7, pytest.param(300, marks=pytest.mark.torture)])
def test_a_stack_is_filed_by_itself_none_wrong_and_the_rest_is_set_aside(
    unit: Unit, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, count: int
) -> None:
    random = Random(count)
    forms = list(printed(unit.desk, class_of(unit, count)))
    other = another_unit(tmp_path_factory.mktemp("other") / "unit" / "unit.pupildesk")
    (strange,) = printed(other.desk, [family(other, "Zoe")])
    (foreign,) = scans.pages(printing.own_file(strange))
    other.desk.vault.close()
    printout = open_scan(printing.print_file(forms))  # one file, an empty back after each form
    sheets = stack(random, forms)
    lost = {form.form_id for form in forms} - {sheet.form.form_id for sheet in sheets if sheet.form}
    places = {form.form_id: 2 * at for at, form in enumerate(forms)}
    paths = through_the_scanner(sheets, printout, foreign, places, tmp_path, random)
    came = reading.read_files(unit.desk, paths, lambda *_done: None)

    present = len(forms) - 2
    found = {one.id: one for one in waiting.waiting(unit.desk)}
    marks = {sheet.form.form_id: sheet.marks for sheet in sheets if sheet.form}
    assert came.pages == present + 2
    assert came.filed >= 0.99 * present
    assert dict(came.aside).get(Aside.DOUBLE) == 1
    assert dict(came.aside).get(Aside.FOREIGN) == 1
    assert came.filed + came.set_aside == came.pages, "no page is lost"
    assert all(waiting.picture(unit.desk, one.id) for one in aside.set_aside(unit.desk))
    assert {one.id for one in out.missing(unit.desk)} >= lost
    if came.filed == present:
        assert {one.id for one in out.missing(unit.desk)} == lost
    right = ticked = asked = 0
    for form_id, one in found.items():
        for question, proposal in one.proposals.items():
            truth = next((key.split("/")[1] for key in marks[form_id] if key.startswith(f"{question}/")), None)
            ticked += truth is not None
            right += truth is not None and proposal.answer == truth
            asked += proposal.read is BoxReading.ASK
            assert proposal.answer in (None, truth), (
                "a box is proposed that was not ticked: the page is filed wrong, or an empty box is read as ticked"
            )
    assert right >= 0.99 * ticked
    assert unit.count("choice") == unit.count("attachment") == 0, "nothing is kept without confirmation"
    told(f"{came.filed} of {present} filed, {came.set_aside} set aside, {right} of {ticked} ticks right, {asked} questions asked")


def told(words: str) -> None:
    """The numbers of a run, for who asks for them: PUPIL_DESK_NUMBERS names a file."""
    if place := os.environ.get("PUPIL_DESK_NUMBERS"):
        with open(place, "a", encoding="utf-8") as file:
            file.write(words + "\n")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[PageLayout, Image.Image]:
    """One form as it is printed."""
    unit = new_unit(tmp_path_factory.mktemp("one") / "unit" / "unit.pupildesk")
    (form,) = printing.make_forms(unit.desk, "sharing-choice", [family(unit, "Ada")]).forms
    unit.desk.vault.close()
    return layout(form.page)[0], scans.pages(printing.own_file(form))[0]


@pytest.mark.parametrize("times", [6, pytest.param(400, marks=pytest.mark.torture)])
def test_marks_over_a_seventh_are_ticks_empty_boxes_are_empty_and_between_it_is_asked(
    page: tuple[PageLayout, Image.Image], times: int
) -> None:
    """As many pages with a full mark, a faint one and two empty boxes, in every manner."""
    from pupil_desk.documents.scans.reading import read_page
    from pupil_desk.domain.papers.paper_form import EMPTY_UP_TO, TICKED_FROM

    where, paper = page
    random = Random(times)
    wrong, faint = 0, []
    for at in range(times):
        full, weak, *empty = random.sample(sorted(where.boxes), 4)
        pens = {full: Pen(MANNERS[at % 3], random.uniform(0.15, 0.5), random.choice((20, 60, 110, 140)))}
        sheet = scans.ticked(paper, where, pens, random)
        speck(sheet, where, weak, random.uniform(0.035, 0.05))
        picture = scans.scanned(
            sheet,
            random,
            turn=random.choice((0, 0, 90, 180, 270)),
            skew=random.uniform(-2, 2),
            blur=random.uniform(0, 1.5),
            noise=random.choice((0, 15, NOISE)),
        )
        read = read_page(picture, lambda code: where if code == where.code else None)
        assert read.ink is not None
        shares = {key: ink.share if ink.is_certain else 0.0 for key, ink in read.ink.items()}
        wrong += shares[full] < TICKED_FROM
        faint.append(shares[weak])
        assert max(shares[key] for key in empty) <= EMPTY_UP_TO, "an empty box"
        assert shares[weak] < TICKED_FROM, "a speck of a twentieth is no tick"
    asked = sum(share > EMPTY_UP_TO for share in faint)
    told(f"{times} pages of boxes: {times - wrong} full marks read as ticks, {asked} faint ones asked about, no empty box read as ticked")
    assert wrong <= times * 0.01
    assert asked >= 0.95 * times, "and is asked"


def speck(picture: Image.Image, where: PageLayout, key: str, share: float) -> None:
    """A spot in the middle of a box, of that share of it."""
    box = where.boxes[key]
    side = box.side * scans.SCALE
    across, down = (box.x + box.side / 2) * scans.SCALE, picture.height - (box.y + box.side / 2) * scans.SCALE
    half = side * share**0.5 / 2
    picture.paste(60, (round(across - half), round(down - half), round(across + half), round(down + half)))


def test_a_file_that_is_no_scan_is_told_and_stops_none_beside_it(unit: Unit, tmp_path: Path) -> None:
    forms = list(printed(unit.desk, class_of(unit, 2)))
    good, bad, gone = tmp_path / "good.pdf", tmp_path / "bad.tif", tmp_path / "gone.png"
    good.write_bytes(printing.print_file(forms))
    bad.write_bytes(b"II*\0 nonsense")
    came = reading.read_files(unit.desk, [bad, good, gone], lambda *_done: None)
    assert came.filed == 2
    assert [file.name for file in came.unread] == ["bad.tif", "gone.png"]
    assert came.unread[0].message.startswith("This picture (TIFF) is damaged or cut short.")
    with pytest.raises(UnreadableScan, match="None of the files can be read"):
        reading.read_files(unit.desk, [bad, gone], lambda *_done: None)
    with pytest.raises(UnreadableScan, match="is damaged or cut short"):
        reading.read_files(unit.desk, [bad], lambda *_done: None)
