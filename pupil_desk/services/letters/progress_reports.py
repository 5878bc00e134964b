"""The termly progress report: one for each household with a holder of parental responsibility or, where none lives with the pupil, with the carers; none to one under an order; from 18 one for the pupil."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING
from pupil_desk.documents.papers import progress_report
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.domain.consents.consent import is_adult
from pupil_desk.domain.incidents.ordinary_sums import ordinary_sum
from pupil_desk.domain.learning.assessment import ESTIMATE, TARGET, Assessment, meaning, scales_by_name
from pupil_desk.domain.learning.review import TargetReview
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.incidents import recording
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms.kind import whom_to_tell
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import incidents

_SEASONS = ((8, _("autumn term")), (4, _("summer term")), (1, _("spring term")))
"""The month in or after which a half-term begins, and the term that it belongs to: that of autumn may begin in August."""
_LONG_AGO = frozenset({"FSP", "KS1", "KS2"})


@dataclass(frozen=True, slots=True)
class SchoolTerm:
    """A term of two half-terms: its name, its first day, and its last."""

    name: str
    since: date
    until: date


def term_on(terms: Sequence[Term], day: date) -> SchoolTerm | None:
    """The school term that a day lies in, else the last one before it; None where the calendar has none yet."""
    terms_begun = [term for term in terms if term.start <= day]
    if not terms_begun:
        return None
    last = max(terms_begun, key=lambda term: term.start)
    parts = [term for term in terms if (term.start.year, _season(term)) == (last.start.year, _season(last))]
    name = _("{season} {year}").format(season=_season(last), year=last.start.year)
    return SchoolTerm(name, min(term.start for term in parts), max(term.end for term in parts))


def school_terms(desk: Desk) -> list[SchoolTerm]:
    """The school terms that have begun, the latest first."""
    terms = calendars.terms(desk)
    terms_by_start = {
        school_term.since: school_term for term in terms if term.start <= desk.today and (school_term := term_on(terms, term.start))
    }
    return [terms_by_start[since] for since in sorted(terms_by_start, reverse=True)]


def _season(term: Term) -> str:
    return next(name for month, name in _SEASONS if term.start.month >= month)


def reports(desk: Desk, pupil_id: str) -> Iterator[HouseholdPaper]:
    """One pupil's reports on the term, one for each household, from 18 the pupil's own. Logged by ``log_printed``. Raises NotAllowed, WrongUse."""
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    term = term_on(calendars.terms(desk), desk.today)
    attendance, looked_at = _attendance(desk, pupil_id, term), reviews.latest(desk, pupil_id)
    results, comments = _results(desk, pupil_id, looked_at), _comments(desk, pupil_id, term)
    scales, behaviour = _scales(desk, pupil_id), _behaviour(desk, pupil_id, term)
    letters = _letters(desk, pupil_id)
    if not letters and _is_adult(desk, pupil_id):
        raise WrongUse(_("The pupil is 18 or over and has no address on file. Add it under Details."))
    for number, letter in enumerate(letters, start=1):
        report = progress_report.ProgressReport(
            Envelope.of(letter, desk.settings, desk.today),
            attendance=attendance,
            results=results,
            scales=scales,
            reviews=_review_comments(desk, pupil_id, looked_at),
            comments=[comment for subject, comment in comments if subject],
            tutor=next((comment for subject, comment in comments if not subject), None),
            behaviour=behaviour,
            to_pupil=not letter.contacts,
        )
        words = {
            "unit": desk.settings.name,
            "pupil": letter.pupil.preferred_forename or letter.pupil.forename,
            "term": term.name if term else _("school year"),
            "contact": whom_to_tell(desk),
        }
        source = resource("words", "en", "progress_report.md") if letter.contacts else resource("words", "en", "progress_report_own.md")
        story = progress_report.story(source.read_text("utf-8"), words, report)
        yield HouseholdPaper(letter, story, _("Progress report"), f"progress-report-{letter.pupil.ref}-{number}")


def _letters(desk: Desk, pupil_id: str) -> list[Letter]:
    """To whom a report goes: the holders of parental responsibility, and who has the care of a pupil with whom none of them lives; from 18 the pupil."""
    letters = notices.letters_of(desk, pupil_id, carers=True).letters
    return (
        [letter for letter in letters if letter.address and not letter.contacts]
        if _is_adult(desk, pupil_id)
        else [letter for letter in letters if letter.contacts]
    )


def _is_adult(desk: Desk, pupil_id: str) -> bool:
    return is_adult(pupil_of(desk.vault, pupil_id).dob, desk.today)


def log_printed(desk: Desk, pupil_id: str) -> None:
    """Log that reports on a pupil were printed, and what they tell to whom."""
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    tells, term = on_paper.PROGRESS_REPORT, term_on(calendars.terms(desk), desk.today)
    if not _behaviour(desk, pupil_id, term):
        tells = replace(tells, items=tuple(path for path in tells.items if not path.startswith("incident.")))
    with desk.act(Action.PRINT_FORM, "pupil", pupil_id, "progress-report") as work:
        on_paper.keep(work, tells, _letters(desk, pupil_id))


def _results(desk: Desk, pupil_id: str, looked_at: Mapping[str, TargetReview]) -> list[progress_report.ResultRow]:
    """A line for each stage, subject and component; a result that is not published yet is left out."""
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for entry in _told_today(desk, pupil_id):
        line = lines.setdefault((entry.stage, _subject_words(entry)), {})
        place = entry.status if entry.status in (TARGET, ESTIMATE) else "result"
        line[place] = ", ".join(part for part in (line.get(place, ""), _result_words(entry, place)) if part)
        if review := looked_at.get(entry.id):
            line["going"] = _going(review)
    return [
        progress_report.ResultRow(
            subject, line.get("result", NOTHING), line.get(ESTIMATE, NOTHING), line.get(TARGET, NOTHING), line.get("going", "")
        )
        for (_stage, subject), line in sorted(lines.items(), reverse=True)
    ]


def _scales(desk: Desk, pupil_id: str) -> list[tuple[str, str]]:
    """Each scale on which a result that is told counts, with what its values mean; of one that nobody has laid down, that we are to be asked."""
    meanings: dict[str, str] = {}
    unit_scales = scales_by_name(assessments.scales(desk))
    for entry in _told_today(desk, pupil_id):
        title, words = meaning(entry, unit_scales) or (
            entry.component_label or entry.title,
            _("no scale is laid down for it. Ask us what it means"),
        )
        meanings.setdefault(title, words)
    return sorted(meanings.items())


def _told_today(desk: Desk, pupil_id: str) -> list[Assessment]:
    return [entry for entry in assessments.current(desk, pupil_id) if not entry.embargoed(desk.today)]


def _going(review: TargetReview) -> str:
    return _("{standing} ({when})").format(standing=codelist("target_standing").label_of(review.standing), when=short_date(review.day))


def _review_comments(desk: Desk, pupil_id: str, looked_at: Mapping[str, TargetReview]) -> list[tuple[str, str]]:
    """What the latest review of each target said, by whom."""
    reviewed = [(entry, looked_at[entry.id]) for entry in _told_today(desk, pupil_id) if entry.id in looked_at]
    return [
        (_subject_words(entry), _("{words} ({who})").format(words=" ".join(review.comment.split()), who=review.reviewer))
        for entry, review in sorted(reviewed, key=lambda pair: _subject_words(pair[0]))
        if review.comment
    ]


def _comments(desk: Desk, pupil_id: str, term: SchoolTerm | None) -> list[tuple[str | None, progress_report.Comment]]:
    """What the teachers wrote of the term, each with its subject; the tutor's last, without one."""
    if term is None:
        return []
    comments = reviews.comments_of_term(desk, pupil_id, term.since, term.until)
    return [(comment.subject, progress_report.Comment(comment.title, comment.text, comment.teacher)) for comment in comments]


