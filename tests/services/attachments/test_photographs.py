"""The photograph of a pupil: only with its own consent, small and without what stood beside it, replaced and removed for good, in every copy."""

import dataclasses
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.consent import GIVEN, WITHDRAWN
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.papers.attachment import PORTRAIT_CONSENT, Attachment
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import holds
from pupil_desk.services.attachments import attachments, photographs
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.home import home
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.card.gathering import card_of
from pupil_desk.services.quality.looking import findings
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def ann(unit: Unit) -> Pupil:
    return unit.pupil("Hall", "Ann", date(2014, 2, 1))


@pytest.fixture
def mother(unit: Unit, ann: Pupil) -> Contact:
    return unit.contact(ann, "Hall", forename="Eve", parental_responsibility=True)


def _said(unit: Unit, ann: Pupil, mother: Contact, step: str = GIVEN, day: date = DAY) -> None:
    entry = ConsentEntry(
        pupil_id=ann.id, consent_type=PORTRAIT_CONSENT, step=step, giver=mother.id, day=day, channel="form" if step == GIVEN else "phone"
    )
    record_said(unit.desk, [entry])


def _file(folder: Path, colour: str = "red", kind: str = "JPEG", size: tuple[int, int] = (1600, 2400)) -> Path:
    path = folder / f"{colour}.{kind.lower()}"
    exif = Image.Exif()
    exif[0x010E] = "Taken at 7 Refuge Row"
    Image.new("RGB", size, colour).save(path, kind, exif=exif)
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_it_is_drawn_anew_small_and_without_what_stood_beside_it(tmp_path: Path, kind: str) -> None:
    data = photographs.look_at(_file(tmp_path, kind=kind))
    with Image.open(BytesIO(data)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (400, 600))
        assert not kept.getexif()
    assert b"Refuge" not in data
    assert len(data) < 100_000


def test_one_that_lies_on_its_side_is_put_upright(tmp_path: Path) -> None:
    path = tmp_path / "side.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 200), "red").save(path, "JPEG", exif=exif)
    with Image.open(BytesIO(photographs.look_at(path))) as kept:
        assert kept.size == (200, 400)


@pytest.mark.parametrize("content", [b"%PDF-1.4\n%%EOF", b"GIF89a", b"\xff\xd8\xff\xe0 cut", b"", b"MZ program"])
def test_what_is_no_picture_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.jpg"
    path.write_bytes(content)
    with pytest.raises(NotKept):
        photographs.look_at(path)


def test_without_a_yes_none_is_kept(unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="Nobody has said yes"):
        photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path)))
    assert unit.count("attachment") == unit.count("attachment_content") == 0


def test_it_is_kept_with_who_and_when_and_shown_on_the_card(unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path) -> None:
    _said(unit, ann, mother)
    data = photographs.look_at(_file(tmp_path))
    before = len(unit.log())
    photographs.keep(unit.desk, ann.id, data)
    assert [row for row in unit.log()[before:] if row[0] == "edit-record"] == [
        ("edit-record", ann.id, "attachment added"),
        ("edit-record", ann.id, "photograph kept"),
    ]
    held = card_of(unit.desk, pupils.record(unit.desk, ann.id)).photograph
    assert photographs.picture(unit.desk, held) == data
    (paper,) = attachments.of_pupil(unit.desk, ann.id)  # and so in the copy of the record, erased, kept and taken elsewhere with the papers
    assert (paper.kind, paper.media_type, paper.kept_on) == ("portrait", "image/jpeg", DAY)


def test_another_takes_its_place_and_the_first_goes_for_good(unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path) -> None:
    _said(unit, ann, mother)
    photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path)))
    photographs.keep(unit.desk, ann.id, blue := photographs.look_at(_file(tmp_path, "blue")))
    assert unit.count("attachment") == unit.count("attachment_content") == 1
    assert photographs.picture(unit.desk, photographs.held(unit.desk, ann.id)) == blue


