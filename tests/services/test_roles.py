"""Who may do what: the table, written out a second time, and each service asked directly in each role."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.documents.scans.scan_files import open_scan
from pupil_desk.domain.consents.consent import Competence, ConsentEvent, ConsentType, Occasion
from pupil_desk.domain.governance.breach_forms import BreachEventKind, BreachReport, Measures
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services import guard, holds, roles, sheet
from pupil_desk.services.backup import backups, checks
from pupil_desk.services.consents import asking, occasions, recording, standings, timeline
from pupil_desk.services.consents import types as consent_types
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import log_paper, told
from pupil_desk.services.erasure import cases, periods, retention, several
from pupil_desk.services.exports import lrs_uln, run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.governance import breaches, papers
from pupil_desk.services.home import home
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.many import slips
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.notices import families, notice_copies, notice_editions, notice_slips, notice_text, notice_words, notices
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.paper_forms import aside, out, printing, reading, waiting
from pupil_desk.services.pupils import contacts, protections, pupils, stays
from pupil_desk.services.roles import Action, may, who_may
from pupil_desk.services.sharing import sharing, wish_waiting, wishes
from pupil_desk.services.unit import calendars, logbook, staff
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import protections as protections_store
from pupil_desk.store.tables import staff as staff_store
from tests.made_papers import a_png
from tests.services.exports.made import DAY, PASSWORD, Unit, new_unit
from tests.services.state import log_of, state

MATRIX = """
                            office  assistant-head  data-officer
    lock                      yes        yes            yes
    change-own-password       yes        yes            yes
    read-own-log              yes        yes            yes
    read-whole-log            no         no             yes
    read-record               yes        yes            yes
    edit-record               yes        yes            yes
    import                    yes        yes            yes
    preview-sharing           yes        yes            yes
    record-choice-from-form   yes        yes            yes
    record-choice             no         yes            yes
    set-protection            yes        yes            yes
    lift-protection           no         yes            yes
    suspend                   no         yes            yes
    print-notice              yes        yes            yes
    issue-notice              yes        yes            yes
    print-form                yes        yes            yes
    read-scans                yes        yes            yes
    list-exports              yes        yes            yes
    export                    no         no             yes
    export-plain              no         no             yes
    contact-sheet             yes        yes            yes
    confirm-protected         no         no             yes
    back-up                   yes        yes            yes
    restore                   no         no             yes
    check-file                yes        yes            yes
    manage-users              no         no             yes
    edit-settings             no         no             yes
    erase                     no         no             yes
    save-attachment           no         yes            yes
    remove-attachment         no         no             yes
    undo                      yes        yes            yes
    undo-of-another           no         yes            yes
    merge-records             no         yes            yes
    take-pupil-away           no         yes            yes
    compile-pack              no         no             yes
    add-to-pack               yes        yes            yes
    record-asked              yes        yes            yes
    print-protected           yes        yes            yes
    report-breach             yes        yes            yes
    read-breaches             no         yes            yes
    handle-breach             no         no             yes
    set-hold                  no         yes            yes
    lift-hold                 no         no             yes
    propose-erasure           no         yes            yes
    agree-erasure             yes        yes            yes
    edit-notice               no         no             yes
    record-request            yes        yes            yes
    read-requests             no         yes            yes
    handle-request            no         no             yes
    record-consent-from-form  yes        yes            yes
    record-consent            no         yes            yes
    plan-occasion             yes        yes            yes
    edit-consent-types        no         no             yes
    keep-export-files         no         no         yes
    record-delivery           yes        yes        yes
    draft-own-export          no         yes        yes
    approve-own-export        no         no         yes
    record-disclosure         yes        yes        yes
    strike-disclosure         no         yes        yes
    read-disclosures          no         yes        yes
    print-disclosures         no         yes        yes
