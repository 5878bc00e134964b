"""Out and back: forms are printed, come back in any order and turn, and nothing counts until a person has confirmed it."""

from datetime import date
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.paper_form import Aside, BoxReading
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.attachments import attachments
from pupil_desk.services.paper_forms import aside, out, printing, waiting
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.waiting import ConfirmedForm
from pupil_desk.store.tables import choices
from pupil_desk.store.tables import scans as scan_store
from tests import scans
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit, another_unit
from tests.services.paper_forms.office import allowed, class_of, family, filled, printed, read, sheets

SIGNED = date(2026, 11, 20)


def said(unit: Unit, pupil_id: str) -> list[tuple[str, str]]:
    return [(one.recipient, one.choice) for one in choices.of_pupil(unit.desk.vault, pupil_id)]


def test_a_form_goes_out_comes_back_and_counts_once_confirmed(unit: Unit) -> None:
    pupil = family(unit, "Ada")
    (form,) = printed(unit.desk, [pupil])
    assert [one.form.id for one in out.missing(unit.desk)] == [form.form_id]
    came = read(unit.desk, filled(form, {"youth-support/restrict": Pen("cross"), "post-16/allow": Pen("tick")}, Random(1)))
    assert (came.pages, came.filed, came.set_aside) == (1, 1, 0)
    (one,) = waiting.waiting(unit.desk)
    assert one.pupil.id == pupil.id
    assert {key: (found.read, found.answer) for key, found in one.proposals.items()} == {
        "youth-support": (BoxReading.TICKED, "restrict"),
        "post-16": (BoxReading.TICKED, "allow"),
    }
    assert one.sure
    assert said(unit, pupil.id) == [], "nothing is kept without a person"
    assert out.missing(unit.desk) == [], "what waits to be confirmed is not missing"
    contact = one.addressees[0][0]
    kept = waiting.confirm(unit.desk, ConfirmedForm(one.id, {"youth-support": "restrict", "post-16": "allow"}, contact, SIGNED))
    assert pupil.id in kept.changed.ids
    assert said(unit, pupil.id) == [("youth-support", "restrict"), ("post-16", "allow")]
    (paper,) = attachments.of_pupil(unit.desk, pupil.id)
    assert (paper.kind, paper.paper_day, paper.received_from) == ("form", SIGNED, "Parent 1 of Ada Quill")
    assert attachments.pages(unit.desk, paper).startswith(b"%PDF")
    assert waiting.waiting(unit.desk) == []
    assert out.out(unit.desk) == []
    assert unit.count("scan_page") == unit.count("scan_batch") == 0


def test_pages_are_filed_whatever_their_order_and_turn(unit: Unit) -> None:
    forms, random = printed(unit.desk, class_of(unit, 4)), Random(2)
    pages = []
    for at, form in enumerate(forms):
        (page,) = filled(form, allowed(), random)
        pages.append(scans.scanned(page, random, turn=(0, 90, 180, 270)[at % 4], skew=(-2, 2, 1, -1)[at % 4], blur=1, noise=40))
    random.shuffle(pages)
    came = read(unit.desk, pages)
    assert (came.filed, came.set_aside) == (4, 0)
    found = waiting.waiting(unit.desk)
    assert {one.id for one in found} == {form.form_id for form in forms}
    assert all(
        one.sure and {key: p.answer for key, p in one.proposals.items()} == {"youth-support": "allow", "post-16": "allow"} for one in found
    )
    for one in found:
        assert scan_store.picture(unit.desk.vault, one.scan_ids[0]).startswith(b"\xff\xd8"), "its picture is kept with it"


