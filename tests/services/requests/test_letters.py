"""The letters of a case: each drafts from what is known, none goes with something left to write, and what was sent stays word for word."""

from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEventKind, RequestLetter
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.requests import letters, looking
from pupil_desk.services.requests.letters import LETTERS, LetterSending
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import ledger
from tests.services.exports.made import DAY
from tests.services.requests.cases import Family


def named(name: str) -> letters.LetterKind:
    return letters.kind_named(name)


def sending(case: RequestCase, name: str, words: str, own: str = "", recipient: str = "") -> LetterSending:
    letter = RequestLetter(case_id=case.id, letter=name, sent_to=recipient or case.requester, channel="post", on=DAY, words=words)
    return LetterSending(letter=letter, own=own, recipient=recipient)


def drafted(family: Family, case: RequestCase, name: str, own: str = "", recipient: str = "") -> str:
    return letters.draft(family.desk, family.seen(case), named(name), own, recipient)


def test_every_letter_has_its_name_and_its_prose_and_is_offered_somewhere() -> None:
    assert {letter.name for letter in LETTERS} == set(codelist("request_letter").codes)
    assert {kind for letter in LETTERS for kind in letter.kinds} == set(CaseKind)


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_every_letter_that_a_case_can_need_is_filled_in_whole(family: Family, kind: CaseKind) -> None:
    case = family.complains(pupil_id=family.pupil.id) if kind is CaseKind.COMPLAINT else family.asks(kind)
    for letter in (each for each in LETTERS if kind in each.kinds):
        words = drafted(family, case, letter.name, own="Own words.", recipient="The college")
        assert "{" not in words
        assert case.ref in words
        assert "\n\n\n" not in words
        assert words.endswith("Larkfield Centre\n")


def test_the_first_letter_says_what_is_asked_and_by_when(family: Family) -> None:
    words = drafted(family, family.asks(CaseKind.BOTH), "acknowledge")
    assert "On 2 November 2026 you asked us for the educational record of Bea Quill, and for a copy of what we hold." in words
    assert "You will have the educational record by 23 November 2026. You will have the copy by 2 December 2026." in words
    assert "Dear Ms Quill" in words
    own = drafted(family, family.asks(CaseKind.COPY, capacity="pupil", requester="Bea Quill", contact_id=None), "acknowledge")
    assert "Dear Bea" in own
    assert "for a copy of what we hold about you" in own
    assert "We will answer by 2 December 2026." in own


