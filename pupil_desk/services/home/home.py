"""What Home lists as due today: all that needs doing, each list from the rules themselves and never from a note of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.accidents import accidents_due
from pupil_desk.services.accidents.accidents_due import OpenAccident
from pupil_desk.services.attachments import photographs
from pupil_desk.services.backup import backups, drill, this_pc
from pupil_desk.services.backup.backups import LastBackup
from pupil_desk.services.consents import trips_due
from pupil_desk.services.consents.trips_due import TripDue
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import exams_due
from pupil_desk.services.exams.exams_due import OpenExam
from pupil_desk.services.exports import delivery
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.kept.frozen import ContentKept
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.services.home import deadlines
from pupil_desk.services.home.deadlines import ReturnsDue, ReviewDue
from pupil_desk.services.home.part_time import PartTimeDue, part_time_due
from pupil_desk.services.home.week_files import WeekFilesDue, week_files_due
from pupil_desk.services.incidents import incidents_due
from pupil_desk.services.incidents.incidents_due import OpenIncident
from pupil_desk.services.learning import next_steps
from pupil_desk.services.leave import leave_due
from pupil_desk.services.leave.leave_due import LeaveDue
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.letters.coming_of_age import ComingBirthday
from pupil_desk.services.notes import notes
from pupil_desk.services.notices import notice_text, notices
from pupil_desk.services.packs import restricted
from pupil_desk.services.packs.restricted import ToAdd
from pupil_desk.services.plans import plans_due
from pupil_desk.services.plans.plans_due import OpenPlan
from pupil_desk.services.program import own_files
from pupil_desk.services.providers.provider_due import ProvidersDue, providers_due
from pupil_desk.services.pupils import pupils
from pupil_desk.services.reconciling.weeks_compared import WeekToCompare, week_to_compare
from pupil_desk.services.register import unexplained
from pupil_desk.services.register.unexplained import UnexplainedAbsence
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseRow
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding.due import SafeguardingDue, safeguarding_due
from pupil_desk.services.schools import clashes
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.services.sharing import sharing, wish_waiting
from pupil_desk.services.sharing.wish_waiting import GiverRow
from pupil_desk.services.suspensions import suspension_due
from pupil_desk.services.suspensions.suspension_due import OpenSteps
from pupil_desk.services.translations import translations
from pupil_desk.services.translations.translations import StandingTranslation
from pupil_desk.services.transport.transport_due import TransportDue, transport_due
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import contacts

_REGISTER_ITEMS = ("sex", "address_1", "year_group")  # what the admission register or every return asks of a pupil


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A record that lacks something, and what, in the words of the screen; ``item`` names the first thing."""

    pupil: Pupil
    lacks: tuple[str, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class Tasks:
    """Everything that is due or needs doing on a day, a field each list of Home."""

    turning: Sequence[ComingBirthday]
    notices: notices.NoticesDue
    why_new_edition: Sequence[str]
    unasked: Sequence[Pupil]
    incomplete: Sequence[Incomplete]
    missing_details: Mapping[str, str]  # what each is called, by the setting in which it is entered
    backup: LastBackup | None
    calendar_confirmed: bool  # somebody has said that the school year on file is the unit's own
    disk_is_open: bool  # the disk under the unit's file is not encrypted
    program_is_damaged: bool = False  # a file of the program is not as it came
    drill_due: bool = False  # this term's restore drill, for whoever may restore
    follow_ups: Sequence[notes.NoteDue] = ()  # notes to be looked at again, of those that the reader may read
    open_steps: Sequence[OpenSteps] = ()  # of suspensions and exclusions
    unexplained: Sequence[UnexplainedAbsence] = ()  # of this morning, of which a social worker is to be told
    leave: Sequence[LeaveDue] = ()  # asked for, to be decided or to be entered in the register
    incidents: Sequence[OpenIncident] = ()  # about which something is still to be done, a line each, whatever pupils are in it
    accidents: Sequence[OpenAccident] = ()  # about which something is still to be done, of who left too
    plans: Sequence[OpenPlan] = ()  # with a step that is due
    exams: Sequence[OpenExam] = ()  # that come, are not entered yet, or have no result
    providers: ProvidersDue = ProvidersDue()  # sessions to be confirmed, and checks to be seen
    transport: TransportDue = TransportDue()  # sheets out there that no longer hold, and staff of routes to be looked at
    clashes: Sequence[PupilClash] = ()  # of our register and a school's, of the last weeks
    part_time: Sequence[PartTimeDue] = ()  # timetables of which the authority is to be told
    week_to_compare: WeekToCompare | None = None  # with the school system's register
    week_files: WeekFilesDue = WeekFilesDue()  # of the week for schools, not made yet
    safeguarding: SafeguardingDue = SafeguardingDue()  # in the files, for who can open them
    reviews: Sequence[ReviewDue] = ()  # reviews, and medicines to be used up
    photographs: Sequence[Pupil] = ()  # of whom one must go: its consent has ended
    to_remind: Sequence[GiverRow] = ()  # people who were asked about sharing and are silent
    disagree: Sequence[Pupil] = ()  # whose parents contradict each other about sharing, or what was settled between them
    settled_ids: frozenset[str] = frozenset()  # of those, who have no other contradiction than with a settlement
    requests: Sequence[CaseRow] = ()  # requests and complaints that are not answered yet
    no_offer: Sequence[Pupil] = ()  # of Years 11 and 12, in the months in which offers are made
    notes_to_add: Sequence[ToAdd] = ()  # copies that wait for whoever looks to add restricted notes
    returns: ReturnsDue = ReturnsDue()
    trips: Sequence[TripDue] = ()  # in the next 30 days, with answers missing
    unconfirmed: Sequence[PastExport] = ()  # exports that nobody has confirmed as delivered
    confirm_days: int = 0  # within which one is confirmed
    translations_behind: Sequence[StandingTranslation] = ()  # not given, since their English has changed
    files_kept: Sequence[ContentKept] = ()  # of exports, whose day to be deleted has come


def tasks(desk: Desk) -> Tasks:
    on_roll = pupils.on_roll(desk, desk.today)
    people = contacts.by_pupil(desk.vault)
    waiting = wish_waiting.waiting(desk)
    return Tasks(
        turning=coming_of_age.coming(desk),
        notices=notices.notices_due(desk),
        why_new_edition=notices.why_new(desk),
        unasked=sharing.unasked(desk, desk.today),
        photographs=photographs.ended_of(desk),
        incomplete=[Incomplete(p, tuple(gaps.values()), next(iter(gaps))) for p in on_roll if (gaps := _gaps(p, people[p.id]))],
        missing_details={**_of_kind(desk), **notice_text.missing_of(desk.settings)},
        backup=backups.last(desk),
        calendar_confirmed=calendars.is_confirmed(desk.vault),
        disk_is_open=this_pc.disk_is_open(desk),
        program_is_damaged=own_files.are_damaged(),
        drill_due=desk.may(Action.RESTORE) and drill.is_due(desk),
        follow_ups=notes.notes_due(desk),
        open_steps=suspension_due.open_steps(desk),
        unexplained=unexplained.to_tell(desk),
        leave=leave_due.to_do(desk, on_roll),
        incidents=incidents_due.together_by_due(incidents_due.open_incidents(desk), desk.today),
        accidents=accidents_due.open_accidents(desk),
        plans=plans_due.open_plans(desk, on_roll),
        exams=exams_due.open_exams(desk),
        providers=providers_due(desk),
        transport=transport_due(desk),
        clashes=clashes.to_settle(desk),
        part_time=part_time_due(desk, on_roll),
        week_to_compare=week_to_compare(desk),
        week_files=week_files_due(desk),
        safeguarding=safeguarding_due(desk),
        reviews=deadlines.reviews_due(desk, on_roll),
        to_remind=wish_waiting.to_remind(waiting, desk.today),
        disagree=list({wish.pupil.id: wish.pupil for wish in waiting if wish.disagree and desk.may(Action.RECORD_CHOICE)}.values()),
        settled_ids=frozenset(wish.pupil.id for wish in waiting if wish.is_settled),
        requests=looking.open_cases(desk),
        notes_to_add=restricted.to_add(desk),
        no_offer=next_steps.without_offer(desk, on_roll),
        returns=deadlines.returns_to_make(desk),
        trips=trips_due.trips_due(desk),
        unconfirmed=delivery.unconfirmed(desk),
        confirm_days=desk.settings.confirm_days,
        translations_behind=translations.behind(desk),
        files_kept=frozen.content_due(desk, desk.today) if desk.may(Action.KEEP_CONTENT) else (),
    )


def _of_kind(desk: Desk) -> dict[str, str]:
    """What the settings lack of the unit's kind; with it, who answers for the data, which no kind answers by itself for certain."""
    settings = desk.settings
    unanswered = "kind" if not settings.kind else "controller" if not settings.controller else ""
    return {unanswered: item_named(UnitSettings, unanswered).label} if unanswered else {}


def lacking(pupil: Pupil, people: Sequence[Contact]) -> tuple[str, ...]:
    """What a record lacks that the register, a return or the office needs, in the words of the screen."""
    return tuple(_gaps(pupil, people).values())


OF_CONTACTS = ("contact", "phone")
"""What a record lacks of its contacts, by name."""


def _gaps(pupil: Pupil, people: Sequence[Contact]) -> dict[str, str]:
    """What a record lacks, in words, by the item of the pupil or of the contacts."""
    gaps = {name: item_named(Pupil, name).label for name in _REGISTER_ITEMS if not getattr(pupil, name)}
    if not pupil.upn:
        gaps["upn"] = _("UPN")
    elif is_temporary(pupil.upn):
        gaps["upn"] = _("Permanent UPN (the present one is temporary)")
    if pupil.ethnicity in (None, "NOBT"):
        gaps["ethnicity"] = _("Ethnic group (ask the family)")
    holders = [contact for contact in people if contact.parental_responsibility]
    if not holders:
        gaps["contact"] = _("A contact with parental responsibility")
    elif not any(contact.phone or contact.mobile for contact in holders):
        gaps["phone"] = _("A parent’s telephone number")
    return gaps
