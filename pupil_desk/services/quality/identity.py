"""Names, numbers and what a return says of who the pupil is."""

from collections.abc import Iterator, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.quality.rule import (
    OURS,
    Gap,
    Gravity,
    Need,
    PupilFile,
    QualityContext,
    QualityRule,
    Scope,
    lately,
    limits,
    problems_with,
)

_NOT_YET = {"ethnicity": ("NOBT",), "first_language": ("NOT", "ZZZ")}  # codes that are a gap to chase; «refused» is an answer
_FIRST_YEAR = 4  # age on 31 August in Reception, less one: Year 7 begins at 11
_YOUNGEST, _OLDEST = 4, 19  # ages between which somebody can be on a school's roll


def no_upn(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll without a UPN."""
    if not file.pupil.upn:
        yield Gap(_("There is no UPN. Take it from the transfer file of the school before, or ask that school."), "upn")


def wrong_upn(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A UPN, or a former one, whose form or first letter is wrong."""
    for name in ("upn", "former_upn"):
        for problem in problems_with(file.pupil, name, context):
            if problem.stops:
                yield Gap(problem.message, name)


def temporary_upn(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A temporary UPN after some weeks on roll."""
    start = file.stay.start_date if file.stay else None
    if is_temporary(file.pupil.upn) and (start is None or lately(start, context.today, limits()["temporary_upn_days"])):
        words = _("The UPN is still a temporary one. Ask the school before for the permanent one, and keep this as the former UPN.")
        yield Gap(words, "upn")


def upn_twice(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A UPN that another pupil has or had."""
    for name in ("upn", "former_upn"):
        number = getattr(file.pupil, name)
        other_pupils = [pupil for pupil in context.by_upn.get(number or "", ()) if pupil.id != file.pupil.id]
        if other_pupils:
            yield Gap(
                _("{whom} has this UPN too. Find out whose it is, and correct the other.").format(whom=_name_and_ref(other_pupils)), name
            )


def uln_twice(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A ULN that another pupil has."""
    other_pupils = [pupil for pupil in context.by_uln.get(file.pupil.uln or "", ()) if pupil.id != file.pupil.id]
    if other_pupils:
        yield Gap(
            _("{whom} has this ULN too. Find out whose it is, and correct the other.").format(whom=_name_and_ref(other_pupils)), "uln"
        )


def pupil_twice(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Another record with the same name and date of birth."""
    other_pupils = context.namesakes.get(file.pupil.id)
    if other_pupils:
        words = _("{whom} has the same name and date of birth. Compare the two: they may be one pupil.")
        yield Gap(words.format(whom=_name_and_ref(other_pupils)), "surname")


def _name_and_ref(other_pupils: Sequence[Pupil]) -> str:
    return _("{name} ({ref})").format(name=other_pupils[0].full_name, ref=other_pupils[0].ref)


def no_sex(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll without a sex."""
    if not file.pupil.sex:
        yield Gap(_("Sex is missing. The admission register and every return ask for it."), "sex")


def no_ethnicity(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """No answer about the ethnic group, not even «refused»."""
    if not file.pupil.ethnicity:
        yield Gap(_("Ethnic group is missing. Ask the family; “refused” is an answer, a guess is not."), "ethnicity")


def no_language(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """No answer about the first language."""
    if not file.pupil.first_language:
        yield Gap(_("First language is missing. Ask the family; “refused” is an answer."), "first_language")


def not_yet_obtained(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A code that only says that the answer is still to come."""
    for name, codes in _NOT_YET.items():
        value = getattr(file.pupil, name)
        if value in codes:
            code = codelist("ethnicity" if name == "ethnicity" else "language").label_of(value)
            words = _("Ethnic group is “{code}”") if name == "ethnicity" else _("First language is “{code}”")
            yield Gap(_("{what}. Ask the family again.").format(what=words.format(code=code)), name)


def no_service_answer(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """No answer whether a parent serves in the armed forces."""
    if not file.pupil.service_child:
        words = _("It is not said whether a parent serves in the armed forces. Ask; “unknown” and “refused” are answers.")
        yield Gap(words, "service_child")


def no_year_group(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll without a year group."""
    if not file.pupil.year_group:
        yield Gap(_("Year group is missing. Choose it; there is a code for a pupil who follows none."), "year_group")


def odd_year_group(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A year group that is not the one of the pupil's age; in August the one before and the one after both fit."""
    group = file.pupil.year_group or ""
    number = 0 if group == "R" else int(group) if group.isascii() and group.isdigit() else None
    if number is None:
        return
    today = context.today
    born = file.pupil.dob
    first = today.year if today.month >= 9 else today.year - 1  # the calendar year in which the school year began
    fits = first - born.year - (born.month >= 9) - _FIRST_YEAR
    if number != fits and not (today.month == 8 and number == fits + 1):
        words = _(
            "Year group {group} does not fit the age: born {day} is Year {fits}. Correct it, unless the pupil is taught with another year."
        )
        yield Gap(words.format(group=group, day=show_date(born), fits=fits), "year_group")


def odd_birth(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An age at which nobody is on a school's roll."""
    if not _YOUNGEST <= file.age <= _OLDEST:
        words = _("By the date of birth the pupil is {age} years old. Check it against a document.")
        yield Gap(words.format(age=file.age), "dob")


def short_forename(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An initial where the law's returns want the whole name."""
    if len(file.pupil.forename.rstrip(".")) == 1:
        yield Gap(_("The legal forename is one letter. Returns ask for the whole name as on the birth certificate."), "forename")


_MUST, _SHOULD, _HERE = Gravity.MUST, Gravity.SHOULD, Scope.HERE
_CENSUS = _("School census")
RULES = (
    QualityRule(_("No UPN"), (Need.CENSUS, Need.TRANSFER, Need.YOUTH), _MUST, _HERE, _CENSUS, no_upn),
    QualityRule(
        _("UPN that cannot be right"), (Need.CENSUS, Need.TRANSFER, Need.YOUTH), _MUST, Scope.RECENT, _("DfE’s guide to UPNs"), wrong_upn
    ),
    QualityRule(_("Temporary UPN"), (Need.CENSUS, Need.TRANSFER), _SHOULD, _HERE, OURS, temporary_upn),
    QualityRule(_("UPN of two pupils"), (Need.CENSUS, Need.TRANSFER), _MUST, Scope.ANYONE, _CENSUS, upn_twice),
    QualityRule(_("ULN of two pupils"), (Need.ULN, Need.COLLEGE), _MUST, Scope.ANYONE, _("Learning Records Service"), uln_twice),
    QualityRule(_("Two records alike"), (Need.RECORD,), _SHOULD, Scope.ANYONE, OURS, pupil_twice),
    QualityRule(_("No sex"), (Need.ADMISSION, Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _("SI 2024/208, regulation 8"), no_sex),
    QualityRule(_("No ethnic group"), (Need.CENSUS, Need.TRANSFER, Need.YOUTH), _MUST, _HERE, _CENSUS, no_ethnicity),
    QualityRule(_("No first language"), (Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _CENSUS, no_language),
    QualityRule(_("Answer not yet obtained"), (Need.CENSUS, Need.TRANSFER), _SHOULD, _HERE, _CENSUS, not_yet_obtained),
    QualityRule(_("Service child not answered"), (Need.CENSUS,), _SHOULD, _HERE, _CENSUS, no_service_answer),
    QualityRule(_("No year group"), (Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _CENSUS, no_year_group),
    QualityRule(_("Year group and age"), (Need.CENSUS, Need.RECORD), _SHOULD, _HERE, OURS, odd_year_group),
    QualityRule(_("Date of birth"), (Need.CENSUS, Need.RECORD), _SHOULD, _HERE, OURS, odd_birth),
    QualityRule(_("Forename cut short"), (Need.CENSUS, Need.RECORD), _SHOULD, _HERE, _CENSUS, short_forename),
)
