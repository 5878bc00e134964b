"""What a transfer file tells of a pupil and has no place in the record: said in words, so that nothing is dropped in silence."""

from collections.abc import Iterator

from pupil_desk.basics.dates import read_date, show_date
from pupil_desk.basics.words import _
from pupil_desk.services.imports.ctf.told import SchoolStay, ToldContact, ToldPupil, contact_numbers, first_language, main_phone, meal_code

_ENGLAND = "ENG"


def left_out(pupil: ToldPupil) -> tuple[str, ...]:
    """Each thing that is not taken, in a line."""
    return tuple(_lines(pupil))


def _lines(pupil: ToldPupil) -> Iterator[str]:
    for totals in pupil.totals:
        yield _(
            "Attendance {year} at {school}: {attended} of {possible} sessions, absent {authorised} authorised and {unauthorised} unauthorised"
        ).format(
            year=totals.year,
            school=totals.school.words,
            attended=totals.attended or "?",
            possible=totals.possible or "?",
            authorised=totals.authorised or "?",
            unauthorised=totals.unauthorised or "?",
        )
    for stay in pupil.schools:
        yield _school(stay)
    if pupil.former_names:
        yield _("Former name: {name}").format(name=pupil.former_names)
    yield from _meals(pupil)
    yield from _further_details(pupil)


def _meals(pupil: ToldPupil) -> Iterator[str]:
    """What a file tells of free school meals beside the days: those are taken."""
    if pupil.meals_review:
        yield _("Free school meals to be looked into again on {day}").format(day=_day(pupil.meals_review))
    for period in pupil.meals:
        if period.verified:
            yield _("Free school meals from {start}: looked into on {day}").format(start=_day(period.start), day=_day(period.verified))
        if period.country and period.country.upper() != _ENGLAND:
            yield _("Free school meals from {start}: in another country of the UK ({country})").format(
                start=_day(period.start), country=period.country
            )
        if period.category and meal_code(period) != period.category:
            yield _("Free school meals from {start}: category «{category}», which is not known here").format(
                start=_day(period.start), category=period.category
            )


def _further_details(pupil: ToldPupil) -> Iterator[str]:
    first, phone = first_language(pupil), main_phone(pupil.phones)
    for _kind, language in pupil.languages:
        if language and language != first:
            yield _("Further language: {language}").format(language=language)
    for further_phone in pupil.phones:
        if further_phone.number != phone:
            yield _("Further telephone: {number}").format(number=further_phone.number)
    for contact in pupil.contacts:
        yield from _numbers(contact)
    for name in dict.fromkeys((*pupil.unread, *(name for contact in pupil.contacts for name in contact.unread))):
        yield _("The part «{name}» of the file").format(name=name)


def _numbers(contact: ToldContact) -> Iterator[str]:
    """The numbers of a contact beside the one telephone and the one mobile that are taken."""
    taken_numbers = contact_numbers(contact)
    for phone in contact.phones:
        if phone.number not in taken_numbers:
            yield _("Further telephone of {name}: {number}").format(
                name=" ".join(filter(None, (contact.forename, contact.surname))), number=phone.number
            )


def _school(stay: SchoolStay) -> str:
    words = _("School: {school}, from {start}").format(school=stay.school.words, start=_day(stay.entry))
    if stay.leaving:
        words += _(" to {end}").format(end=_day(stay.leaving))
    return words + (_(", reason {reason}").format(reason=stay.reason) if stay.reason else "")


def _day(text: str) -> str:
    try:
        return show_date(read_date(text))
    except ValueError:
        return text or "?"
