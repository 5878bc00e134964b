"""Each number in the help is the constant, the setting or the rule that decides it: one that is changed leaves no false sentence.

What a file of rules decides is put in by a place such as ``{limit:ill-days}``; every other number stands here with what decides it.
"""

import dataclasses
import inspect
import re
from pathlib import Path

import pytest

import pupil_desk.ui
from pupil_desk.basics.apart import failure
from pupil_desk.basics.dates import MONTHS
from pupil_desk.basics.errors import Known
from pupil_desk.basics.places import resource
from pupil_desk.documents.redaction import pixels
from pupil_desk.documents.scans import scan_files
from pupil_desk.domain.catalogue.items import Kind, items_of
from pupil_desk.domain.consents import consent
from pupil_desk.domain.governance import deadlines as law
from pupil_desk.domain.governance import erasure_case
from pupil_desk.domain.learning import assessment, next_steps
from pupil_desk.domain.leave.leave_request import leave_codes
from pupil_desk.domain.papers import attachment
from pupil_desk.domain.providers import provider
from pupil_desk.domain.pupils.sending import sending_rules
from pupil_desk.domain.register import attendance
from pupil_desk.domain.register.authority_returns import limits
from pupil_desk.domain.requests import steps as request_steps
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM as OWN
from pupil_desk.domain.sharing.sharing import YOUTH_SUPPORT_FROM as YOUTH
from pupil_desk.domain.suspensions import limit, review, suspension
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.backup import backups, drill, keeping
from pupil_desk.services.consents import trips_due, types
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.whole import packing
from pupil_desk.services.figures import anonymous
from pupil_desk.services.home import deadline_calendar, deadlines
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.packs import paper as copy
from pupil_desk.services.program import help_tables
from pupil_desk.services.program.guides import chapters, text_of
from pupil_desk.services.providers import provider_due
from pupil_desk.services.quality import rule
from pupil_desk.services.register import watching
from pupil_desk.services.suspensions import marks
from pupil_desk.services.unit import clock_doubt
from pupil_desk.services.unit.settings import check_settings
from pupil_desk.store.file import checks, passwords, tries, upgrade
from pupil_desk.store.file.second_key import sheets
from pupil_desk.ui.kit.talk import passphrase
from pupil_desk.ui.kit.watch import clipboard
from pupil_desk.ui.pages.forms import confirming
from pupil_desk.ui.pages.home import cards
from tests import registers

_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
_SHARES = {50: "half", 10: "a tenth"}


def word(number: float) -> str:
    """As a sentence says it: in a word up to fifteen, and fifty."""
    return "fifty" if number == 50 else _WORDS[int(number)]


def mega(size: int) -> str:
    return f"{size // attachment.MEGA} MB"


AGES = ", ".join(map(str, coming_of_age.AGES[:-1])) + f" or {coming_of_age.AGES[-1]}"
TRIPS = inspect.signature(trips_due.trips_due).parameters["within_days"].default
DAY_SIX = suspension._DAY_SIX_PLACE // 2 + 1
_COMING = f"in the next {coming_of_age.AHEAD.days} days"