"""
_HEAD, *_ROWS = [line.split() for line in MATRIX.strip().split("\n")]
EXPECTED = {(action, role): word == "yes" for action, *words in _ROWS for role, word in zip(_HEAD, words, strict=True)}


def test_the_table_is_the_one_that_was_agreed() -> None:
    asked = {(action.value, role.value): may(role, action) for action, role in itertools.product(Action, Role)}
    assert asked == EXPECTED


def test_an_action_that_the_table_does_not_name_is_refused(monkeypatch: pytest.MonkeyPatch, unit: Unit) -> None:
    short = {action: who for action, who in roles.MAY.items() if action is not Action.BACK_UP}
    monkeypatch.setattr(roles, "MAY", short)
    assert not any(may(role, Action.BACK_UP) for role in Role)
    assert who_may(Action.BACK_UP) == "nobody"
    with pytest.raises(NotAllowed, match="Ask someone who may: nobody"):
        unit.desk.require(Action.BACK_UP)


def test_who_may_is_said_in_words() -> None:
    assert who_may(Action.EXPORT) == "data officer"
    assert who_may(Action.LIFT_PROTECTION) == "assistant head and data officer"


@dataclass
class Scene:
    """A unit with one pupil who has a mother, and a colleague; things to act upon are made by the officer."""

    unit: Unit
    folder: Path
    pupil: Pupil
    mother: Contact
    colleague: StaffMember
    number: int = 0

    @property
    def officer(self) -> Desk:
        return self.unit.desk

    def choice(self, channel: str) -> Choice:
        self.number += 1
        return Choice(
            pupil_id=self.pupil.id,
            recipient="youth-support",
            choice="restrict",
            by="parent",
            channel=channel,
            on=DAY,
            note=f"letter {self.number}",
        )

    def protection(self) -> Protection:
        return Protection(pupil_id=self.pupil.id, kind="order", reason="Court", since=DAY)

    def note(self) -> Note:
        self.number += 1
        new = Note(pupil_id=self.pupil.id, category="other", text=f"Said {self.number}", day=DAY, follow_up=DAY)
        notes.add(self.officer, new)
        return next(held.now for held in notes.of_pupil(self.officer, self.pupil.id) if held.now.text == new.text)

    def standing(self) -> str:
        protections.set_protection(self.officer, self.protection())
        return protections_store.of_pupil(self.officer.vault, self.pupil.id, DAY)[-1].id

    def said(self, channel: str) -> ConsentEntry:
        self.number += 1
        return ConsentEntry(
            pupil_id=self.pupil.id,
            consent_type="trips",
            step="refused",
            giver=self.mother.id,
            day=DAY,
            channel=channel,
            note=f"{self.number}",
        )

    def on_file(self) -> ConsentEvent:
        recording.record(self.officer, [self.said("phone")])
        return timeline.timeline(self.officer, self.pupil.id).events[0]

    def trip(self) -> Occasion:
        self.number += 1
        return Occasion(consent_type="trip", name=f"Trip {self.number}", start=DAY)

    def other_type(self) -> ConsentType:
        self.number += 1
        return dataclasses.replace(consent_types.type_named(self.officer, "trips"), title=f"Trips {self.number}")

    def own_type(self) -> str:
        self.number += 1
        own = dataclasses.replace(consent_types.type_named(self.officer, "transport"), id="", consent_type="", name=f"Bus {self.number}")
        consent_types.save_type(self.officer, own)
        return next(one.consent_type for one in consent_types.types(self.officer) if one.name == own.name)

    def someone(self) -> StaffMember:
        self.number += 1
        return staff.add_user(self.officer, f"Temp {self.number}", Role.OFFICE, PASSWORD)

    def someone_disabled(self) -> StaffMember:
        member = self.someone()
        staff.disable(self.officer, member)
        return staff_store.get(self.officer.vault, member.id) or member

    def breach(self) -> str:
        breaches.report(self.officer, _breach())
        return max(breaches.listing(self.officer), key=lambda one: one.number).id

    def hold(self) -> LegalHold:
        return LegalHold(pupil_id=self.another(), reason="A claim", review_on=DAY + timedelta(days=9))

    def standing_hold(self) -> str:
        hold = self.hold()
        holds.set_hold(self.officer, hold)
        return next(row.id for row in holds.listing(self.officer) if row.hold.pupil_id == hold.pupil_id)

    def another(self) -> str:
        self.number += 1
        return self.unit.pupil("Gone", f"Kim {self.number}", date(2012, 5, 1)).id

    def proposed(self) -> str:
        pupil_id = self.another()
        proposer = dataclasses.replace(self.officer, user=self.colleague_of_the_head())
        cases.propose(proposer, pupil_id, Reach.ALL, Ground.COURT, "Order")
        return next(line.case.id for line in cases.lines(self.officer) if line.case and line.pupil_id == pupil_id)

    def colleague_of_the_head(self) -> StaffMember:
        self.number += 1
        return staff.add_user(self.officer, f"Deputy {self.number}", Role.ASSISTANT_HEAD, PASSWORD)

    def other_settings(self) -> object:
        self.number += 1
        return dataclasses.replace(self.officer.settings, head=f"Head {self.number}")


_STAY = Enrolment(status="C", start_date=date(2026, 9, 2))
_ALL, _SENIOR, _OFFICER = (frozenset(Role), frozenset({Role.ASSISTANT_HEAD, Role.DATA_OFFICER}), frozenset({Role.DATA_OFFICER}))
type Act = Callable[[Scene], Callable[[Desk], object]]


def _breach() -> BreachReport:
    return BreachReport(text="A lost stick", day=DAY - timedelta(days=1), time="09:40")


def _add_pupil(scene: Scene) -> Callable[[Desk], object]:
    return lambda desk: pupils.add_pupil(desk, Pupil(surname="New", forename="Kim", dob=date(2013, 1, 1)), _STAY)


def _save_pupil(scene: Scene) -> Callable[[Desk], object]:
    scene.number += 1
    changed = dataclasses.replace(scene.pupil, town=f"Town {scene.number}")
    return lambda desk: pupils.save_pupil(desk, changed)


def _save_stay(scene: Scene) -> Callable[[Desk], object]:
    stay = pupils.record(scene.officer, scene.pupil.id).stays[0]
    changed = dataclasses.replace(stay, start_date=(stay.start_date or DAY) - timedelta(days=1))
    return lambda desk: pupils.save_stay(desk, changed)


def _save_contact(scene: Scene) -> Callable[[Desk], object]:
    scene.number += 1
    return lambda desk: contacts.save_contact(desk, dataclasses.replace(scene.mother, title=f"T{scene.number}"))


def _mother(desk: Desk) -> str:
    return next(row["id"] for row in desk.vault.rows("SELECT id FROM contact WHERE relationship = 'PAM' ORDER BY rowid LIMIT 1"))


def _letters(scene: Scene) -> tuple[object, ...]:
    return notices.letters_of(scene.officer, scene.pupil.id).letters


def _given(scene: Scene) -> list[families.GivenRow]:
    notices.issue(scene.officer, notices.letters_of(scene.officer, scene.pupil.id).letters, "post", copies=())
    return families.notices_given(scene.officer)[:1]


def _easy_words(scene: Scene) -> NoticeProse:
    scene.number += 1
    return NoticeProse(variant="easy", front=f"# Easy words {scene.number}")


def _new_words(scene: Scene) -> str:
    scene.number += 1
    return f"{notice_text.prose()}\n\n## Part {scene.number}\n\nWords."


def _with[T](make: Callable[[Scene], T], do: Callable[[Desk, T], object]) -> Act:
    def act(scene: Scene) -> Callable[[Desk], object]:
        made = make(scene)
        return lambda desk: do(desk, made)

    return act


ACTS: dict[str, tuple[frozenset[Role], Act]] = {
    "pupils.record": (_ALL, lambda s: lambda d: pupils.record(d, s.pupil.id)),
    "pupils.listing": (_ALL, lambda s: lambda d: pupils.listing(d, find="penn")),
    "pupils.by_number": (_ALL, lambda s: lambda d: pupils.by_number(d, s.pupil.ref)),
    "pupils.on_roll": (_ALL, lambda s: lambda d: pupils.on_roll(d, DAY)),
    "pupils.everyone": (_ALL, lambda s: pupils.all_pupils),
    "pupils.same_person": (_ALL, lambda s: lambda d: pupils.same_person(d, s.pupil)),
    "pupils.add_pupil": (_ALL, _add_pupil),
    "pupils.save_pupil": (_ALL, _save_pupil),
    "pupils.add_stay": (_ALL, lambda s: lambda d: pupils.add_stay(d, dataclasses.replace(_STAY, pupil_id=s.pupil.id))),
    "pupils.save_stay": (_ALL, _save_stay),
    "roll.roll": (_ALL, lambda s: lambda d: stays.roll(d, DAY)),
    "sheet.everything": (_ALL, lambda s: lambda d: sheet.everything(d, s.pupil.id)),
    "sheet.paper": (_ALL, lambda s: lambda d: sheet.paper(d, s.pupil.id)),
    "home.tasks": (_ALL, lambda s: home.tasks),
    "contacts.add_contact": (_ALL, lambda s: lambda d: contacts.add_contact(
        d, Contact(pupil_id=s.pupil.id, surname="Aunt", relationship="FAM"))),
    "contacts.save_contact": (_ALL, _save_contact),
    "protections.set_protection": (_ALL, _with(Scene.protection, protections.set_protection)),
    "protections.lift_protection": (_SENIOR, _with(Scene.standing, lambda d, p: protections.lift_protection(d, p, "Over"))),
    "notes.add": (_ALL, lambda s: lambda d: notes.add(d, Note(pupil_id=s.pupil.id, category="other", text="Said", day=DAY))),
    "notes.of_pupil": (_ALL, lambda s: lambda d: notes.of_pupil(d, s.pupil.id)),
    "notes.restricted": (_ALL, lambda s: lambda d: notes.restricted(d, s.pupil.id)),
    "notes.count_restricted": (_ALL, lambda s: lambda d: notes.count_restricted(d, s.pupil.id)),
    "notes.correct": (_ALL, _with(Scene.note, lambda d, note: notes.correct(d, dataclasses.replace(note, text="Said otherwise")))),
    "notes.strike": (_ALL, _with(Scene.note, lambda d, note: notes.strike(d, note, "Twice"))),
    "notes.followed_up": (_ALL, _with(Scene.note, notes.followed_up)),
    "notes.restrict": (_ALL, _with(Scene.note, notes.restrict)),
    "notes.due": (_ALL, lambda s: notes.due),
    "note_readers.named": (_OFFICER, lambda s: readers.named_readers),
    "note_readers.set_reader": (_OFFICER, _with(Scene.someone, lambda d, m: readers.set_reader(d, m, may=True, reason="Lead"))),
    "sharing.preview": (_ALL, lambda s: lambda d: sharing.preview(d, "youth-support", DAY)),
    "sharing.decision_for": (_ALL, lambda s: lambda d: sharing.decision_for(d, s.pupil.id, "youth-support", DAY)),
    "sharing.decision_with": (_ALL, lambda s: lambda d: sharing.decision_with(d, s.choice("form"), DAY)),
    "sharing.timeline": (_ALL, lambda s: lambda d: sharing.timeline(d, s.pupil.id)),
    "sharing.unasked": (_ALL, lambda s: lambda d: sharing.unasked(d, DAY)),
    "sharing.record_choices, form": (_ALL, _with(lambda s: [s.choice("form")], sharing.record_choices)),
    **{
        f"sharing.record_choices, {channel}": (_SENIOR, _with(lambda s, c=channel: [s.choice(c)], sharing.record_choices))
        for channel in ("letter", "email", "phone", "in-person")
    },
    "sharing.record_choices, one of them by phone": (_SENIOR, _with(
        lambda s: (s.choice("form"), s.choice("phone")), sharing.record_choices)),
    "wishes.wishes_of": (_ALL, lambda s: lambda d: wishes.wishes_of(d, s.pupil.id)),
    "wish_waiting.waiting": (_ALL, lambda s: wish_waiting.waiting),
    "wishes.steps_of": (_ALL, lambda s: lambda d: wishes.steps_of(d, s.pupil.id)),
    "wishes.record_asked": (_ALL, lambda s: lambda d: wishes.record_asked(d, [wishes.Askee(s.pupil.id, s.mother.id)], "phone")),
    "wishes.answer, form": (_ALL, _with(lambda s: s.choice("form"), lambda d, c: wishes.answer(d, [c], contact_id=_mother(d)))),
    "wishes.answer, phone": (_SENIOR, _with(lambda s: s.choice("phone"), lambda d, c: wishes.answer(d, [c], contact_id=_mother(d)))),
    "passing.coming": (_ALL, lambda s: coming_of_age.coming),
    "guard.guard": (_ALL, lambda s: lambda d: guard.guard(d, [s.pupil.id], "list")),
    "guard.confirmed": (_ALL, _with(lambda s: (s.standing(), guard.guard(s.officer, [s.pupil.id], "list"))[1], guard.confirmed)),
    "consents.types": (_ALL, lambda s: consent_types.types),
    "consents.of_pupil": (_ALL, lambda s: lambda d: standings.of_pupil(d, s.pupil.id)),
    "consents.of_type": (_ALL, lambda s: lambda d: standings.of_type(d, "photographs")),
    "consents.open_of_everyone": (_ALL, lambda s: standings.open_of_everyone),
    "consents.in_force": (_ALL, lambda s: lambda d: standings.in_force(d, "trips")),
    "consents.timeline": (_ALL, lambda s: lambda d: timeline.timeline(d, s.pupil.id)),
    "consents.record, form": (_ALL, _with(lambda s: s.said("form"), lambda d, said: recording.record(d, [said]))),
    **{
        f"consents.record, {channel}": (_SENIOR, _with(lambda s, c=channel: s.said(c), lambda d, said: recording.record(d, [said])))
        for channel in ("letter", "email", "phone", "in-person")
    },
    "consents.record, asked": (_ALL, _with(lambda s: dataclasses.replace(s.said("letter"), step="asked"), lambda d, said: recording.record(d, [said]))),
    "consents.take_back, phone": (_SENIOR, _with(Scene.on_file, lambda d, e: recording.take_back(d, e.pupil_id, e.id, "Wrong pupil"))),
    "consents.find": (_SENIOR, lambda s: lambda d: recording.find(d, Competence(
        pupil_id=s.pupil.id, consent_type="photographs", asked_about="", finding="competent", on=DAY, reason="A talk"))),
    "consents.add_occasion": (_ALL, _with(Scene.trip, occasions.add)),
    "consents.save_type": (_OFFICER, _with(Scene.other_type, consent_types.save_type)),
    "consents.retire_type": (_OFFICER, _with(Scene.own_type, consent_types.retire)),
    "consents.papers": (_ALL, lambda s: lambda d: asking.papers(d, asking.subject_of(d, "trips"), [s.pupil])),
    "consents.printed": (_ALL, _with(lambda s: printing.make_forms(s.officer, "trips", [s.pupil]).forms, printing.record_printed)),
    "notices.letters_of": (_ALL, lambda s: lambda d: notices.letters_of(d, s.pupil.id)),
    "notices.due": (_ALL, lambda s: notices.due),
    "notices.letters_of_everyone": (_ALL, lambda s: notices.letters_of_everyone),
    "notices.papers": (_ALL, _with(_letters, lambda d, made: list(notices.papers(d, made)))),
    "notice_printing.printed": (_ALL, _with(_letters, notice_slips.log_printed)),
    "notices.issue": (_ALL, _with(_letters, lambda d, made: notices.issue(d, made, "post"))),
    "notice_words.every": (_ALL, lambda s: notice_words.words_of_every_place),
    "notice_words.begun": (_OFFICER, lambda s: lambda d: notice_words.draft_or_current(d, MAIN)),
    "notice_words.save_draft": (_OFFICER, lambda s: lambda d: notice_words.save_draft(d, MAIN, "# T", "## M")),
    "notice_words.drop_draft": (_OFFICER, lambda s: lambda d: notice_words.drop_draft(d, MAIN)),
    "notice_words.make_current": (_OFFICER, _with(_easy_words, notice_words.make_current)),
    "notice_editions.make_current": (_OFFICER, _with(_new_words, lambda d, front: notice_editions.make_current(d, front, notice_text.prose("notice_more")))),
    "notice_editions.on_file": (_ALL, lambda s: notice_editions.on_file),
    "notice_copies.edition_file": (_ALL, lambda s: lambda d: notice_copies.edition_file(d, notices.current_edition(d))),
    "notice_families.waiting": (_ALL, lambda s: families.waiting),
    "notice_families.notices_given": (_ALL, lambda s: families.notices_given),
    "lrs_uln.told_of_lrs": (_ALL, lambda s: lambda d: lrs_uln.told_of_lrs(d, [], DAY)),
    "notice_families.acknowledge": (_ALL, _with(_given, lambda d, rows: families.acknowledge(d, rows, "phone", DAY))),
    "slips.of_pupils and printed": (_ALL, lambda s: lambda d: slips.keep_printed(d, list(slips.of_pupils(d, [s.pupil])))),
    "notice_slips.slips_for": (_ALL, _with(_letters, notice_slips.slips_for)),
    "notice_slips.on_file": (_ALL, _with(_letters, notice_slips.on_file)),
    "paper_forms.unanswered": (_ALL, lambda s: lambda d: printing.unanswered(d, "sharing-choice")),
    "paper_forms.made and printed": (_ALL, lambda s: lambda d: printing.record_printed(d, printing.make_forms(d, "sharing-choice", [s.pupil]).forms)),
    "paper_forms.read_scan": (_ALL, lambda s: lambda d: reading.read_scan(d, open_scan(a_png()), lambda *_done: None)),
    "paper_forms.waiting": (_ALL, lambda s: waiting.waiting),
    "paper_forms.set_aside": (_ALL, lambda s: aside.set_aside),
    "paper_forms.out": (_ALL, lambda s: out.out),
    "exports.run_export": (_OFFICER, lambda s: lambda d: run_export(d, "youth-support", s.folder, ExportOrder(reason="Termly"))),
    "told.recipients": (_ALL, lambda s: told.recipients),
    "told.of": (_ALL, lambda s: lambda d: told.of_pupil(d, s.pupil.id)),
    "told_paper.paper": (_SENIOR, lambda s: log_paper.paper),
    "told_paper.printed": (_SENIOR, lambda s: lambda d: log_paper.log_print(d, told.EVER, 0)),
    "breaches.report": (_ALL, lambda s: lambda d: breaches.report(d, _breach())),
    "breaches.listing": (_ALL, lambda s: breaches.listing),
    "breaches.record": (_OFFICER, _with(lambda s: s.breach(), lambda d, b: breaches.record(d, b, BreachEventKind.ACTION, Measures(text="Fetched")))),
    "breaches.paper": (_SENIOR, _with(lambda s: s.breach(), breaches.paper)),
    "breaches.printed": (_SENIOR, _with(lambda s: s.breach(), breaches.log_print)),
    "holds.listing": (_ALL, lambda s: holds.listing),
    "holds.set_hold": (_SENIOR, _with(lambda s: s.hold(), holds.set_hold)),
    "holds.review": (_SENIOR, _with(lambda s: s.standing_hold(), lambda d, h: holds.review(d, h, "Still", DAY + timedelta(days=9)))),
    "holds.lift": (_OFFICER, _with(lambda s: s.standing_hold(), lambda d, h: holds.lift(d, h, "Over"))),
    "erasure_cases.lines": (_ALL, lambda s: cases.lines),
    "erasure_cases.due_today": (_ALL, lambda s: cases.due_today),
    "erasure_cases.propose": (_SENIOR, _with(lambda s: s.another(), lambda d, p: cases.propose(d, p, Reach.ALL, Ground.COURT, "Order"))),
    "erasure_several.propose": (_SENIOR, lambda s: lambda d: several.propose(d, [])),
    "erasure_several.agree": (_ALL, lambda s: lambda d: several.agree(d, [])),
    "erasure_several.carry_out": (_OFFICER, lambda s: lambda d: several.carry_out(d, [])),
    "retention.held": (_ALL, lambda s: retention.held_items),
    "periods.would_change": (_OFFICER, lambda s: lambda d: periods.would_change(d, periods.proposal("request"))),
    "periods.save": (_OFFICER, lambda s: lambda d: periods.save(d, periods.proposal("request"))),
    "periods.reset": (_OFFICER, lambda s: lambda d: periods.reset(d, "request")),
    "periods.history": (_ALL, lambda s: periods.history),
    "erasure_cases.agree": (_ALL, _with(lambda s: s.proposed(), cases.agree)),
    "erasure_cases.withdraw": (_SENIOR, _with(lambda s: s.proposed(), lambda d, c: cases.withdraw(d, c, "No"))),
    "governance.story": (_ALL, lambda s: lambda d: papers.story(d, "ropa")),
    "governance.printed": (_ALL, lambda s: lambda d: papers.log_print(d, "ropa")),
    "backups.make": (_ALL, lambda s: lambda d: backups.make(d, s.folder)),
    "checks.check_file": (_ALL, lambda s: checks.check_file),
    "logbook.own_rows": (_ALL, lambda s: logbook.own_rows),
    "logbook.rows": (_OFFICER, lambda s: logbook.rows),
    "settings.save_settings": (_OFFICER, _with(Scene.other_settings, settings_service.save_settings)),
    "calendars.save_calendar": (_OFFICER, lambda s: lambda d: calendars.save_calendar(d, calendars.terms(d), [])),
    "staff.users": (_OFFICER, lambda s: staff.users),
    "staff.add_user": (_OFFICER, lambda s: lambda d: staff.add_user(d, f"New {d.user.id[-5:]}", Role.OFFICE, PASSWORD)),
    "staff.set_password_anew": (_OFFICER, _with(Scene.someone, lambda d, m: staff.set_password_anew(d, m, PASSWORD))),
    "staff.new_user": (_OFFICER, lambda s: lambda d: staff.new_user(d, f"New {d.user.id[-5:]} again", Role.OFFICE)),
    "staff.new_password": (_OFFICER, _with(Scene.someone, staff.new_password)),
    "staff.new_password_for_return": (_OFFICER, _with(Scene.someone_disabled, staff.new_password_for_return)),
    "staff.new_recovery_code": (_OFFICER, lambda s: staff.new_recovery_code),
    "staff.change_role": (_OFFICER, _with(Scene.someone, lambda d, m: staff.change_role(d, m, Role.DATA_OFFICER))),
    "staff.disable": (_OFFICER, _with(Scene.someone, staff.disable)),
    "staff.enable": (_OFFICER, _with(Scene.someone_disabled, lambda d, m: staff.enable(d, m, PASSWORD))),
}  # fmt: skip
"""Each service, who may call it, and a call of it upon a scene."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("roles")
    unit = new_unit(folder / "unit" / "unit.pupildesk")
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    mother = unit.contact(pupil, "Penn", parental_responsibility=True, lives_with=True)
    (folder / "stick").mkdir()
    yield Scene(unit, folder / "stick", pupil, mother, staff.add_user(unit.desk, "Sam", Role.OFFICE, PASSWORD))
    unit.desk.vault.close()


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("name", ACTS)
def test_each_service_asks_the_role(name: str, role: Role, scene: Scene) -> None:
    allowed, act = ACTS[name]
    desk, call = scene.unit.as_role(role), act(scene)
    log = log_of(desk)
    if role in allowed:
        call(desk)
        assert not [row for row in log_of(desk)[len(log) :] if row[1].startswith("refused")]
        return
    before = state(desk)
    with pytest.raises(NotAllowed, match=r"Your role does not include this. Ask someone who may: .*data officer"):
        call(desk)
    assert state(desk) == before
    (row,) = log_of(desk)[len(log) :]
    assert row[0] == desk.user.id
    assert row[1].startswith("refused: ")
    assert row[1].removeprefix("refused: ") in {action.value for action in Action}


@pytest.mark.parametrize("name", ACTS)
def test_no_service_forgets_to_ask(name: str, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an empty table, not even a data officer may do anything."""
    call = ACTS[name][1](scene)
    before = state(scene.officer)
    monkeypatch.setattr(roles, "MAY", {})
    with pytest.raises(NotAllowed):
        call(scene.officer)
    assert state(scene.officer) == before


def test_everyone_may_change_their_own_password(unit: Unit) -> None:
    for number, role in enumerate(Role):
        member = staff.add_user(unit.desk, f"Colleague {number}", role, PASSWORD)
        desk = Desk(unit.desk.vault, member, unit.desk.clock)
        assert staff.change_own_password(desk, PASSWORD, "window copper garden ladder").must_change_password is False
