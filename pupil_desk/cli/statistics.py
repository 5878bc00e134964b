"""statistics: the anonymous statistics of a school year that is over."""

import dataclasses

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, join_words
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.services.figures.anonymous import why_not, years
from pupil_desk.services.figures.anonymous_file import SUFFIX, given_statistics, log_given, statistics_name
from pupil_desk.services.figures.beside import question_beside_figures
from pupil_desk.services.figures.periods import year_of
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving


def statistics(call: Call) -> int:
    """Write the tables of a school year as a workbook, small numbers hidden in all of them together."""
    with signed_in(call) as desk:
        desk.require(Action.EXPORT)
        years_by_start = {year.first.year: year for year in years(desk)}
        year = years_by_start.get(call.args.year)
        if year is None:
            labels = join_words([candidate.label for candidate in years_by_start.values()]) or _("none")
            reason = why_not(desk, year_of(call.args.year)) or _("Nothing is on file of that year.")
            raise WrongUse(_("{reason} There are: {years}.").format(reason=reason, years=labels))
        given, beside_words = given_statistics(desk, year), question_beside_figures(desk, year)
        with Saving(call.args.to) as saving:
            saving.keep(statistics_name(year), SUFFIX, given.book)
            log_given(desk, given)
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files],
        "year": year.first.year,
        "tables": [*given.tables],
        "numbers": given.count,
        "hidden": given.hidden_count,
        "limit": given.limit,
    }
    sentence = _("{year}: {hidden} of {count} numbers are hidden.").format(year=year.label, hidden=given.hidden_count, count=given.count)
    if beside_words:
        call.speaker.aside(beside_words)
    call.speaker.result(document, sentence, saving.words)
    return 0
