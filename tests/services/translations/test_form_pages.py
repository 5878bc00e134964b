"""Pages beside forms in the language of a family: what each says, and that the form is read back as it was without one."""

from itertools import product
from random import Random

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers import data_check, sharing_form
from pupil_desk.documents.papers.sharing_form import COLLEGES, LATE, YOUTH, SharingForm
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.documents.pdf.page import build_print_file
from pupil_desk.services.many import slips
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.services.paper_forms import printing, waiting
from pupil_desk.services.sharing.unanswered import words_of_forms
from pupil_desk.store.tables import contacts
from tests import scans
from tests.documents.checking import assert_accessible
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit
from tests.services.paper_forms.office import read
from tests.services.translations.leftovers import english_left
from tests.services.translations.test_fixed_papers import child, said, translate


def test_a_form_about_sharing_is_read_back_as_it_was_with_a_page_that_says_all_of_it(unit: Unit) -> None:
    desk, ann = unit.desk, child(unit)
    (plain,) = printing.make_forms(desk, "sharing-choice", [ann]).forms
    assert plain.form.in_english_because == "there is no checked translation into Polish"
    translate(unit, "page-sharing-choice")
    (form,) = printing.make_forms(desk, "sharing-choice", [ann]).forms
    page = plain_text(form.form.leaf)
    key = "page-sharing-choice"
    for english in (
        sharing_form.TITLE,
        "1. The youth support service",
        "**Yes:** tell them",
        "An unsigned no counts",
        "Return to:",
        "Tick, sign and send",
    ):
        assert said(key, english) in page
    assert "Goes with “Your choice about sharing” for Annabel Young" in page, "for the office"
    assert "Signature" not in page
    assert english_left(desk, form.form.leaf, "Zdanie") == set()
    for was, now in zip(layout(plain.page), layout(form.page), strict=True):
        assert (was.above, was.below, was.boxes) == (now.above, now.below, now.boxes), "no box and no code has moved"
    assert plain.form.wording == form.form.wording
    assert_accessible(printing.own_file(form))
    printing.record_printed(desk, (form,))
    random, (sheet_page,) = Random(3), layout(form.page)
    leaf_picture, *_back, picture = scans.pages(printing.own_file(form))
    ticked = scans.ticked(picture, sheet_page, {"youth-support/restrict": Pen("cross"), "post-16/allow": Pen("cross")}, random)
    came = read(desk, [scans.scanned(one, random) for one in (leaf_picture, ticked)])
    assert (came.filed, came.marked, came.set_aside) == (1, 1, 0)
    (waits,) = waiting.waiting(desk)
    answers = {question: proposal.answer for question, proposal in waits.proposals.items() if proposal.answer}
    assert answers == {"youth-support": "restrict", "post-16": "allow"}
    mother = contacts.of_pupil(desk.vault, ann.id)[0]
    waiting.confirm(desk, waiting.ConfirmedForm(waits.form.id, answers, mother.id, DAY))
    languages = {row["language"] for row in desk.vault.rows("SELECT language FROM wording")}
    assert languages == {"en"}, "the words ticked are those of the form"


def test_a_data_check_slip_is_read_back_as_it_was_and_its_page_tells_nothing_that_is_held(unit: Unit) -> None:
    desk, ann = unit.desk, child(unit, medical="Asthma, blue inhaler")
    (plain,) = printing.make_forms(desk, "data-check", [ann]).forms
    translate(unit, "page-data-check")
    (form,) = printing.make_forms(desk, "data-check", [ann]).forms
    page = plain_text(form.form.leaf)
    assert said("page-data-check", "What you write counts") in page
    assert said("page-data-check", "I have added nothing") in page
    assert "inhaler" not in page
    assert english_left(desk, form.form.leaf, "Zdanie") == set()
    assert [(one.boxes, one.above) for one in layout(plain.page)] == [(one.boxes, one.above) for one in layout(form.page)]
    for document in printing.documents_of(
        form, ""
    ):  # each by itself: in six pages what each sheet says of its form is taken for a running head
        assert_accessible(build_print_file([document], title=document.title))
    made = slips.slips(desk, [ann.id])
    (slip,) = made.papers
    assert slip.form.form.leaf, "also where slips are made of several pupils"
    slips.keep_printed(desk, made.papers)
    random, pages = Random(5), layout(slip.form.page)
    pictures = [picture for document in scans.pages(printing.own_file(slip.form)) for picture in [document]]
    shown = [picture for picture in pictures if picture.convert("L").getextrema()[0] < 128]
    ticked = [
        scans.ticked(picture, one, {key: Pen("cross") for key in one.boxes if key.endswith("/right")}, random)
        for picture, one in zip(shown[1:], pages, strict=True)
    ]
    came = read(desk, [scans.scanned(one, random) for one in (shown[0], *ticked)])
    assert (came.filed, came.marked, came.set_aside) == (len(pages), 1, 0)
    proposals = [waits.proposals for waits in waiting.waiting(desk)]
    assert {proposal.answer for found in proposals for proposal in found.values()} >= {"right"}


def test_a_slip_that_goes_with_the_notice_has_no_page_and_one_that_is_asked_for_has(unit: Unit) -> None:
    ann = child(unit)
    translate(unit, "page-notice-slip")
    letters = notices.letters_of(unit.desk, ann.id).letters
    assert [form.form.leaf for form in notice_slips.slips_for(unit.desk, letters).values()] == [()]
    notice_slips.log_printed(unit.desk, letters)
    notices.issue(unit.desk, letters, "by-hand")
    (form,) = printing.make_forms(unit.desk, "notice-slip", [ann]).forms
    assert said("page-notice-slip", "If you tick the box") in plain_text(form.form.leaf)
    assert english_left(unit.desk, form.form.leaf, "Zdanie") == set()


def test_no_sentence_of_a_form_is_left_out_of_what_is_translated() -> None:
    both = frozenset({YOUTH, COLLEGES})
    sets = (frozenset(), frozenset({YOUTH}), frozenset({COLLEGES}), both)
    found = {*sharing_form.sentences(), *words_of_forms()}

    def say(words: str) -> str:
        assert words in found, words
        return words

    for silent, already, flags in product(sets, sets, product((False, True), repeat=6)):
        asked, several, unheard, waits, with_parent, then_no = flags
        form = SharingForm(
            unit="U", pupil="P", pupil_born="B", forename="F", pupil_asked=asked, parents=("A", "B"), youth_service="Y", return_to="R", printed_on="D",
            reply_by="D", late=LATE, whom_to_tell="W", everything=dict.fromkeys(both, words_of_forms()), never=words_of_forms(), silent_yes=silent, already_said=already,
            with_parent=with_parent, several=several, not_before="D" if waits else "", no_notice=unheard, ends="D", then_no=then_no, settled=dict.fromkeys(already, "D") if several else {},
        )  # fmt: skip
        sharing_form.story(form, say=say)
    assert data_check.TITLE in data_check.sentences("A", ("B",))