def test_it_is_shown_no_more_once_the_yes_is_taken_back_and_goes_when_told(unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path) -> None:
    _said(unit, ann, mother, day=DAY - timedelta(days=3))
    photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path)))
    (paper,) = attachments.of_pupil(unit.desk, ann.id)
    assert attachments.pages_to_show(unit.desk, paper).startswith(b"%PDF")
    _said(unit, ann, mother, WITHDRAWN)
    held = photographs.held(unit.desk, ann.id)
    assert held.has_ended
    assert photographs.picture(unit.desk, held) is None
    with pytest.raises(WrongUse, match="It is shown no more"):
        attachments.pages_to_show(unit.desk, paper)
    with pytest.raises(WrongUse, match="It is shown no more"):
        attachments.save_copy(unit.desk, paper, tmp_path / "copy.jpg")
    assert not (tmp_path / "copy.jpg").exists()
    assert attachments.pages(unit.desk, paper).startswith(b"%PDF"), "a copy of the record has it"
    before = len(unit.log())
    photographs.remove(unit.desk, ann.id)
    assert unit.log()[before:] == [("edit-record", ann.id, "photograph removed")]
    assert unit.count("attachment") == unit.count("attachment_content") == 0
    with pytest.raises(WrongUse):
        photographs.remove(unit.desk, ann.id)


def test_home_and_check_records_ask_for_it_to_go_until_it_is_gone_of_a_leaver_too(
    unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path
) -> None:
    _said(unit, ann, mother, day=DAY - timedelta(days=5))
    photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path)))
    assert _asked_for(unit, ann) == ([], [], False)
    (stay,) = pupils.record(unit.desk, ann.id).stays
    pupils.save_stay(unit.desk, dataclasses.replace(stay, end_date=DAY - timedelta(days=1)))
    assert _asked_for(unit, ann) == ([ann.id], [ann.id], True)
    hold = LegalHold(pupil_id=ann.id, reason="A claim", review_on=DAY + timedelta(days=90))
    holds.set_hold(unit.desk, hold)
    assert _asked_for(unit, ann) == ([], [], False)
    holds.lift(unit.desk, holds.everything(unit.desk)[0].id, "The claim is settled")
    (paper,) = attachments.of_pupil(unit.desk, ann.id)
    attachments.set_aside(unit.desk, paper, "Taken for a drawing")
    assert _asked_for(unit, ann) == ([ann.id], [ann.id], True)
    photographs.remove(unit.desk, ann.id)
    assert _asked_for(unit, ann) == ([], [], False)


def _asked_for(unit: Unit, pupil: Pupil) -> tuple[list[str], list[str], bool]:
    """On Home, by Check records, and as the next step after an answer."""
    found = [finding.pupil_id for finding in findings(unit.desk) if finding.rule == "photograph-must-go"]
    return [pupil.id for pupil in home.tasks(unit.desk).photographs], found, photographs.held(unit.desk, pupil.id).must_go


def test_while_a_hold_stands_it_stays(unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path) -> None:
    _said(unit, ann, mother)
    photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path)))
    holds.set_hold(unit.desk, LegalHold(pupil_id=ann.id, reason="A claim", review_on=DAY + timedelta(days=90)))
    with pytest.raises(WrongUse):
        photographs.remove(unit.desk, ann.id)
    with pytest.raises(WrongUse):
        photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path, "blue")))
    assert unit.count("attachment_content") == 1


def test_a_paper_of_another_kind_is_no_photograph(unit: Unit, ann: Pupil, mother: Contact, tmp_path: Path) -> None:
    _said(unit, ann, mother)
    file = attachments.look_at(_file(tmp_path, size=(200, 200)))
    attachments.add(unit.desk, Attachment(pupil_id=ann.id, title="A drawing", kind="picture"), file)
    assert photographs.held(unit.desk, ann.id).paper is None
    (drawing,) = attachments.of_pupil(unit.desk, ann.id)
    photographs.keep(unit.desk, ann.id, photographs.look_at(_file(tmp_path, "blue")))
    portrait = next(paper for paper in attachments.of_pupil(unit.desk, ann.id) if paper != drawing)
    for paper, kind in ((drawing, "portrait"), (portrait, "picture")):  # neither comes to be one among the papers nor ceases to
        with pytest.raises(Refused, match="on the card"):
            attachments.save(unit.desk, dataclasses.replace(paper, kind=kind))
    with pytest.raises(Refused, match="on the card"):
        attachments.add(
            unit.desk, Attachment(pupil_id=ann.id, title="A face", kind="portrait"), attachments.look_at(_file(tmp_path, "green"))
        )
