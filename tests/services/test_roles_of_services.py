"""Each service asked directly in each role: it does what it is for, or refuses."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.documents.scans.scan_files import open_scan
from pupil_desk.domain.consents.consent import Competence
from pupil_desk.domain.governance.breach_forms import BreachEventKind, Measures
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.providers.provider import Provider
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import guard, holds, roles, sheet
from pupil_desk.services.backup import backups, checks
from pupil_desk.services.consents import asking, occasions, recording, standings, timeline
from pupil_desk.services.consents import types as consent_types
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import log_paper, told
from pupil_desk.services.erasure import cases, due_for_erasure, periods, several
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
from pupil_desk.services.providers import costs, providers, pupil_sheet, returns
from pupil_desk.services.pupils import contacts, protections, pupils, stays
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import clashes, schools, weeks
from pupil_desk.services.schools import places as school_places
from pupil_desk.services.sharing import sharing, wish_waiting, wishes
from pupil_desk.services.unit import calendars, data_key, logbook, staff
from pupil_desk.services.unit import settings as settings_service
from tests.made_papers import a_png
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, PASSWORD, Unit, new_unit
from tests.services.role_later import LATER
from tests.services.role_scene import Scene, breach_report
from tests.services.state import last_of, log_of, written

_STAY = Enrolment(status="C", start_date=date(2026, 9, 2))
_ALL, _SENIOR, _OFFICER = (frozenset(Role), frozenset({Role.ASSISTANT_HEAD, Role.DATA_OFFICER}), frozenset({Role.DATA_OFFICER}))
type Act = Callable[[Scene], Callable[[Desk], object]]


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


def _place_of(scene: Scene) -> SchoolPlace:
    return SchoolPlace(pupil_id=scene.pupil.id, school="919/4001", kind="bought", start_date=DAY)


def _agreed_place(scene: Scene) -> object:
    return school_places.add(scene.officer, _place_of(scene))


def _provider(scene: Scene) -> providers.ProviderStanding:
    providers.save(scene.officer, Provider(name="Marden Farm"))
    settings_service.save_settings(scene.officer, dataclasses.replace(scene.officer.settings, told_providers="Marden Farm"))
    return providers.standings(scene.officer)[0]


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
    "notes.notes_due": (_ALL, lambda s: notes.notes_due),
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
    "consents.verdicts": (_ALL, lambda s: lambda d: standings.verdicts(d, "trips")),
    "consents.timeline": (_ALL, lambda s: lambda d: timeline.timeline(d, s.pupil.id)),
    "consents.record, form": (_ALL, _with(lambda s: s.said("form"), lambda d, said: record_said(d, [said]))),
    **{
        f"consents.record, {channel}": (_SENIOR, _with(lambda s, c=channel: s.said(c), lambda d, said: record_said(d, [said])))
        for channel in ("letter", "email", "phone", "in-person")
    },
    "consents.record, asked": (_ALL, _with(lambda s: dataclasses.replace(s.said("letter"), step="asked"), lambda d, said: record_said(d, [said]))),
    "consents.take_back, phone": (_SENIOR, _with(Scene.on_file, lambda d, e: recording.take_back(d, e.pupil_id, e.id, "Wrong pupil"))),
    "consents.find": (_SENIOR, lambda s: lambda d: recording.find(d, Competence(
        pupil_id=s.pupil.id, consent_type="photographs", asked_about="", finding="competent", on=DAY, reason="A talk"))),
    "consents.add_occasion": (_ALL, _with(Scene.trip, occasions.add)),
    "consents.save_type": (_OFFICER, _with(Scene.other_type, consent_types.save_type)),
    "consents.retire_type": (_OFFICER, _with(Scene.own_type, consent_types.retire)),
    "consents.papers": (_ALL, lambda s: lambda d: asking.papers(d, asking.subject_of(d, "trips"), [s.pupil])),
    "consents.printed": (_ALL, _with(lambda s: printing.make_forms(s.officer, "trips", [s.pupil]).forms, printing.record_printed)),
    "notices.letters_of": (_ALL, lambda s: lambda d: notices.letters_of(d, s.pupil.id)),
    "notices.notices_due": (_ALL, lambda s: notices.notices_due),
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
    "notice_families.take_given_back": (_ALL, _with(_given, lambda d, rows: families.take_given_back(d, rows, "Another family"))),
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
    "schools.standings": (_ALL, lambda s: schools.standings),
    "schools.save": (_ALL, lambda s: lambda d: schools.save(d, School(number="919/4001"))),
    "schools.agree_password": (_OFFICER, _with(_agreed_place, lambda d, _place: schools.agree_password(d, "919/4001"))),
    "school_clashes.clashes": (_ALL, lambda s: lambda d: clashes.clashes(d, DAY, DAY)),
    "school_clashes.open_clashes": (_ALL, lambda s: clashes.open_clashes),
    "school_weeks.weeks": (_ALL, lambda s: lambda d: list(weeks.weeks(d, DAY, DAY))),
    "school_places.of_pupil": (_ALL, lambda s: lambda d: school_places.of_pupil(d, s.pupil.id)),
    "school_places.add": (_ALL, lambda s: lambda d: school_places.add(d, _place_of(s))),
    "providers.standings": (_ALL, lambda s: providers.standings),
    "providers.save": (_ALL, lambda s: lambda d: providers.save(d, Provider(name="Marden Farm"))),
    "provider_returns.to_confirm": (_ALL, lambda s: returns.to_confirm),
    "provider_sheet.protected_pupils": (_OFFICER, _with(_provider, pupil_sheet.protected_pupils)),
    "provider_costs.statement": (_OFFICER, _with(_provider, lambda d, p: costs.statement(
        d, p, Term(start=DAY, end=DAY)))),
    **LATER,
    "told.recipients": (_ALL, lambda s: told.recipients),
    "told.of": (_ALL, lambda s: lambda d: told.log(d, pupil_id=s.pupil.id)),
    "told_paper.paper": (_SENIOR, lambda s: log_paper.paper),
    "told_paper.printed": (_SENIOR, lambda s: lambda d: log_paper.log_print(d, told.EVER, 0)),
    "breaches.report": (_ALL, lambda s: lambda d: breaches.report(d, breach_report())),
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
    "due_for_erasure.held_items": (_ALL, lambda s: due_for_erasure.held_items),
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
    "data_key.state": (_OFFICER, lambda s: data_key.state),
    "data_key.still_open": (_OFFICER, lambda s: data_key.still_open),
    "data_key.ask_for": (_ALL, lambda s: lambda d: data_key.ask_for(d, "somebody may know a password")),
    "data_key.new_key": (_OFFICER, lambda s: data_key.new_key),
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


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.acceptance(31)
def test_each_service_asks_the_role(name: str, scene: Scene, record_property: Callable[[str, object], None]) -> None:
    record_property("tried", len(Role))
    for role in Role:
        _asks(role, name, scene)


def _asks(role: Role, name: str, scene: Scene) -> None:
    allowed, act = ACTS[name]
    desk, call = scene.unit.as_role(role), act(scene)
    last = last_of(desk)
    if role in allowed:
        call(desk)
        assert not [row for row in log_of(desk, last) if row[1].startswith("refused")]
        return
    before = written(desk)
    with pytest.raises(NotAllowed, match=r"Your role does not include this. Ask someone who may: .*data officer"):
        call(desk)
    assert written(desk) == before
    (row,) = log_of(desk, last)
    assert row[0] == desk.user.id
    assert row[1].startswith("refused: ")
    assert row[1].removeprefix("refused: ") in {action.value for action in Action}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.acceptance(31)
def test_no_service_forgets_to_ask(name: str, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an empty table, not even a data officer may do anything."""
    call = ACTS[name][1](scene)
    before = written(scene.officer)
    monkeypatch.setattr(roles, "MAY", {})
    with pytest.raises(NotAllowed):
        call(scene.officer)
    assert written(scene.officer) == before


def test_everyone_may_change_their_own_password(unit: Unit) -> None:
    for number, role in enumerate(Role):
        member = staff.add_user(unit.desk, f"Colleague {number}", role, PASSWORD)
        desk = Desk(unit.desk.vault, member, unit.desk.clock)
        assert staff.change_own_password(desk, PASSWORD, "window copper garden ladder").must_change_password is False
