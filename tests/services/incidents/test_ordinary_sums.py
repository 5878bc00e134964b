"""What rewards and ordinary behaviour come to: the record, the report to the family, the copy and the figure say the same."""

import dataclasses
from datetime import timedelta

from pupil_desk.documents.blocks import texts_of
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.incidents.ordinary_sums import OrdinarySum, ordinary_sum
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import figures, sheet
from pupil_desk.services.figures import FigureQuestion
from pupil_desk.services.figures.periods import year_of
from pupil_desk.services.incidents import recording
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import DAY, Unit
from tests.services.paper_forms.office import family

YEAR = year_of(2026)
EXPECTED = OrdinarySum(rewards=3, reward_points=9, ordinary=2, ordinary_points=0)


def entered(unit: Unit) -> Pupil:
    """Three rewards with nine points and two of ordinary behaviour; beside them what does not count."""
    pupil, other = family(unit, "Ada"), family(unit, "Bea")
    lines = [("effort", 4), ("kindness", 5), ("progress", None), ("disruption", None), ("refusal", None), ("effort", 7)]
    for back, (kind, points) in enumerate(lines):
        entry = Incident(pupil_id=pupil.id, kind=kind, day=DAY - timedelta(days=back), account="In a line", part="took-part", points=points)
        recording.enter(unit.desk, [entry, dataclasses.replace(entry, pupil_id=other.id, part="saw")])
    last = recording.of_pupil(unit.desk, pupil.id)[-1].now
    recording.strike(unit.desk, [last.entry_id], "Entered twice")
    return pupil


def test_the_record_the_report_the_copy_and_the_figure_say_the_same(unit: Unit) -> None:
    pupil = entered(unit)
    recording.enter(unit.desk, [Incident(pupil_id=pupil.id, kind="threat", day=DAY, account="Words", part="took-part", points=2)])
    cases = recording.of_pupil(unit.desk, pupil.id)
    assert ordinary_sum(cases, YEAR.first, YEAR.last) == EXPECTED
    (report,) = progress_reports.reports(unit.desk, pupil.id)
    text = " ".join(texts_of(report.story))
    assert "Rewards and behaviour" in text
    for label, words in EXPECTED.facts:
        assert label in text
        assert words in text
    section = next(section for section in sheet.everything(unit.desk, pupil.id) if section.name == "incidents")
    rows = [{name: value for name, _label, value, _words in entry.facts} for entry in section.entries]
    rewards = [row for row in rows if row["kind"] in ("effort", "kindness", "progress")]
    of_wordings = sum(row["points"] or 0 for row in rewards if not row["struck"])
    assert of_wordings - sum(row["points"] or 0 for row in rewards if row["struck"]) == EXPECTED.reward_points, (
        "each wording stands in a copy"
    )
    figure = figures.look(unit.desk, FigureQuestion("incidents", YEAR, "weeks"))
    assert figure.total_row is not None
    keys = ("rewards", "reward-points", "ordinary", "ordinary-points")
    assert tuple(figure.total_row.cells[figure.place(key)] for key in keys) == (3, 9, 2, 0)
    assert sum(row.cells[figure.place("reward-points")] for row in figure.rows) == 9  # type: ignore[misc]  # whole numbers, as nothing is hidden


def test_who_only_saw_it_has_none_and_other_days_do_not_count(unit: Unit) -> None:
    pupil = entered(unit)
    cases = recording.of_pupil(unit.desk, pupil.id)
    assert ordinary_sum(cases, DAY, DAY) == OrdinarySum(1, 4, 0, 0)
    other = next(
        one for one in (entry.now.pupil_id for entry in recording.of_incident(unit.desk, cases[0].now.incident_id)) if one != pupil.id
    )
    assert not ordinary_sum(recording.of_pupil(unit.desk, other), YEAR.first, YEAR.last)
    (report,) = progress_reports.reports(unit.desk, other)
    assert "Rewards and behaviour" not in " ".join(texts_of(report.story))


def test_a_unit_that_records_none_tells_none(unit: Unit) -> None:
    pupil = entered(unit)
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_incidents=False))
    (report,) = progress_reports.reports(unit.desk, pupil.id)
    assert "Rewards and behaviour" not in " ".join(texts_of(report.story))


def test_it_is_told_in_a_line() -> None:
    assert EXPECTED.sentence == "Rewards: 3 (9 points); ordinary behaviour: 2"
    assert OrdinarySum(1, 1, 0, 0).sentence == "Rewards: 1 (1 point); ordinary behaviour: 0"


def test_the_report_is_logged_as_telling_of_them_only_where_it_does(unit: Unit) -> None:
    quiet, pupil = family(unit, "Cleo"), entered(unit)
    for one in (quiet, pupil):
        progress_reports.log_printed(unit.desk, one.id)
        (row,) = unit.desk.vault.rows("SELECT fields FROM disclosure WHERE pupil_id = ?", (one.id,))
        assert ("incident.points" in row["fields"]) is (one is pupil)
        assert "mark.code" in row["fields"]
