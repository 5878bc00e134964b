"""The photograph on the card: taken in from a file, seen, replaced and removed after a question; without a yes it is not there."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from pupil_desk.domain.consents.consent import GIVEN, WITHDRAWN
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.papers.attachment import PORTRAIT_CONSENT
from pupil_desk.services import holds
from pupil_desk.services.attachments import photographs
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.card.card import CardPart
from pupil_desk.ui.pages.pupils.record.card.photograph import PhotographBlock
from tests.services.consents.saying import record_said
from tests.ui.pages.made import pupil_called


def _block(page: PupilsPage, context: Context, *, agreed: bool) -> PhotographBlock:
    theo = pupil_called(context.desk, "Theo")
    if agreed:
        mother = pupils.record(context.desk, theo.id).contacts[0]
        entry = ConsentEntry(
            pupil_id=theo.id, consent_type=PORTRAIT_CONSENT, step=GIVEN, giver=mother.id, day=context.desk.today, channel="form"
        )
        record_said(context.desk, [entry])
    page.on_show(theo.id)
    card = page.view.part
    assert isinstance(card, CardPart)
    return card.photograph


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "face.png"
    Image.new("RGB", (900, 1200), "red").save(path)
    return path


def test_without_a_yes_none_can_be_added_and_the_consent_is_among_those_missing(page: PupilsPage, context: Context) -> None:
    block = _block(page, context, agreed=False)
    assert not block.isVisible()
    card = page.view.part
    assert isinstance(card, CardPart)
    assert card.blocks["consents"].lines[0].words.endswith(" more")


def test_one_is_taken_in_seen_replaced_and_removed(page: PupilsPage, context: Context, picture: Path) -> None:
    block = _block(page, context, agreed=True)
    assert block.add_line.words == "Add a photograph…"
    block.take_file(picture)
    assert block.picture.isVisible()
    assert block.picture.accessibleName() == "Photograph of Theo Bramley"
    assert block.picture.pixmap().height() > block.picture.pixmap().width() > 0
    assert (block.add_line.words, block.add_line.accessibleName()) == ("Replace…", "Replace the photograph…")
    assert block.remove_line.isVisible()


def test_another_takes_its_place_after_a_question_and_that_is_undone(
    page: PupilsPage, context: Context, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held() -> bytes | None:
        return photographs.picture(context.desk, photographs.held(context.desk, pupil_called(context.desk, "Theo").id))

    block = _block(page, context, agreed=True)
    block.take_file(picture)
    red = held()
    blue = tmp_path / "blue.png"
    Image.new("RGB", (900, 1200), "blue").save(blue)
    asked: list[str] = []
    monkeypatch.setattr(type(context.ask), "confirm", lambda _ask, title, *_more, **_named: asked.append(title) or len(asked) > 1)
    block.take_file(blue)
    assert (asked, held()) == (["Replace the photograph?"], red)
    block.take_file(blue)
    assert held() not in (None, red)
    context.banner.undo()
    assert held() == red
    assert context.banner.words == "Undone: the photograph of before is on the record."


def test_it_goes_only_after_a_question(page: PupilsPage, context: Context, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = _block(page, context, agreed=True)
    block.take_file(picture)
    asked: list[str] = []
    monkeypatch.setattr(type(context.ask), "confirm", lambda _ask, title, *_more, **_named: asked.append(title) or len(asked) > 1)
    block.remove_line.click()
    assert block.picture.isVisible()
    block.remove_line.click()
    assert asked == ["Remove the photograph?"] * 2
    assert not block.picture.isVisible()
    assert not block.remove_line.isVisible()


def test_another_pupils_card_shows_none_of_it(page: PupilsPage, context: Context, picture: Path) -> None:
    block = _block(page, context, agreed=True)
    block.take_file(picture)
    page.on_show(pupil_called(context.desk, "Mia").id)
    assert not block.picture.isVisible()
    assert block.picture.pixmap().isNull()


def test_one_that_a_hold_keeps_is_said_to_be_kept(page: PupilsPage, context: Context, picture: Path) -> None:
    block, desk, theo = _block(page, context, agreed=True), context.desk, pupil_called(context.desk, "Theo")
    block.take_file(picture)
    mother = pupils.record(desk, theo.id).contacts[0]
    record_said(
        desk,
        [ConsentEntry(pupil_id=theo.id, consent_type=PORTRAIT_CONSENT, step=WITHDRAWN, giver=mother.id, day=desk.today, channel="form")],
    )
    page.on_show(theo.id)
    assert block.add_line.words == "The consent to the photograph has ended: take it off"
    holds.set_hold(desk, LegalHold(pupil_id=theo.id, reason="A claim", review_on=desk.today + timedelta(days=90)))
    page.on_show(theo.id)
    assert block.add_line.words == "The consent to the photograph has ended: it is shown no more, and a hold keeps it on file"
    assert not block.add_line.isEnabled(), "it leads to no deletion that is then refused"
    assert not block.remove_line.isEnabled()
