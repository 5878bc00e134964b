"""The ways back of what is recorded of the unit: requests, words and templates, people who sign in, settings, forms and scans."""

import dataclasses
import json

from pupil_desk.domain.consents.consent import INVITED, ConsentType, Occasion
from pupil_desk.domain.governance.breach_forms import BreachEventKind, NoBreach
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.providers.provider import Provider, provider_key
from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestEventKind, SearchPlace
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.transport.route import Route
from pupil_desk.domain.unit.settings import Closure, Term, UnitSettings
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases, periods
from pupil_desk.services.exports.own import versions
from pupil_desk.services.governance import breaches
from pupil_desk.services.imports import undoing as imports
from pupil_desk.services.learning import assessments
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import ROOMS
from pupil_desk.services.notices import notice_editions, notice_words
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.packs import deciding
from pupil_desk.services.paper_forms import aside, out
from pupil_desk.services.providers import providers
from pupil_desk.services.pupils import lists
from pupil_desk.services.requests import handling, looking, places, receiving
from pupil_desk.services.rules import packs as rule_packs
from pupil_desk.services.schools import schools
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.transport import routes
from pupil_desk.services.unit import calendars, staff
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows.rows import record_of
from pupil_desk.store.tables import consents, erasure_cases, ledger, own_exports, scans
from pupil_desk.store.tables import packs as packs_store
from pupil_desk.store.tables import providers as providers_store
from pupil_desk.store.tables import settings as settings_store
from pupil_desk.store.tables import staff as staff_store
from tests.monkey.ways_pupil import REASON, Was, former

# -- requests, copies, breaches, erasures


def request_event(desk: Desk, row: Row, _was: Was) -> None:
    """Taken back, after a closed case is opened again, by which a closing is taken back."""
    state = looking.state_of(desk, row["case_id"])
    event = next((event for event in state.events if event.id == row["id"]), None)
    if event is None or row["kind"] in (RequestEventKind.REOPENED, RequestEventKind.TAKEN_BACK):
        return
    if not state.open:
        handling.record(desk, RequestEvent(case_id=row["case_id"], kind=RequestEventKind.REOPENED, on=desk.today, note=REASON))
    if row["kind"] not in (RequestEventKind.CLOSED, RequestEventKind.PACK):
        handling.take_back(desk, event, REASON)


def request_case(desk: Desk, row: Row, was: Was) -> None:
    """One that nobody made is withdrawn; one that was put right is put right again."""
    earlier = former(was, row, "id")
    if earlier is not None:
        receiving.correct(desk, record_of(RequestCase, earlier))
    elif looking.state_of(desk, row["id"]).open:
        handling.record(desk, RequestEvent(case_id=row["id"], kind=RequestEventKind.WITHDRAWN, on=desk.today, note=REASON))


def search_place(desk: Desk, row: Row, was: Was) -> None:
    earlier, now = former(was, row, "place_id"), record_of(SearchPlace, row)
    if earlier is not None:
        places.rename(desk, record_of(SearchPlace, earlier), earlier["name"])
    elif now.place_id in {place.place_id for place in places.in_use(desk)}:
        places.retire(desk, now)


def pack(desk: Desk, row: Row, _was: Was) -> None:
    begun = packs_store.get(desk.vault, row["id"])
    if begun is not None and not packs_store.is_dropped(desk.vault, row["id"]):
        deciding.drop(desk, begun, REASON)


def breach(desk: Desk, row: Row, _was: Was) -> None:
    """It was none after all. Further words of one that there was stand beside the earlier, and the last one counts."""
    if row["kind"] == BreachEventKind.REPORTED:
        case = next(case for case in breaches.listing(desk) if case.id == row["breach_id"])
        if case.ended is None:
            breaches.record(desk, row["breach_id"], BreachEventKind.NO_BREACH, NoBreach(text=REASON))


def erasure(desk: Desk, row: Row, _was: Was) -> None:
    case = next(case for case in erasure_cases.everything(desk.vault) if case.id == row["case_id"])
    if not case.ended:
        cases.withdraw(desk, case.id, REASON)


# -- words, templates and what is agreed: what there was before is said again, what is new goes out of use