DECIDED = {
    "09-statistics": [f"from {anonymous._SETTLED[1]} {MONTHS[anonymous._SETTLED[0] - 1]} on"],
    "01-home": [
        f"the next {word(cards._WEEK.days)} days",
        f"counts for {deadline_calendar.AHEAD.days} days",
        f"none for {word(backups.DUE)} days; red without one, or none for {word(backups.LATE)}.",
        f"in the last {word(watching._LOOKED_BACK)} school days",
        f"without a reason** for {word(watching._SETTLED_WITHIN)} school days",
        f"{_SHARES[attendance.SEVERE]}, and {_SHARES[attendance.PERSISTENT]}, of the year’s sessions",
        f"within {deadlines.AHEAD} days",
        f"Turning {AGES}** {_COMING}",
        f"Trips** in the next {TRIPS} days",
        f"Years {' and '.join(next_steps._YEARS)},",
    ],
    "02-pupils": [
        f"*{word(sheets.NUMBER).capitalize()} sheets for the key",
        f"up to {mega(attachment.MOST_BYTES)} and {attachment.MOST_PAGES} pages",
        f"room for {mega(attachment.MOST_IN_ALL)}",
    ],
    "02-suspensions": [
        "2 for a school day, 1 for a lunchtime",
        f"up to {word(len(suspension.REASONS))} reasons",
        f"first {word(marks._BEFORE_DAY_SIX / 2)} school days: from day {word(DAY_SIX)} mark",
        f"at most {limit.MOST_DAYS:g} school days",
        f"Over {limit.MOST_DAYS:g} a decision",
        f"over {limit._MANY:g} days in the term",
        f"Over {limit._VERY_MANY:g} days in the term",
        f"within {limit._AUTOMATIC_WITHIN} school days. Over {limit._MANY:g} days: within {limit._ON_REQUEST_WITHIN},",
        f"| Education from day {word(DAY_SIX)} |",
        f"after {limit.MOST_DAYS:g} school days out",
        f"Sure of the {limit.MOST_DAYS:g} days",
        f"review ({review._ASK_WITHIN}) and for thinking again ({review._AGAIN_WITHIN})",
    ],
    "03-sharing": [
        f"from {OWN} the pupil alone",
        f"a pupil of {YOUTH} or more",
        f"Who turns {AGES} {_COMING}. At {YOUTH}, give",
        f"**At {OWN}** choose",
        f"in the list for {coming_of_age.BACK.days} days. At {coming_of_age.OF_AGE} nobody",
    ],
    "04-consents": [f"From {consent.ADULT} nobody else decides", f"no wins under {consent.ADULT}", f"terms before {OWN} the pupil"],
    "04-forms": [f"at {scan_files.DOTS_PER_INCH} dots to the inch", f"{word(confirming.AT_ONCE)} at most"],
    "02-registers-on-paper": [
        f"at {scan_files.DOTS_PER_INCH} dots to the inch",
        f"{word(round(registers.MOST_WRONG * 1000))} mark in a thousand may be read wrong unasked",
        f"hardly visible, {word(round(registers.MOST_MISSED * 100))} in a hundred",
    ],
    "04-notices": [f"a pupil from {OWN}."],
    "04-requests": [
        f"| {word(law.ANSWER_MONTHS).capitalize()} month from receipt;",
        f"| {word(law.EXTENDED_MONTHS - law.ANSWER_MONTHS).capitalize()} months more,",
        f"within {law.ACKNOWLEDGE_DAYS} days that we have it",
        f"from {request_steps.ADULT} the pupil’s signature",
        f"{law.MARKS_MONTHS} months after the request, or {law.MARKS_DAYS} days after results",
    ],
    "02-providers": [f"teaches {word(provider.MOST_FULL_TIME + 1)} or more pupils", f"runs out within {provider_due.AHEAD} days"],
    "02-leave": [
        (
            f"{leave_codes('family').given}; {leave_codes('performance').given} for a performance, "
            f"{leave_codes('interview').given} for an interview, {leave_codes('study').given} for study"
        ),
        f"{leave_codes('holiday').not_given} for a holiday, else {leave_codes('other').not_given}",
    ],
    "02-safeguarding": [f"*{word(sheets.NUMBER).capitalize()} sheets for the key"],
    "06-exports": [f"Over {mega(packing.MOST)} of papers", f"at most {frozen.MOST_YEARS} years"],
    "07-backup": [
        f"the latest of {keeping.DAYS} days, {keeping.WEEKS} weeks and {keeping.MONTHS} months",
        f"kept {upgrade.KEPT_DAYS} days, the last {word(upgrade.KEPT)} longer",
        "## Three copies",
    ],
    "08-data-protection": [f"within {law.REPORT_HOURS} hours", f"at least {erasure_case.ALONE_WAIT} days"],
    "11-users": [
        f"at least {passwords.LEAST_CHARACTERS} characters, or {word(passwords.LEAST_WORDS)} different words",
        f"*{word(sheets.NUMBER).capitalize()} sheets for the key",
    ],
    "card-assistant-head": [f"A pupil turns {OWN}", f"Arrange day {word(DAY_SIX)},"],
    "card-data-officer": [f"a copy within {word(law.ANSWER_MONTHS)} month", f"within {law.REPORT_HOURS} hours"],
    "copies": [
        f"`format` is `{copy.FORMAT}`, `version` {copy.VERSION}.",
        f"a picture of {pixels.DOTS_PER_INCH:g} dots to the inch (of a very large sheet fewer)",
    ],
    "results-allowed": [f"pupil’s {assessment._YOUNGEST}th birthday"],
    "safety": [
        f"Use {word(passwords.LEAST_WORDS)} unrelated words",
        f"after {clipboard.KEPT_FOR} seconds",
        f"may take {failure.MOST_SECONDS:g} seconds, and {mega(failure.MOST_MEMORY)} of memory beside the file",
        f"{failure.MOST_SECONDS:g} seconds for each page",
        f"more than {clock_doubt._FORWARD_BY.days} days ahead",
        f"before {clock_doubt._FIRST_YEAR} or after {clock_doubt._LAST_YEAR}",
        "## Backups: three, two, one\n\nThree copies",
        f"until {word(sheets.NUMBER)} sheets are made",
        f"After {word(tries.FREE)} wrong ones there is a wait of a second, then two, four, up to a minute",
        f"the latest {word(tries._MOST_TOLD)} of them",
        f"the last {checks.TAIL:,} rows",
    ],
    "sharing-rules": [
        f"before the {YOUTH}th birthday | the service is for {YOUTH} to 19",
        f"| Under {OWN}, a parent may",
        f"| From {OWN} only the pupil may",
        f"| From {YOUTH}, no parent has said",
        f"| From {OWN}, the pupil has not been asked",
        f"## Providers after {OWN}",
        f"| Under {OWN} nothing goes",
        "speaks of pupils of 16 and over",
        f"| From {OWN} the pupil’s latest",
        f"| From {OWN} and not asked",
        "born on 29 February is a year older on 1 March",  # basics.dates.birthday
        f"A pupil of {OWN} gets a notice too",
    ],
}
"""Of each chapter what it says with a number, made from what decides it."""

