"""The training unit's provider: one whose insurance runs out, with sessions that were returned and some that are still to be confirmed."""

from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.services.providers import provider_due, providers, pupil_sheet
from pupil_desk.store.rows import several
from tests.trained import training_unit


def test_there_is_a_provider_with_sessions_returned_and_to_be_confirmed(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    desk = training_unit(tmp_path / "unit.pupildesk", number=60, seed=1, clock=clock).desk
    (farm,) = providers.standings(desk)
    assert (farm.name, farm.is_named, farm.lacking) == ("Marden Farm", True, [])
    returned = [each for own_returns in several.by_pupil(desk.vault, ProviderReturn).values() for each in own_returns]
    assert {each.outcome for each in returned} == {"attended", "absent"}
    due = provider_due.providers_due(desk)
    assert due.sessions > 0
    assert [check.due for check in due.checks] == [date(2026, 12, 6)]
    assert len(pupil_sheet.sheets(desk, farm, farm.pupil_ids).items_by_pupil) == len(farm.pupil_ids)
