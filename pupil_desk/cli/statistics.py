"""statistics: the anonymous statistics of a school year that is over."""

import dataclasses

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, join_words
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.services.figures.anonymous import statistics as statistics_of
from pupil_desk.services.figures.anonymous import years
from pupil_desk.services.figures.anonymous_file import SUFFIX, log_given, statistics_name, workbook
from pupil_desk.services.saving import Saving


def statistics(call: Call) -> int:
    """Write the tables of a school year as a workbook, small numbers hidden in all of them together."""
    with signed_in(call) as desk:
        years_by_start = {year.first.year: year for year in years(desk)}
        year = years_by_start.get(call.args.year)
        if year is None:
            labels = join_words([candidate.label for candidate in years_by_start.values()]) or _("none")
            raise WrongUse(_("Statistics are of a school year that is over. There are: {years}.").format(years=labels))
        year_statistics = statistics_of(desk, year)
        with Saving(call.args.to) as saving:
            saving.keep(statistics_name(year), SUFFIX, workbook(desk, year_statistics))
            log_given(desk, year_statistics)
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files],
        "year": year.first.year,
        "tables": [table.title for table in year_statistics.tables],
        "numbers": year_statistics.count,
        "hidden": year_statistics.hidden_count,
        "limit": year_statistics.limit,
    }
    sentence = _("{year}: {hidden} of {count} numbers are hidden.").format(
        year=year.label, hidden=year_statistics.hidden_count, count=year_statistics.count
    )
    call.speaker.result(document, sentence, saving.words)
    return 0
