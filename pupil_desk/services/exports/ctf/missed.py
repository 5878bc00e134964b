"""What is missed in the records of those whose transfer files are written, and what of them the file has no words for: for whoever makes it."""

from collections.abc import Iterator

from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.care.needs import TYPE_BESIDE_NO_NEED
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import sending_rules
from pupil_desk.services.exports.ctf.held import TransferRecord
from pupil_desk.services.exports.export import Problem

_SUBSIDIARY = "S"
type _Check = tuple[bool, str, str]
type _Unsent = tuple[bool, str, str, str]
"""Whether it is so, the item to look at, and the words."""


def missing(pupil: Pupil) -> Iterator[Problem]:
    """What no valid file is without."""
    if pupil.upn is None:
        yield Problem(pupil, "pupil.upn", _("There is no UPN, without which no school system reads the file."), stops=True)


def missed(record: TransferRecord) -> Iterator[Problem]:
    """What the law asks for and is not on file, what else to look at, and what does not go; the file is valid without it."""
    pupil = record.leaver.pupil
    checks = (*_of_pupil(record), *_of_days(record), *_of_protection(record))
    yield from (Problem(pupil, item, words) for is_so, item, words in checks if is_so)
    yield from (Problem(pupil, item, words, unsent=True) for is_so, item, words, _short in _without_words(record) if is_so)


def kept_out(record: TransferRecord) -> Iterator[str]:
    """What is held and does not go, in words that name nobody, as a receipt may."""
    if record.kept_out:
        yield _("contacts under a protection of their own")
    yield from (short for is_so, _item, _words, short in _without_words(record) if is_so)


def _of_pupil(record: TransferRecord) -> tuple[_Check, ...]:
    pupil = record.leaver.pupil
    return (
        (
            record.leaver.is_copy and record.leaver.stay.status == _SUBSIDIARY,
            "enrolment.status",
            _("A copy is owed by the school that was the first of the two. Be sure that it was this one."),
        ),
        (is_temporary(pupil.upn), "pupil.upn", _("The UPN is a temporary one. Ask for the lasting one before the file goes.")),
        (pupil.sex is None, "pupil.sex", _("The sex is not on file: it goes as U, unknown.")),
        (pupil.ethnicity is None, "pupil.ethnicity", _("The ethnic group is not on file, and the law asks for it.")),
        (pupil.first_language is None, "pupil.first_language", _("The first language is not on file, and the law asks for it.")),
        (
            not record.sen,
            "sen_period.provision",
            _("No SEN provision is on file, not even that there is no need, and the law asks for it."),
        ),
        (record.totals is None, "mark.code", _("No session is marked in this school year, so the file has no attendance.")),
        (record.no_need and bool(record.needs), "sen_need.need", TYPE_BESIDE_NO_NEED),
    )


def _of_days(record: TransferRecord) -> tuple[_Check, ...]:
    return (
        (any(stay.start_date is None for stay in record.stays), "enrolment.start_date", _("The starting day is not on file.")),
        (
            any(period.start_date is None for period in record.sen),
            "sen_period.start_date",
            _("A time under a SEN provision has no first day, and goes without one. Enter the day if it is known: none is made up."),
        ),
        (
            any(period.start_date is None for period in record.meals),
            "care_period.start_date",
            _("A time with free school meals has no first day, and is left out."),
        ),
    )


def _without_words(record: TransferRecord) -> tuple[_Unsent, ...]:
    """What is held and does not go: it is named, so that it can be sent with the educational record."""
    schools = [school.title for school in record.schools if not school.school]
    years = [str(total.year) for total in record.totals_elsewhere if not total.school or total.possible is None]
    known_reasons = sending_rules().leaving_reasons.values()
    reasons = [
        school.title
        for school in record.schools
        if school.school and (school.removal_grounds or (school.leaving_reason and school.leaving_reason not in known_reasons))
    ]
    return (
        *_results(record),
        (
            bool(schools),
            "school_attended.school",
            _("{schools}: no DfE number is on file, so this school is left out of the file’s history.").format(schools=join_words(schools)),
            _("schools without a DfE number"),
        ),
        (
            bool(years),
            "attendance_total.possible",
            _("The attendance elsewhere in {years} has no DfE number or no sessions possible, and is left out.").format(
                years=join_words(years)
            ),
            _("attendance elsewhere without a DfE number or sessions"),
        ),
        (
            bool(reasons),
            "school_attended.leaving_reason",
            _("{schools}: why the time there ended is left out, for its code in the transfer file is not known.").format(
                schools=join_words(reasons)
            ),
            _("why the time at another school ended"),
        ),
    )


def _results(record: TransferRecord) -> tuple[_Unsent, ...]:
    results = [f"{entry.title} ({entry.result})" for entry in record.unsent_results]
    later = [f"{entry.title} ({entry.result})" for entry in record.later_results]
    return (
        (
            bool(results),
            "assessment.subject",
            _(
                "The transfer file has no code for {results}, or the year is not on file: left out. Send it with the educational record."
            ).format(results=join_words(results)),
            _("results for which the file has no code"),
        ),
        (
            bool(later),
            "assessment.date",
            _("{results}: dated after the last day here, and so left out. Send it with the educational record.").format(
                results=join_words(later)
            ),
            _("results dated after the last day here"),
        ),
    )


def _of_protection(record: TransferRecord) -> tuple[_Check, ...]:
    return (
        (
            bool(record.kept_out),
            "contact.surname",
            _("{contacts} under a protection of their own are not in the file. Tell the school what it must know.").format(
                contacts=count_of(record.kept_out, _("contact"), _("contacts"))
            ),
        ),
        (
            record.withheld,
            "pupil.address_1",
            _("The address is to be withheld, and the file carries it. Be sure who may see it at the other school."),
        ),
    )