def test_what_must_be_written_stands_in_brackets_and_forbids_sending(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    words = drafted(family, case, "extend")
    assert "[Why we need longer]" in words
    assert "by 2 February 2027 at the latest" in words
    with pytest.raises(Refused, match=r"square brackets first: \[Why we need longer\]"):
        letters.paper(family.desk, family.seen(case), named("extend"), words, ())
    with pytest.raises(Refused, match="square brackets"):
        letters.record_sent(family.desk, sending(case, "extend", words))
    with pytest.raises(Refused, match="says nothing"):
        letters.may_send(family.desk, sending(case, "extend", "  "))
    assert family.seen(case).events == ()


def test_sending_keeps_the_words_does_the_step_and_tells_the_log_of_disclosures(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    words = drafted(family, case, "extend", own="There are 400 pages.") + "PS: sorry.\n"
    letters.record_sent(family.desk, sending(case, "extend", words, own="There are 400 pages."))
    (kept,) = looking.letters(family.desk, case.id)
    assert (kept.words.strip(), kept.sent_to, kept.channel, kept.on) == (words.strip(), "Ms Ada Quill", "post", DAY)
    (event,) = family.seen(case).events
    assert (event.kind, event.note) == ("extended", "There are 400 pages.")
    assert family.seen(case).clock.due == date(2027, 2, 2)
    told = ledger.disclosures_of(family.desk.vault, family.pupil.id)[-1]
    assert (told["way"], told["name"], told["recipient"], told["law"]) == (
        "print",
        "Letter: We need longer",
        "Ms Ada Quill",
        "UK GDPR Article 15",
    )
    section = next(section for section in sheet.everything(family.desk, family.pupil.id) if section.name == "request_letters")
    assert "There are 400 pages." in section.entries[0].as_kept()["words"]


def test_a_letter_that_comes_too_early_or_too_late_is_not_sent(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    with pytest.raises(WrongUse, match="First: Check who it is"):
        letters.may_send(family.desk, sending(case, "reply-copy", "Here it is."))
    with pytest.raises(WrongUse, match="First: Check who it is"):
        letters.record_sent(family.desk, sending(case, "reply-copy", "Here it is."))
    family.ready(case)
    for send in (letters.may_send, letters.record_sent):
        with pytest.raises(WrongUse, match="No copy is written"):
            send(family.desk, sending(case, "reply-copy", "Here it is."))
    late = family.asks(CaseKind.COPY, received=date(2026, 10, 1))
    with pytest.raises(WrongUse, match="until 2 November 2026"):
        letters.record_sent(family.desk, sending(late, "extend", "We need longer.", own="Pages"))
    assert looking.letters(family.desk, case.id) == looking.letters(family.desk, late.id) == []


def test_the_answer_says_what_was_left_out_but_not_what_must_not_be_said(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.checks(case)
    family.does(case, RequestEventKind.EXEMPTION, exemption="third-party", note="Another pupil")
    family.does(case, RequestEventKind.EXEMPTION, exemption="crime", note="The police asked")
    words = drafted(family, case, "reply-copy")
    assert "We have left some things out" in words
    assert "- it is about another person as well" in words
    assert "crime" not in words
    assert "police" not in words


def test_after_a_refusal_the_letter_says_why(family: Family) -> None:
    case = family.asks(CaseKind.ERASE)
    offered = [letter.name for letter in letters.letters_offered(family.seen(case))]
    assert "refuse" not in offered
    family.does(case, RequestEventKind.DECIDED, outcome="refused", note="The register must be kept for 6 years.")
    offered = [letter.name for letter in letters.letters_offered(family.seen(case))]
    assert "refuse" in offered
    assert "outcome-erasure" not in offered
    words = drafted(family, case, "refuse")
    assert "The register must be kept for 6 years." in words
    assert "ico.org.uk/make-a-complaint" in words
    letters.record_sent(family.desk, sending(case, "refuse", words))
    assert family.seen(case).clock.answered == DAY


def test_a_recipient_is_told_what_has_changed_and_is_ticked_off(family: Family) -> None:
    with family.desk.act(Action.EXPORT, "export", "", "") as work:
        disclosures.keep(
            work,
            disclosures.Way.EXPORT,
            [
                disclosures.Disclosure(
                    pupil_id=family.pupil.id,
                    what="x",
                    to="post-16",
                    recipient="The college",
                    law="x",
                    purpose="x",
                    fields="pupil.address_1",
                )
            ],
        )
    case = family.asks(CaseKind.RECTIFY)
    family.checks(case)
    family.does(case, RequestEventKind.DECIDED, outcome="upheld", note="It is number 14.", what="Address line 1")
    words = drafted(family, case, "tell-recipient", recipient="The college")
    assert "Bea Quill, born on 6 May 2012" in words
    assert "We have corrected this: Address line 1" in words
    assert letters.address_of(family.desk, family.seen(case), named("tell-recipient"), "The college") == ("The college",)
    letters.record_sent(family.desk, sending(case, "tell-recipient", words, recipient="The college"))
    letters.record_sent(family.desk, sending(case, "acknowledge", drafted(family, case, "acknowledge")))
    step = next(step for step in family.seen(case).steps if step.kind is RequestEventKind.RECIPIENT_TOLD)
    assert (step.left, step.of) == ((), 1)  # who asked was told how the request stands, and nothing of the record
    assert "We have told those whom we had given it to: The college." in drafted(family, case, "outcome-rectification")
    other = family.asks(CaseKind.RECTIFY)
    family.does(other, RequestEventKind.DECIDED, outcome="upheld", note="It is another number.", what="Telephone")
    assert RequestEventKind.RECIPIENT_TOLD not in {step.kind for step in family.seen(other).steps}, "nor does the college’s letter count"


def test_a_complaints_outcome_says_what_was_found_and_decided(family: Family) -> None:
    case = family.complains()
    family.does(case, RequestEventKind.LOOKED_INTO, note="The number was in the newsletter.")
    family.does(case, RequestEventKind.DECIDED, outcome="upheld", note="We took it out.")
    words = drafted(family, case, "outcome-complaint")
    assert "The number was in the newsletter." in words
    assert "You are right, and we are sorry. We took it out." in words


def test_the_address_is_that_told_with_the_request_else_that_of_the_record(family: Family) -> None:
    def address(**items: object) -> tuple[str, ...]:
        return letters.address_of(family.desk, family.seen(family.asks(CaseKind.COPY, **items)), named("acknowledge"))

    assert address() == ("Ms Ada Quill", "4 Larch Way", "Ware", "SG4 7ZZ")
    assert address(address="Flat 2\n 9 High Street ") == ("Ms Ada Quill", "Flat 2", "9 High Street")
    assert address(contact_id=None, requester="Keane and Sons", capacity="agent") == ("Keane and Sons",)


def test_only_the_data_officer_writes_them(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    head = family.unit.as_role(Role.ASSISTANT_HEAD)
    for refused in (
        lambda: letters.draft(head, family.seen(case), named("acknowledge")),
        lambda: letters.record_sent(head, sending(case, "acknowledge", "Yes")),
        lambda: letters.may_send(head, sending(case, "acknowledge", "Yes")),
        lambda: letters.log_print(head, sending(case, "acknowledge", "Yes")),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_what_a_person_types_is_text_and_no_sign(family: Family) -> None:
    case = family.asks(CaseKind.COPY, requester="{ref} <b>", contact_id=None)
    words = drafted(family, case, "acknowledge", own="{own} **bold** [link](x)")
    assert "Dear {ref} <b>" in words
    story = letters.paper(family.desk, family.seen(case), named("acknowledge"), "# Head\n\nDear {ref} <b>\n\n- a\n- **b**", ("x",)).story
    assert "Dear {ref} <b>" in plain_text(story)
    assert "**b**" in plain_text(story)
