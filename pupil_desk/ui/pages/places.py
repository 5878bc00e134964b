"""Places within pages that one finds by their words (Ctrl+E): the tabs of a page, and the parts of a pupil's record."""

from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Section


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of a page. ``place`` is what leads to it there; of the page of pupils the key of a part of the record. ``also`` are other words for it."""

    page: str
    place: str
    words: str
    also: str = ""


PLACES = (
    FoundPlace("settings", "unit", _("Unit"), _("name address number kind of the unit")),
    FoundPlace("settings", "people", _("People"), _("head data protection officer safeguarding lead contact")),
    FoundPlace("settings", "services", _("Authority"), _("local authority youth support services")),
    FoundPlace("settings", "told", Section.TOLD.value, _("recipients")),
    FoundPlace("settings", "cautions", _("Cautions"), _("small numbers limits")),
    FoundPlace("settings", "year", _("School year"), _("terms holidays calendar")),
    FoundPlace("settings", "keeping", _("Keeping"), _("retention periods")),
    FoundPlace("settings", "rules", _("Rules"), _("law updates")),
    FoundPlace("settings", "fields", _("Own fields"), _("custom columns")),
    FoundPlace("settings", "screen", _("Screen"), _("text size colours")),
    FoundPlace("data-protection", "told", _("Told"), _("disclosures")),
    FoundPlace("data-protection", "breaches", _("Breaches"), _("data breach")),
    FoundPlace("data-protection", "keeping", _("Keeping and erasing"), _("retention erasure")),
    FoundPlace("data-protection", "papers", _("Papers"), _("data protection impact assessment")),
    FoundPlace("providers", "checks", _("Checks"), _("insurance registration safeguarding of providers")),
    FoundPlace("providers", "sessions", _("Sessions"), _("returns of providers")),
    FoundPlace("pupils", "card", _("At a glance"), _("summary photograph")),
    FoundPlace("pupils", "details", _("Details"), _("name address birth upn")),
    FoundPlace("pupils", "contacts", _("Contacts"), _("parents family telephone")),
    FoundPlace("pupils", "stays", _("Stays"), _("enrolment")),
    FoundPlace("pupils", "schools", _("Other schools"), _("main school")),
    FoundPlace("pupils", "attendance-before", _("School years"), _("attendance before")),
    FoundPlace("pupils", "timetables", _("Timetables"), _("part-time")),
    FoundPlace("pupils", "absence", _("Absence"), _("penalty notice")),
    FoundPlace("pupils", "leave", _("Leave"), _("holiday request")),
    FoundPlace("pupils", "placements", _("Placements"), _("alternative provision")),
    FoundPlace("pupils", "school-places", _("Agreed places"), _("prices charges")),
    FoundPlace("pupils", "transport", _("Transport"), _("taxi journeys pick-up escort")),
    FoundPlace("pupils", "needs", _("Needs and care"), _("send special needs")),
    FoundPlace("pupils", "health", _("Health"), _("medicines allergies doses")),
    FoundPlace("pupils", "plans", _("Plans"), _("ehc annual review")),
    FoundPlace("pupils", "suspensions", _("Suspensions"), _("exclusion")),
    FoundPlace("pupils", "incidents", _("Incidents"), _("restraint physical intervention seclusion behaviour")),
    FoundPlace("pupils", "accidents", _("Accidents"), _("accident book riddor head injury first aid")),
    FoundPlace("pupils", "assessments", _("Assessments"), _("results reviews targets comments progress report")),
    FoundPlace("pupils", "exams", _("Exams"), _("exam entries access arrangements results envelope gcse")),
    FoundPlace("pupils", "learning", _("Learning"), _("courses")),
    FoundPlace("pupils", "destinations", _("Destinations"), _("next steps after")),
    FoundPlace("pupils", "notes", _("Notes")),
    FoundPlace("pupils", "attachments", _("Papers kept"), _("attachments documents")),
    FoundPlace("pupils", "not-taken", _("From files"), _("values not taken import")),
    FoundPlace("pupils", "checks", _("Family checks"), _("data check slip")),
    FoundPlace("pupils", "protections", _("Protections"), _("court order address withheld")),
    FoundPlace("pupils", "consents", _("Consents"), _("permission agreed")),
    FoundPlace("pupils", "history", _("What happened"), _("history changes timeline")),
)
"""In the order of the pages, and of the parts of a record. Where a page has the same name as a part, the part is of one pupil."""