HELD_ELSEWHERE = {
    "80-install": "what the installer needs, and Windows: its trial",
    "81-technician": "the installer’s exit codes: below",
    "82-windows-checks": "what a person does on a real PC",
    "83-screen-reader-checks": "what a person presses and hears",
    "90-command-line": "tests/cli",
    "91-accessibility": "test_accessibility",
    "ctf": "tests/services/formats/test_ctf, tests/services/exports/test_ctf_round_trip",
    "exports-columns": "test_help",
    "school-census": "tests/services/formats/test_census",
    "scripts": "tests/documents/test_scripts",
    "tried": "tests/acceptance/test_numbers",
}

_NO_NUMBER = re.compile(
    r"""\]\([^)]*\) | `[^`]*` | \{[^}]*\}                                                     # links, what is typed, what the program puts in
    | ^\d\.\s | \bP\d{4}\b | \bF\d\b | \bCtrl\+\d\b | \bShift\+F1\b | \bC2\b | \b7-Zip\b | \bAES-256\b
    | \b(?:Regulation|Articles?|sections?|schedules?|paragraphs?)\ [\d()]+(?:(?:,|\ and|\ to)\ [\d()]+)* | \band\ 35\ to\ 38\b     # of the law
    | \bAct\ \d{4}\b | \bSI\ \d{4}/\d+ | \bWP260\ rev\.01 | \bsince\ 19\ June\ 2026 | \bon\ 28\ November\ 2026 | \bin\ November\ 2026
    | \breasons\ of\ 2026 | \b1\ August\b | \bafter\ (?:14|six\ months)\b | \bday\ six\b | \b(?:13)\ and\ 14\b | \bat\ 100\ % | \bstatus\ is\ 3\b
    | \babout\ \w+\ pages\b | \bFive\ things\ to\ know\b | \bdoes\ three\b""",
    re.VERBOSE | re.MULTILINE,
)
_NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|fifty|tenth)\b", re.IGNORECASE
)


def raw(name: str) -> str:
    return resource("help", f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [chapter.name for chapter in chapters() if chapter.name not in HELD_ELSEWHERE])
def test_each_number_is_what_decides_it(name: str) -> None:
    text = raw(name)
    for said in DECIDED.get(name, ()):
        assert said in text, said
        text = text.replace(said, " ")
    left = _NO_NUMBER.sub(" ", text)
    assert [left[max(0, found.start() - 40) : found.end() + 20] for found in _NUMBER.finditer(left)] == []