def test_what_cannot_be_filed_is_set_aside_with_its_picture(unit: Unit, tmp_path_factory: pytest.TempPathFactory) -> None:
    forms, random = printed(unit.desk, class_of(unit, 3)), Random(3)
    other = another_unit(tmp_path_factory.mktemp("other") / "unit" / "unit.pupildesk")
    foreign = printed(other.desk, [family(other, "Zoe")])
    other.desk.vault.close()
    first, second = filled(forms[0], allowed(), random)[0], filled(forms[1], {}, random)[0]
    torn = second.copy()
    torn.paste(255, (0, 0, torn.width, torn.height // 4))
    torn.paste(255, (0, torn.height * 3 // 4, torn.width, torn.height))
    doubled = second.copy()
    doubled.paste(first.crop((0, first.height // 2, first.width, first.height)), (0, first.height // 2))
    blank = scans.scanned(torn.copy().point(lambda _grey: 255), random, noise=40)
    came = read(unit.desk, [first, sheets(foreign)[0], torn, first.rotate(180), doubled, blank])
    assert (came.pages, came.filed, came.blank) == (6, 1, 1)
    assert dict(came.aside) == {Aside.FOREIGN: 1, Aside.UNREAD: 1, Aside.DOUBLE: 1, Aside.TWO: 1}
    for page in aside.set_aside(unit.desk):
        assert waiting.picture(unit.desk, page.id).startswith(b"\xff\xd8")
        assert page.reason.words
    double = next(page for page in aside.set_aside(unit.desk) if page.reason is Aside.DOUBLE)
    assert double.pupil is not None
    assert double.pupil.forename == "Ada"
    assert {one.pupil.forename for one in out.missing(unit.desk)} == {"Bea", "Cleo"}


def test_a_form_that_is_back_is_a_double_when_it_comes_again(unit: Unit) -> None:
    (form,) = printed(unit.desk, [family(unit, "Ada")])
    page = filled(form, allowed(), Random(4))
    read(unit.desk, page)
    (one,) = waiting.waiting(unit.desk)
    waiting.confirm(unit.desk, ConfirmedForm(one.id, {"youth-support": "allow"}, one.addressees[0][0], SIGNED))
    assert dict(read(unit.desk, page).aside) == {Aside.DOUBLE: 1}


def test_what_is_not_clear_is_asked(unit: Unit) -> None:
    pupils = class_of(unit, 3)
    both, none, faint = printed(unit.desk, pupils)
    random = Random(5)
    read(
        unit.desk,
        [
            *filled(
                both,
                {"youth-support/allow": Pen("cross"), "youth-support/restrict": Pen("scribble", 0.5), "post-16/allow": Pen("tick")},
                random,
            ),
            *filled(none, {}, random),
            *filled(faint, {"youth-support/allow": Pen("cross", 0.01, 150), "post-16/allow": Pen("tick")}, random),
        ],
    )
    found = {one.id: one for one in waiting.waiting(unit.desk)}
    assert found[both.form_id].proposals["youth-support"].read is BoxReading.ASK
    assert {one.read for one in found[none.form_id].proposals.values()} == {BoxReading.EMPTY}
    assert not any(one.sure for one in found.values() if one.id != faint.form_id)


def test_large_print_has_a_code_of_its_own_on_each_page(unit: Unit) -> None:
    pupil = family(unit, "Ada")
    (form,) = printed(unit.desk, [pupil], Variant.LARGE)
    pages = filled(form, allowed(), Random(6))
    assert len(pages) == 3
    read(unit.desk, pages[1:])
    (one,) = waiting.waiting(unit.desk)
    assert one.missing_pages == (1,)
    assert not one.sure
    read(unit.desk, pages[:1])
    (one,) = waiting.waiting(unit.desk)
    assert one.missing_pages == ()
    assert {key: found.answer for key, found in one.proposals.items()} == {"youth-support": "allow", "post-16": "allow"}
    waiting.confirm(unit.desk, ConfirmedForm(one.id, {"youth-support": "allow", "post-16": "allow"}, one.addressees[0][0], SIGNED))
    (paper,) = attachments.of_pupil(unit.desk, pupil.id)
    assert (paper.media_type, paper.pages) == ("application/pdf", 3)


def test_a_confirmation_is_whole_or_nothing(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = family(unit, "Ada")
    (form,) = printed(unit.desk, [pupil])
    read(unit.desk, filled(form, allowed(), Random(7)))
    (one,) = waiting.waiting(unit.desk)
    good = ConfirmedForm(one.id, {"youth-support": "allow"}, one.addressees[0][0], SIGNED)
    for wrong in (
        ConfirmedForm(one.id, {}, one.addressees[0][0], SIGNED),
        ConfirmedForm(one.id, {"youth-support": "perhaps"}, one.addressees[0][0], SIGNED),
        ConfirmedForm(one.id, {"youth-support": "allow"}, one.addressees[0][0], date(2026, 11, 25)),
        ConfirmedForm(one.id, {"youth-support": "allow"}, None, SIGNED),
    ):
        with pytest.raises(Refused):
            waiting.confirm(unit.desk, wrong)

    def fails(*_all: object) -> None:
        raise WrongUse("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(scan_store, "remove", fails)
        with pytest.raises(WrongUse, match="disk is full"):
            waiting.confirm(unit.desk, good)
    assert said(unit, pupil.id) == []
    assert unit.count("attachment") == 0
    assert len(waiting.waiting(unit.desk)) == 1
    waiting.confirm(unit.desk, good)
    with pytest.raises(WrongUse, match="no longer waits"):
        waiting.confirm(unit.desk, good)


def test_a_page_is_filed_by_hand_and_then_asked(unit: Unit) -> None:
    pupil = family(unit, "Ada")
    (form,) = printed(unit.desk, [pupil])
    (page,) = filled(form, allowed(), Random(8))
    page.paste(255, (0, 0, page.width, 500))
    page.paste(255, (0, page.height - 620, page.width // 3, page.height))
    read(unit.desk, [page])
    (left,) = aside.set_aside(unit.desk)
    assert left.reason is Aside.UNREAD
    (place,) = aside.filings(unit.desk)
    assert (place.pupil.id, place.page, place.pages) == (pupil.id, 1, 1)
    aside.file_by_hand(unit.desk, left.id, place.form.id, place.page)
    with pytest.raises(WrongUse):
        aside.file_by_hand(unit.desk, left.id, place.form.id, place.page)
    (one,) = waiting.waiting(unit.desk)
    assert {found.read for found in one.proposals.values()} == {BoxReading.ASK}
    assert waiting.cuttings(unit.desk, one.id) == {}
    waiting.confirm(unit.desk, ConfirmedForm(one.id, {"youth-support": "allow"}, one.addressees[0][0], SIGNED))
    assert said(unit, pupil.id) == [("youth-support", "allow")]


def test_a_page_is_thrown_away_only_with_a_reason_and_never_while_it_is_filed(unit: Unit) -> None:
    (form,) = printed(unit.desk, [family(unit, "Ada")])
    page = filled(form, allowed(), Random(9))
    read(unit.desk, page + page)
    (double,) = aside.set_aside(unit.desk)
    with pytest.raises(Refused):
        aside.throw_away(unit.desk, [double.id], " ")
    with pytest.raises(Refused, match="names a pupil"):
        aside.throw_away(unit.desk, [double.id], f"{double.pupil.forename} {double.pupil.surname} has two" if double.pupil else "")
    aside.throw_away(unit.desk, [double.id], "Went through twice")
    assert unit.log()[-1][0] == "read-scans"
    assert unit.log()[-1][2] == "thrown away 1: Went through twice"
    (one,) = waiting.waiting(unit.desk)
    with pytest.raises(WrongUse):
        aside.throw_away(unit.desk, one.scan_ids, "No")
    aside.put_aside(unit.desk, one.scan_ids)
    assert waiting.waiting(unit.desk) == []
    assert [page.reason for page in aside.set_aside(unit.desk)] == [Aside.BY_HAND]


def test_numbers_are_by_chance_unlike_and_hold_nothing_else(unit: Unit) -> None:
    forms = printed(unit.desk, class_of(unit, 5, parents=2))
    codes = [page.code for form in forms for page in layout(form.page)]
    assert len(codes) == len(set(codes)) == 5
    assert all(len(code) == 24 and code.isdecimal() for code in codes)
    assert not any(form.form.pupil.ref in code for form, code in zip(forms, codes, strict=True))
    again = printing.make_forms(unit.desk, "sharing-choice", [forms[0].form.pupil]).forms
    assert layout(again[0].page)[0].code not in codes


def test_printing_is_logged_and_told(unit: Unit) -> None:
    pupils = class_of(unit, 2)
    before = len(unit.log())
    printed(unit.desk, pupils)
    rows = unit.log()[before:]
    assert sorted((action, who) for action, who, _why in rows) == sorted(("print-form", pupil.id) for pupil in pupils)
    told = unit.desk.vault.rows("SELECT pupil_id, way, recipient, fields, reason FROM disclosure ORDER BY seq")
    assert [(row["pupil_id"], row["way"], row["recipient"], row["reason"]) for row in told] == [
        (pupil.id, "print", "Parents and carers", f"Addressed to Parent 1 of {pupil.forename} Quill.") for pupil in pupils
    ]
    assert {row["fields"] for row in told} == {"pupil.surname, pupil.forename, pupil.dob"}


def test_what_is_made_and_not_printed_leaves_nothing(unit: Unit) -> None:
    made = printing.make_forms(unit.desk, "sharing-choice", class_of(unit, 2))
    printing.print_file(made.forms)
    assert unit.count("paper_form") == unit.count("paper_form_page") == 0
    came = read(unit.desk, sheets(made.forms))
    assert dict(came.aside) == {Aside.FOREIGN: 2}


def test_two_who_were_asked_are_both_offered_as_givers(unit: Unit) -> None:
    pupil = family(unit, "Ada", parents=2)
    (form,) = printed(unit.desk, [pupil])
    read(unit.desk, filled(form, allowed(), Random(3)))
    (one,) = waiting.waiting(unit.desk)
    assert [name for _id, name in waiting.givers(unit.desk, one)] == ["Parent 1 of Ada Quill", "Parent 2 of Ada Quill"]
    assert not one.sure, "which of two signed is for a person to say"


def test_the_cuttings_show_each_box(unit: Unit) -> None:
    (form,) = printed(unit.desk, [family(unit, "Ada")])
    read(unit.desk, filled(form, allowed(), Random(3)))
    cut = waiting.cuttings(unit.desk, form.form_id)
    assert set(cut) == {"youth-support/allow", "youth-support/restrict", "post-16/allow", "post-16/restrict"}
    assert all(data.startswith(b"\x89PNG") for data in cut.values())
    place, (sheet,) = layout(form.page)[-1].under_boxes, filled(form, allowed(), Random(3))
    assert place.y > layout(form.page)[-1].below.y
    assert place.y + place.height <= min(box.y for box in layout(form.page)[-1].boxes.values())
    signed = Image.open(BytesIO(waiting.signature_part(unit.desk, form.form_id)))
    assert signed.width > sheet.width / 3, "the line for the name and that for the day"


def test_every_role_reads_in_and_confirms_a_signed_form(unit: Unit) -> None:
    desk = unit.as_role(Role.OFFICE)
    pupil = family(unit, "Ada")
    (form,) = printed(desk, [pupil])
    read(desk, filled(form, allowed(), Random(3)))
    (one,) = waiting.waiting(desk)
    waiting.confirm(desk, ConfirmedForm(one.id, {"youth-support": "allow"}, one.addressees[0][0], SIGNED))
    assert choices.of_pupil(unit.desk.vault, pupil.id)[0].channel == "form"


def test_a_kind_that_the_role_lacks_is_not_confirmed(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.paper_forms import sharing_choice
    from pupil_desk.services.roles import Action

    (form,) = printed(unit.desk, [family(unit, "Ada")])
    read(unit.desk, filled(form, allowed(), Random(3)))
    monkeypatch.setattr(sharing_choice.SharingChoice, "action", Action.RECORD_CHOICE)
    with pytest.raises(NotAllowed):
        waiting.confirm(unit.as_role(Role.OFFICE), ConfirmedForm(form.form_id, {"youth-support": "allow"}, None, SIGNED))
    assert len(waiting.waiting(unit.desk)) == 1


def test_the_sheet_tells_of_forms_and_of_pages_that_wait(unit: Unit) -> None:
    from pupil_desk.services import sheet

    pupil = family(unit, "Ada")
    (form,) = printed(unit.desk, [pupil])
    read(unit.desk, filled(form, allowed(), Random(3)))
    section = next(one for one in sheet.everything(unit.desk, pupil.id) if one.name == "forms")
    words = [said for entry in section.entries for _n, _l, _v, said in entry.facts]
    assert "Your choice about sharing" in words
    assert any(said.startswith("A scanned page, not confirmed yet") for said in words)
    waiting.confirm(
        unit.desk, ConfirmedForm(form.form_id, {"youth-support": "allow"}, waiting.waiting(unit.desk)[0].addressees[0][0], SIGNED)
    )
    section = next(one for one in sheet.everything(unit.desk, pupil.id) if one.name == "forms")
    words = [said for entry in section.entries for _n, _l, _v, said in entry.facts]
    assert "Came back, and was confirmed, 24 November 2026, by Ann Officer" in words
    assert isinstance(attachments.of_pupil(unit.desk, pupil.id)[0], Attachment)
    assert unit.desk.today == DAY


def test_a_single_box_may_be_left_empty() -> None:
    from pupil_desk.domain.papers.paper_form import AnswerProposal, PaperForm
    from pupil_desk.domain.pupils.pupil import Pupil
    from pupil_desk.services.paper_forms.kind import FormAnswer, FormQuestion
    from pupil_desk.services.paper_forms.waiting import WaitingForm

    two = FormQuestion("q", "May we?", (FormAnswer("yes", "Yes"), FormAnswer("no", "No")))
    one = FormQuestion("own", "The pupil", (FormAnswer("no", "I do not want it"),))

    def waits(first: AnswerProposal, second: AnswerProposal) -> WaitingForm:
        pupil, form = Pupil(surname="Quill", forename="Ada", dob=date(2012, 5, 6)), PaperForm(title="t", asked="a", wording="w", on=DAY)
        return WaitingForm(form, pupil, (two, one), {"q": first, "own": second}, (), (), (("c", "Parent"),), DAY)

    empty, ticked = AnswerProposal(BoxReading.EMPTY), AnswerProposal(BoxReading.TICKED, "yes")
    assert waits(ticked, empty).sure
    assert not waits(empty, empty).sure
    assert not waits(ticked, AnswerProposal(BoxReading.ASK)).sure
    assert not waits(empty, AnswerProposal(BoxReading.TICKED, "no")).sure, "a question of two boxes has to be answered"
