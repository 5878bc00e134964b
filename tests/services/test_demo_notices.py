"""The demonstration holds two editions that differ in what one can name, files that were given, and people who have the notice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.notices import families, notice_copies, notice_editions, notice_words, notices
from pupil_desk.services.paper_forms import out
from pupil_desk.store.tables import notice_editions as store
from tests.trained import training_unit


@pytest.mark.parametrize("number", [1, 24])
def test_its_notices(tmp_path: Path, number: int) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))
    desk = training_unit(tmp_path / "unit.pupildesk", number=number, clock=clock).desk
    try:
        now, older = (one.edition for one in notice_editions.on_file(desk))
        assert now == notices.current_edition(desk)
        assert older.made_on < now.made_on
        told = " ".join(change.words for change in notice_editions.changes(desk, older, now))
        assert "Pat Moorcroft" in told
        assert "Larkshire Young People’s Service" in told
        assert [words.place for words in notice_words.words_of_every_place(desk) if words.draft] == [("en", "standard")]
        given = families.notices_given(desk)
        if number > 1:
            kept = [row for row in given if row.size is not None]
            assert kept
            assert notice_copies.given_file(desk, kept[0].issue.id).data.startswith(b"%PDF")
            assert any(row.acknowledged for row in given)
            said = [one for found in store.acknowledgements_by_pupil(desk.vault).values() for one in found]
            [on_slip] = [one for one in said if one.channel == "form"]
            assert on_slip.form_id, "a slip came back"
            assert on_slip.evidence, "and its page is kept"
            assert {one.channel for one in said} == {"form", "phone"}
            slips = [one for one in out.out(desk) if one.form.form_kind == "notice-slip"]
            assert len(slips) == 3
            assert on_slip.form_id not in {one.id for one in slips}
            assert any(row.number == older.number for row in given)
            assert any(row.acknowledged is None for row in given)
        assert all(one.lack.name in ("NEVER", "REISSUE") for one in families.waiting(desk))
    finally:
        desk.vault.close()
