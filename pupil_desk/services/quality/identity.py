"""Names, numbers and what a return says of who the pupil is."""

from collections.abc import Iterator, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.quality.held import Around, PupilFile, lately, problems_with
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, Rule, Scope, limits

_NOT_YET = {"ethnicity": ("NOBT",), "first_language": ("NOT", "ZZZ")}  # codes that are a gap to chase; «refused» is an answer
_FIRST_YEAR = 4  # age on 31 August in Reception, less one: Year 7 begins at 11
_YOUNGEST, _OLDEST = 4, 19  # ages between which somebody can be on a school's roll


def no_upn(one: PupilFile, around: Around) -> Iterator[Gap]:
    """On roll without a UPN."""
    if not one.pupil.upn:
        yield Gap(_("There is no UPN. Take it from the transfer file of the school before, or ask that school."), "upn")


def wrong_upn(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A UPN, or a former one, whose form or first letter is wrong."""
    for name in ("upn", "former_upn"):
        for problem in problems_with(one.pupil, name, around):
            if problem.stops:
                yield Gap(problem.message, name)


def temporary_upn(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A temporary UPN after some weeks on roll."""
    begun = one.stay.start_date if one.stay else None
    if is_temporary(one.pupil.upn) and (begun is None or lately(begun, around.today, limits()["temporary_upn_days"])):
        words = _("The UPN is still a temporary one. Ask the school before for the permanent one, and keep this as the former UPN.")
        yield Gap(words, "upn")


def upn_twice(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A UPN that another pupil has or had."""
    for name in ("upn", "former_upn"):
        number = getattr(one.pupil, name)
        others = [other for other in around.by_upn.get(number or "", ()) if other.id != one.pupil.id]
        if others:
            yield Gap(_("{whom} has this UPN too. Find out whose it is, and correct the other.").format(whom=_named(others)), name)


def uln_twice(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A ULN that another pupil has."""
    others = [other for other in around.by_uln.get(one.pupil.uln or "", ()) if other.id != one.pupil.id]
    if others:
        yield Gap(_("{whom} has this ULN too. Find out whose it is, and correct the other.").format(whom=_named(others)), "uln")


def pupil_twice(one: PupilFile, around: Around) -> Iterator[Gap]:
    """Another record with the same name and date of birth."""
    others = around.namesakes.get(one.pupil.id)
    if others:
        words = _("{whom} has the same name and date of birth. Compare the two: they may be one pupil.")
        yield Gap(words.format(whom=_named(others)), "surname")


def _named(others: Sequence[Pupil]) -> str:
    return _("{name} ({ref})").format(name=others[0].full_name, ref=others[0].ref)


def no_sex(one: PupilFile, around: Around) -> Iterator[Gap]:
    """On roll without a sex."""
    if not one.pupil.sex:
        yield Gap(_("Sex is missing. The admission register and every return ask for it."), "sex")


def no_ethnicity(one: PupilFile, around: Around) -> Iterator[Gap]:
    """No answer about the ethnic group, not even «refused»."""
    if not one.pupil.ethnicity:
        yield Gap(_("Ethnic group is missing. Ask the family; «refused» is an answer, a guess is not."), "ethnicity")


def no_language(one: PupilFile, around: Around) -> Iterator[Gap]:
    """No answer about the first language."""
    if not one.pupil.first_language:
        yield Gap(_("First language is missing. Ask the family; «refused» is an answer."), "first_language")


def not_yet_obtained(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A code that only says that the answer is still to come."""
    for name, codes in _NOT_YET.items():
        value = getattr(one.pupil, name)
        if value in codes:
            code = codelist("ethnicity" if name == "ethnicity" else "language").label_of(value)
            words = _("Ethnic group is «{code}»") if name == "ethnicity" else _("First language is «{code}»")
            yield Gap(_("{what}. Ask the family again.").format(what=words.format(code=code)), name)


def no_service_answer(one: PupilFile, around: Around) -> Iterator[Gap]:
    """No answer whether a parent serves in the armed forces."""
    if not one.pupil.service_child:
        words = _("It is not said whether a parent serves in the armed forces. Ask; «unknown» and «refused» are answers.")
        yield Gap(words, "service_child")


def no_year_group(one: PupilFile, around: Around) -> Iterator[Gap]:
    """On roll without a year group."""
    if not one.pupil.year_group:
        yield Gap(_("Year group is missing. Choose it; there is a code for a pupil who follows none."), "year_group")


def odd_year_group(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A year group that is not the one of the pupil's age; in August the one before and the one after both fit."""
    group = one.pupil.year_group or ""
    number = 0 if group == "R" else int(group) if group.isascii() and group.isdigit() else None
    if number is None:
        return
    today = around.today
    born = one.pupil.dob
    first = today.year if today.month >= 9 else today.year - 1  # the calendar year in which the school year began
    fits = first - born.year - (born.month >= 9) - _FIRST_YEAR
    if number != fits and not (today.month == 8 and number == fits + 1):
        words = _("Year group {group} does not fit the age: born {day} is Year {fits}. Correct it, unless the pupil is taught with another year.")
        yield Gap(words.format(group=group, day=show_date(born), fits=fits), "year_group")


def odd_birth(one: PupilFile, around: Around) -> Iterator[Gap]:
    """An age at which nobody is on a school's roll."""
    if not _YOUNGEST <= one.age <= _OLDEST:
        words = _("By the date of birth the pupil is {age} years old. Check it against a document.")
        yield Gap(words.format(age=one.age), "dob")


def short_forename(one: PupilFile, around: Around) -> Iterator[Gap]:
    """An initial where the law's returns want the whole name."""
    if len(one.pupil.forename.rstrip(".")) == 1:
        yield Gap(_("The legal forename is one letter. Returns ask for the whole name as on the birth certificate."), "forename")


_MUST, _SHOULD, _HERE = Gravity.MUST, Gravity.SHOULD, Scope.HERE
_CENSUS = _("School census")
RULES = (
    Rule("no-upn", _("No UPN"), (Need.CENSUS, Need.TRANSFER, Need.YOUTH), _MUST, _HERE, _CENSUS, no_upn),
    Rule("wrong-upn", _("UPN that cannot be right"), (Need.CENSUS, Need.TRANSFER, Need.YOUTH), _MUST, Scope.RECENT, _("DfE’s guide to UPNs"), wrong_upn),
    Rule("temporary-upn", _("Temporary UPN"), (Need.CENSUS, Need.TRANSFER), _SHOULD, _HERE, OURS, temporary_upn),
    Rule("upn-twice", _("UPN of two pupils"), (Need.CENSUS, Need.TRANSFER), _MUST, Scope.ANYONE, _CENSUS, upn_twice),
    Rule("uln-twice", _("ULN of two pupils"), (Need.ULN, Need.COLLEGE), _MUST, Scope.ANYONE, _("Learning Records Service"), uln_twice),
    Rule("pupil-twice", _("Two records alike"), (Need.RECORD,), _SHOULD, Scope.ANYONE, OURS, pupil_twice),
    Rule("no-sex", _("No sex"), (Need.ADMISSION, Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _("SI 2024/208, regulation 8"), no_sex),
    Rule("no-ethnicity", _("No ethnic group"), (Need.CENSUS, Need.TRANSFER, Need.YOUTH), _MUST, _HERE, _CENSUS, no_ethnicity),
    Rule("no-language", _("No first language"), (Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _CENSUS, no_language),
    Rule("not-yet-obtained", _("Answer not yet obtained"), (Need.CENSUS, Need.TRANSFER), _SHOULD, _HERE, _CENSUS, not_yet_obtained),
    Rule("no-service-answer", _("Service child not answered"), (Need.CENSUS,), _SHOULD, _HERE, _CENSUS, no_service_answer),
    Rule("no-year-group", _("No year group"), (Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _CENSUS, no_year_group),
    Rule("odd-year-group", _("Year group and age"), (Need.CENSUS, Need.RECORD), _SHOULD, _HERE, OURS, odd_year_group),
    Rule("odd-birth", _("Date of birth"), (Need.CENSUS, Need.RECORD), _SHOULD, _HERE, OURS, odd_birth),
    Rule("short-forename", _("Forename cut short"), (Need.CENSUS, Need.RECORD), _SHOULD, _HERE, _CENSUS, short_forename),
)  # fmt: skip