def consent_type(desk: Desk, row: Row, was: Was) -> None:
    earlier, now = former(was, row, "consent_type"), types.type_named(desk, row["consent_type"])
    shipped = types.shipped().get(row["consent_type"])
    if (earlier is not None and earlier["retired"]) or (earlier is None and shipped is None):
        if not now.retired:
            types.retire(desk, row["consent_type"])
        return
    if now.retired:
        types.bring_back(desk, row["consent_type"])
    edition = (
        record_of(ConsentType, earlier)
        if earlier is not None
        else next(e for e in consents.editions(desk.vault) if e.consent_type == row["consent_type"])
    )
    types.save_type(desk, edition)


def occasion(desk: Desk, row: Row, was: Was) -> None:
    """A new one is cancelled, a changed one changed back; that one is cancelled was asked about."""
    earlier, now = former(was, row, "occasion_id"), occasions.occasion(desk, row["occasion_id"])
    if now.cancelled:
        return
    if earlier is not None:
        occasions.change(desk, record_of(Occasion, earlier), ask_again=False)
    else:
        occasions.cancel(desk, row["occasion_id"])


def invitation(desk: Desk, row: Row, was: Was) -> None:
    """A pupil put on a list is taken off, one taken off is put on again."""
    if occasions.occasion(desk, row["occasion_id"]).cancelled:
        return
    key = (row["occasion_id"], row["pupil_id"])
    earlier = next((invited for invited in reversed(was) if (invited["occasion_id"], invited["pupil_id"]) == key), None)
    was_on = earlier is not None and earlier["what"] == INVITED
    (occasions.put_on if was_on else occasions.take_off)(desk, row["occasion_id"], [row["pupil_id"]])


def letter_template(desk: Desk, row: Row, was: Was) -> None:
    earlier = former(was, row, "template_id")
    if earlier is not None and not earlier["retired"]:
        letter_templates.save_template(desk, record_of(LetterTemplate, earlier))
    elif any(template.template_id == row["template_id"] for template in letter_templates.templates(desk)):
        letter_templates.retire(desk, record_of(LetterTemplate, row))


def paper_translation(desk: Desk, row: Row, _was: Was) -> None:
    """One that is in use is used no longer, as long as its letter or form is."""
    paper = next((paper for paper in papers.papers(desk) if paper.key == row["paper"]), None)
    if paper is not None and translations.standing_of(desk, paper, row["language"]).translation is not None:
        translations.take_back(desk, row["paper"], row["language"])


def own_export(desk: Desk, row: Row, was: Was) -> None:
    """What is new goes out of use; a further version of one that there was waits for approval, and an earlier one is drafted again: anew where it is out of use."""
    now = versions.version_named(desk, row["own_export"])
    assert now is not None
    if former(was, row, "own_export") is None and not now.retired:
        versions.retire(desk, now)
    elif former(was, row, "own_export") is not None:
        names = {earlier["id"] for earlier in was}
        last = [version for version in own_exports.versions(desk.vault) if version.own_export == row["own_export"] and version.id in names][
            -1
        ]
        own_export = "" if now.retired else now.own_export
        versions.save(desk, dataclasses.replace(last, id=now.id, version=now.version, own_export=own_export))


def notice_prose(desk: Desk, row: Row, _was: Was) -> None:
    place = (row["language"], row["variant"])
    if not row["retired"] and notice_words.current(desk, place).id == row["id"]:
        notice_editions.use_shipped(desk) if place == MAIN else notice_words.take_back(desk, place)


def notice_draft(desk: Desk, row: Row, _was: Was) -> None:
    notice_words.drop_draft(desk, (row["language"], row["variant"]))


def scale(desk: Desk, row: Row, was: Was) -> None:
    earlier = former(was, row, "name_key")
    assessments.set_scale(desk, row["name"], json.loads(earlier["values"]) if earlier is not None else ())


# -- the unit


def settings(desk: Desk, _row: Row, was: Was) -> None:
    settings_service.save_settings(desk, record_of(UnitSettings, was[-1]))


def school(desk: Desk, row: Row, was: Was) -> None:
    """With whom one speaks at a school: what there was is saved again; of a school of which nothing was on file, nothing."""
    earlier = next((before for before in was if before["number"] == row["number"]), None)
    schools.save(desk, School(number=row["number"]) if earlier is None else record_of(School, earlier))


