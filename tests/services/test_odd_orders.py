"""Undoing, the recycle bin, merging, files and erasing, in any order: the file stays whole, and what only grows only grows."""

import contextlib
import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.errors import Known
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.services import bin as bins
from pupil_desk.services import changes, sheet
from pupil_desk.services.home import deadline_calendar, home
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.incidents import looking
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.pupils import finding, lists, pupils
from pupil_desk.services.schools import schools, weeks
from pupil_desk.services.schools.clashes import open_clashes
from pupil_desk.services.transport import routes
from pupil_desk.store.file import checks
from pupil_desk.store.rows import several
from tests.services.erasure.test_erasure import FOR_GOOD, GROWS
from tests.services.exports.made import DAY, new_unit
from tests.services.imports.made import ANN
from tests.services.office import ACTS, Office


def whole(desk: Any) -> None:
    """Nothing refers to nothing, the index is as a new one would be, and of a pupil in the recycle bin nothing hangs on the row."""
    vault = desk.vault
    assert vault.rows("PRAGMA foreign_key_check") == []
    said = {
        tuple(row)
        for row in vault.rows(
            "SELECT kind, CAST(record_id AS TEXT), pupil_id, own, more FROM find_words w "
            "WHERE NOT EXISTS (SELECT 1 FROM pupil p WHERE p.id = w.pupil_id AND p.same_as = p.id) "
            "AND NOT (kind = 'former_address' AND EXISTS (SELECT 1 FROM former_address_reversal r WHERE r.address_id = w.record_id))"
        )
    }
    held = [tuple(row) for row in vault.rows("SELECT kind, record_id, pupil_id, own, more FROM findable")]
    assert len(held) == len(set(held)), "twice in the index"
    assert set(held) == said
    for name in sorted(several.TABLES[kind] for kind in several.CHANGING):
        assert vault.rows(f"SELECT id FROM {name} WHERE pupil_id IN (SELECT id FROM pupil WHERE same_as = id)") == [], name
    for kind in ("pupil", "contact"):
        assert vault.rows(f"SELECT a.id FROM {kind} a JOIN {kind} b ON b.id = a.same_as WHERE b.same_as IS NOT NULL AND b.id <> a.id") == []
    assert vault.rows("SELECT upn FROM pupil WHERE upn IS NOT NULL GROUP BY upn HAVING count(*) > 1") == []


def readable(desk: Any) -> None:
    """All that lists, finds and tells what is on file does so."""
    for row in desk.vault.rows("SELECT id FROM pupil"):
        pupils.record(desk, row["id"])
        sheet.everything(desk, row["id"])
    list(pupils.listing(desk))
    for text in ("ash", "ware", "0116", ANN):
        finding.find(desk, text)
    for act in changes.recent(desk):
        changes.of_act(desk, act.key)
    bins.waiting(desk)
    past_imports(desk)
    home.tasks(desk)
    lists.cells(desk, list(lists.all_columns().values()))
    for look in (
        deadline_calendar.all_deadlines,
        looking.rows,
        open_clashes,
        schools.standings,
        providers.standings,
        routes.standings,
        returns.to_confirm,
    ):
        look(desk)
    list(weeks.weeks(desk, DAY - timedelta(days=7), DAY))


def grown(desk: Any) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of the tables that only grow."""
    return {
        name: {tuple(row) for row in desk.vault.rows(f'SELECT * FROM "{name}"')} for name in (*GROWS, *FOR_GOOD) if name != "erasure_order"
    }


def run(seed: int, steps: int) -> None:
    """So many steps by chance; a failure tells all that was done before it."""
    with tempfile.TemporaryDirectory() as folder:
        unit = new_unit(Path(folder) / "unit" / "unit.pupildesk")
        pick = random.Random(seed)
        office = Office(unit, pick)
        try:
            for _each in range(2):
                with contextlib.suppress(Known, Refused):
                    office.add_pupil()
            before = grown(unit.desk)
            for step in range(steps):
                name = pick.choice(ACTS)
                office.erased = False
                try:
                    getattr(office, name)()
                    office.told.append(name)
                except (Known, Refused) as said:
                    office.told.append(f"{name}: {said}")
                whole(unit.desk)
                now = grown(unit.desk)
                if not office.erased and name not in ("restrict_note", "drop_paper"):
                    for table_, rows in before.items():
                        assert rows <= now[table_], table_
                before = now
                if step % 5 == 4:
                    readable(unit.desk)
            readable(unit.desk)
            assert checks.verify_log(unit.desk.vault) == []
        except BaseException as error:
            error.add_note(f"seed {seed}\n" + "\n".join(office.told) + f"\nlast: {name}")
            raise
        finally:
            unit.desk.vault.close()


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_the_file_stays_whole_whatever_is_done_in_whatever_order(seed: int) -> None:
    run(seed, 40)