def _subject_words(entry: Assessment) -> str:
    """The subject; of a stage that the pupil has left behind, with its name."""
    if entry.stage not in _LONG_AGO:
        return entry.title
    return _("{what} (at {stage})").format(what=entry.title, stage=codelist("assessment_stage").label_of(entry.stage))


def _result_words(entry: Assessment, place: str) -> str:
    if place != "result" or (entry.date is None and entry.year is None):
        return entry.result
    return _("{result} ({when})").format(result=entry.result, when=short_date(entry.date) if entry.date else str(entry.year))


def _behaviour(desk: Desk, pupil_id: str, term: SchoolTerm | None) -> Sequence[tuple[str, str]]:
    """The term's rewards and ordinary behaviour so far; nothing where there was none, or the unit records none here."""
    if term is None or not desk.settings.uses(recording.SWITCH):
        return ()
    term_sum = ordinary_sum(incidents.of_pupil(desk.vault, pupil_id), term.since, term.until)
    return term_sum.facts if term_sum else ()


def _attendance(desk: Desk, pupil_id: str, term: SchoolTerm | None) -> list[tuple[str, str]]:
    """The term's sessions so far; nothing where none was possible."""
    from pupil_desk.services import register

    if term is None:
        return []
    totals = register.totals(desk, term.since, min(term.until, desk.today))
    pupil_total = next((total for total in totals if total.pupil.id == pupil_id and total.possible), None)
    if pupil_total is None:
        return []
    return [
        (_("Sessions possible"), str(pupil_total.possible)),
        (_("Sessions attended"), _("{number} ({percent} %)").format(number=pupil_total.attended, percent=pupil_total.attendance_pct)),
        (_("Absent with permission"), str(pupil_total.authorised)),
        (_("Absent without permission"), str(pupil_total.unauthorised)),
    ]