def route(desk: Desk, row: Row, was: Was) -> None:
    """Who drives a route: what there was is saved again; of one of which nothing was on file, its name alone."""
    earlier = next((before for before in was if before["key"] == row["key"]), None)
    routes.save(desk, Route(name=row["name"]) if earlier is None else record_of(Route, earlier))


def provider(desk: Desk, row: Row, was: Was) -> None:
    """Who a provider is: what there was is saved again; of one of which nothing was on file, its name alone."""
    earlier = next((before for before in was if before["key"] == row["key"]), None)
    providers.save(desk, Provider(name=row["name"]) if earlier is None else record_of(Provider, earlier))


def provider_check(desk: Desk, row: Row, was: Was) -> None:
    """What was seen of a provider is said anew: as it was seen before; of what nobody had seen, that it is not in order."""
    seen = [check for check in providers_store.checks(desk.vault)[provider_key(row["provider"])] if check.kind == row["kind"]]
    before = next((check for check in seen[::-1] if check.id in {earlier["id"] for earlier in was}), None)
    if before is None:
        before = dataclasses.replace(seen[-1], in_order="no", note=REASON)
    if dataclasses.replace(seen[-1], id="") != dataclasses.replace(before, id=""):
        providers.record_check(desk, before)


def school_password(desk: Desk, row: Row, _was: Was) -> None:
    """Another is agreed in its place: no file from now on opens with that one."""
    assert schools.agree_password(desk, row["number"]) != row["password"]


def terms(desk: Desk, _row: Row, was: Was) -> None:
    """Terms and closures are kept as a whole: what there was is saved again."""
    calendars.save_calendar(desk, [record_of(Term, earlier) for earlier in was], settings_store.closures(desk.vault))


def closures(desk: Desk, _row: Row, was: Was) -> None:
    calendars.save_calendar(desk, settings_store.terms(desk.vault), [record_of(Closure, earlier) for earlier in was])


def retention(desk: Desk, row: Row, was: Was) -> None:
    periods.reset(desk, row["class"])


def rule_pack(desk: Desk, row: Row, _was: Was) -> None:
    rule_packs.undo(desk)


def member(desk: Desk, row: Row, was: Was) -> None:
    """Whoever is new is let in no more; of the others the role and that they may sign in are as they were."""
    earlier, now = former(was, row, "id"), staff_store.get(desk.vault, row["id"])
    assert now is not None
    if earlier is None:
        if now.active:
            staff.disable(desk, now)
        return
    if now.role.value != earlier["role"]:
        staff.change_role(desk, now, Role(earlier["role"]))
    if earlier["active"] and not now.active:
        staff.enable(desk, now, PASSWORD)
    elif now.active and not earlier["active"]:
        staff.disable(desk, now)
    elif now.must_change_password and not earlier["must_change_password"]:
        staff.set_password_anew(desk, now, PASSWORD)


def reader(desk: Desk, row: Row, was: Was) -> None:
    earlier, now = former(was, row, "user_id"), staff_store.get(desk.vault, row["user_id"])
    assert now is not None
    room = next(room for room in ROOMS if room.name == row["room"])
    readers.set_reader(desk, now, may=bool(earlier and earlier["may_read"]), reason=REASON, room=room)


# -- files, forms and lists


def imported(desk: Desk, row: Row, _was: Was) -> None:
    if not any(undone["import_id"] == row["id"] for undone in ledger.imports_undone(desk.vault)) and row["added"] + row["changed"]:
        imports.undo(desk, row["id"])


def scan_page(desk: Desk, row: Row, _was: Was) -> None:
    if not row["aside"]:
        aside.put_aside(desk, [row["id"]])
    if scans.get(desk.vault, row["id"]) is not None:
        aside.throw_away(desk, [row["id"]], REASON)


def form(desk: Desk, row: Row, _was: Was) -> None:
    """A form that was printed by mistake is not waited for."""
    if any(outstanding.id == row["id"] for outstanding in out.out(desk)):
        out.give_up(desk, [row["id"]], REASON)


def form_step(desk: Desk, row: Row, was: Was) -> None:
    """A form that was given up is looked for again, where it was waited for before."""
    if row["step"] == "given-up" and row["form_id"] in {form.id for form in out.given_up(desk)}:
        out.look_for_again(desk, [row["form_id"]])


def list_filter(desk: Desk, row: Row, _was: Was) -> None:
    lists.remove_filter(desk, row["id"])
