"""Each kind of form through the window's services: printed, scanned in one stack, read, confirmed, and kept where it belongs."""

from random import Random

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.attachments import attachments
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.timeline import timeline
from pupil_desk.services.notices import families, notice_slips, notices
from pupil_desk.services.notices.notice_papers import AS_USUAL, Version
from pupil_desk.services.paper_forms import out, printing, undoing, waiting
from pupil_desk.services.paper_forms.waiting import ConfirmedForm
from pupil_desk.services.sharing import wishes
from pupil_desk.store.tables import choices
from tests import scans
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit
from tests.services.paper_forms.office import family, read

USES = ("display", "website", "social", "prospectus", "press")
TICKS = {
    "sharing-choice": {"youth-support": "restrict", "post-16": "allow"},
    "consent": dict.fromkeys(USES, "yes"),
    "notice-slip": {"notice": "have"},
}


def test_three_forms_of_one_family_come_back_in_one_stack(unit: Unit) -> None:
    desk, pupil = unit.desk, family(unit, "Ada")
    letters = notices.letters_of(desk, pupil.id).letters
    slips = notice_slips.slips_for(desk, letters, AS_USUAL)
    made = printing.together(printing.make_forms(desk, name, [pupil]) for name in ("sharing-choice", "photographs"))
    notice_slips.log_printed(desk, letters, slips.values())
    assert printing.record_printed(desk, made.forms).kinds == {"paper_form", "choice", "consent"}
    notices.issue(desk, letters, "by-hand", version=Version(), slips=notice_slips.on_file(desk, letters))
    forms = {one.form.kind: one for one in (*made.forms, *slips.values())}
    assert forms.keys() == TICKS.keys()
    assert {one.form.form_kind for one in out.missing(desk)} == TICKS.keys()

    random, stack = Random(7), []
    for kind, form in forms.items():
        (page,) = layout(form.page)
        (picture,) = scans.pages(printing.own_file(form))
        marks = {f"{question}/{answer}": Pen("cross") for question, answer in TICKS[kind].items()}
        stack.append(scans.scanned(scans.ticked(picture, page, marks, random), random, turn=180, skew=1, blur=1, noise=20))
    came = read(desk, stack[::-1])
    assert (came.filed, came.set_aside) == (3, 0)
    found = waiting.waiting(desk)
    assert {one.form.form_kind: {key: said.answer for key, said in one.proposals.items() if said.answer} for one in found} == TICKS
    assert unit.count("choice") == unit.count("notice_acknowledgement") == 0, "nothing is kept without a person"
    mother = letters[0].contacts[0].id
    office = unit.as_role(Role.OFFICE)
    by_mistake = waiting.confirm(office, *(ConfirmedForm(one.id, TICKS[one.form.form_kind], mother, DAY) for one in found))
    assert (out.out(desk), waiting.waiting(desk)) == ([], [])
    undoing.undo(office, by_mistake)
    assert waiting.waiting(desk) == found, "every form waits again, with its pages"
    assert choices.of_pupil(desk.vault, pupil.id) == []
    assert ConsentStatus.GIVEN not in [row.verdict.standing for row in standings.of_pupil(desk, pupil.id)]
    assert [row.acknowledged for row in families.notices_given(desk)] == [None]
    assert {one.set_aside_because for one in attachments.of_pupil(desk, pupil.id)} == {"Undone at once"}
    with pytest.raises(WrongUse):
        undoing.undo(office, by_mistake)

    for one in found:
        waiting.confirm(desk, ConfirmedForm(one.id, TICKS[one.form.form_kind], mother, DAY))

    kept = {one.title: one for one in attachments.of_pupil(desk, pupil.id) if one.set_aside_on is None}
    assert len(kept) == 3, "each page is kept as a paper"
    papers = {one.id for one in attachments.of_pupil(desk, pupil.id)}
    answers = choices.of_pupil(desk.vault, pupil.id)
    assert [(one.recipient, one.choice) for one in answers] == [("youth-support", "restrict"), ("post-16", "allow")]
    assert {one.form_id for one in answers} == {forms["sharing-choice"].form_id}
    photographs = [row.verdict.standing for row in standings.of_pupil(desk, pupil.id) if row.type.consent_type == "photographs"]
    assert photographs == [ConsentStatus.GIVEN] * len(USES)
    assert {one.evidence for one in timeline(desk, pupil.id).events if one.what == "given"} <= papers
    assert [row.acknowledged for row in families.notices_given(desk)] == [DAY]

    assert [step.step for step in wishes.steps_of(desk, pupil.id).steps] == ["asked"]
    assert [one.what for one in timeline(desk, pupil.id).events].count("asked") == 1
    told = [row["what"] for row in desk.vault.rows("SELECT what FROM disclosure ORDER BY seq")]
    assert told == ["Privacy notice", "Slip: you have our privacy notice", "Form: choice about sharing", "Form: Photographs and videos"], (
        "once each, and nothing more by what came back"
    )
    assert out.out(desk) == []


def test_an_asking_and_its_row_are_there_once_however_often_the_same_paper_is_printed(unit: Unit) -> None:
    pupil = family(unit, "Ada")
    forms = printing.make_forms(unit.desk, "photographs", [pupil]).forms
    for _time in range(2):
        printing.record_printed(unit.desk, forms)
    assert unit.count("paper_form") == unit.count("disclosure") == unit.count("consent_event") == 1
    assert [action for action, _who, _why in unit.log()].count("print-form") == 2