def test_what_a_file_of_rules_decides_is_put_in_from_there() -> None:
    home, pupils, consents, requests = (text_of(name) for name in ("01-home", "02-pupils", "04-consents", "04-requests"))
    assert (
        f"without leave** for {limits()['unauthorised_days'].value} school days, and **Ill** for {limits()['sickness_days'].value}:" in home
    )
    assert f"counts for {rule.limits()['nothing_known_days']} days" in pupils
    assert f"From {types.shipped()['sex-education'].type.pupil_no_terms} terms before" in consents
    assert f"no later than {sending_rules().school_days} school days" in text_of("ctf")
    assert f"for {sending_rules().late_school_days} school days more" in text_of("ctf")
    unit = UnitSettings(name="", la="", estab="")
    assert f"| {unit.record_days} school days too" in requests
    assert f"after {unit.reminder_days} school days" in text_of("sharing-rules")
    assert "{" not in re.sub(r"\{\{[^}]*\}\}|`[^`]*`", "", "".join(text_of(chapter.name) for chapter in chapters()))


def test_the_returns_of_the_register_say_the_days_that_make_them_due() -> None:
    attendance_return, sickness = (next(export for export in EXPORTS if export.name == name) for name in ("la-attendance", "la-sickness"))
    unauthorised, ill = (f"{word(limits()[name].value)} school days" for name in ("unauthorised_days", "sickness_days"))
    for text, said in (
        (attendance_return.purpose, unauthorised),
        (attendance_return.covers, unauthorised),
        (sickness.purpose, ill),
        (sickness.covers, ill),
        (sickness.spec, ill.capitalize()),
    ):
        assert said in text


def test_a_place_with_a_name_that_nothing_decides_is_no_number() -> None:
    with pytest.raises(KeyError):
        help_tables.filled("{limit:full-moons}")


def every_kind(error: type[Known]) -> set[type[Known]]:
    return {error, *(each for kind in error.__subclasses__() for each in every_kind(kind))}


def test_the_exit_statuses_are_those_of_the_errors() -> None:
    told = {int(number) for number in re.findall(r"^\| (\d) \|", raw("90-command-line"), re.MULTILINE)}
    assert told == {0, *(error.status for error in every_kind(Known))}
    assert f"{word(drill.READ)} records are read" in raw("90-command-line")


def test_the_exit_codes_are_those_of_the_installer() -> None:
    script = (Path(__file__).parents[4] / "installers" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    told = {
        int(number) for number in re.findall(r"(?:: |, )(\d)\s[a-z]", raw("81-technician").partition("Exit codes")[2].partition("\n")[0])
    }
    assert told == {0, 1, *map(int, re.findall(r"^ +Push (\d)$", script, re.MULTILINE))}


def test_a_copied_secret_goes_as_soon_as_anything_copied() -> None:
    assert passphrase.CLEARED_AFTER == clipboard.KEPT_FOR * 1_000


def test_the_fifth_wrong_password_is_the_first_that_waits() -> None:
    assert "the fourth says that a wait comes" in raw("safety")
    assert (word(tries.FREE - 1), tries.LONGEST) == ("four", 60)


def test_the_hint_of_a_setting_says_which_numbers_it_takes() -> None:
    unit = UnitSettings(name="Larkfield", la="919", estab="1100")
    ranges = {
        item.name: found
        for item in items_of(UnitSettings)
        if item.kind is Kind.NUMBER and (found := re.match(r"(\d+) to (\d+)\b", item.hint))
    }
    assert len(ranges) == 6

    def refused(name: str, number: int) -> bool:
        return any(problem.column == name for problem in check_settings(dataclasses.replace(unit, **{name: number})))

    for name, found in ranges.items():
        least, most = map(int, found.groups())
        assert [refused(name, number) for number in (least - 1, least, most, most + 1)] == [True, False, False, True], name


def test_what_is_said_of_a_password_is_the_rule() -> None:
    said = f"at least {passwords.LEAST_CHARACTERS} characters, or {word(passwords.LEAST_WORDS)} different words"
    assert said in (passwords.weakness("short") or "")
    code = "".join(path.read_text(encoding="utf-8") for path in Path(pupil_desk.ui.__file__).parent.rglob("*.py"))
    told = re.findall(r"t least (?:\d+ characters|\w+ different)[^\"]*", code)
    assert len(told) == 4
    assert {text.rstrip(".") for text in told} == {said[1:]}
