"""Plans: the versions of each, and what was done about it; only ever added."""

from collections.abc import Collection
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.learning.review import RecordedWording
from pupil_desk.domain.plans.plan import PlanCase, PlanStep, PupilPlan, that_stand
from pupil_desk.store.file.engine import Params
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, read, read_first, records_of
from pupil_desk.store.rows.same import among, as_kept, id_list, of_person


def add(vault: Vault, plan: PupilPlan, *, moment: str, actor: str, act: str) -> None:
    """Keep one further version of a plan."""
    insert(vault, "plan", plan, at=moment, recorded_by=actor, act=act)


def add_step(vault: Vault, step: PlanStep, *, moment: str, actor: str, act: str) -> None:
    """Keep what was done, or that it is taken back."""
    insert(vault, "plan_step", step, at=moment, recorded_by=actor, act=act)


def of_pupil(vault: Vault, pupil_id: str) -> list[PlanCase]:
    """A pupil's plans, struck ones among them, in the order of recording."""
    return _cases(vault, of_person("p"), (pupil_id,))


def entry(vault: Vault, entry_id: str) -> PlanCase | None:
    """One plan; None when there is none of that identity."""
    cases = _cases(vault, "p.entry_id = ?1", (entry_id,))
    return cases[0] if cases else None


def every(vault: Vault) -> list[PlanCase]:
    """All plans, struck ones among them, in the order of recording."""
    return _cases(vault, "1 = 1", ())


def kept_by(vault: Vault, act: str) -> list[tuple[PlanCase, bool]]:
    """The plans of which an act kept a version, and whether more was recorded of each after it."""
    ids = {row["id"] for row in vault.rows("SELECT id FROM plan WHERE act = ?", (act,))}
    cases = _cases(vault, "p.entry_id IN (SELECT o.entry_id FROM plan o WHERE o.act = ?1)", (act,))
    return [(case, case.now.id not in ids or any(step.plan_version_id in ids for step in case.steps)) for case in cases]


def step(vault: Vault, step_id: str) -> PlanStep | None:
    """One step, whether it stands or not."""
    return read_first(vault, PlanStep, f"SELECT {columns(PlanStep)} FROM plan_step WHERE id = ?", (step_id,))


def kinds_running(vault: Vault, day: date, ids: Collection[str] | None = None) -> dict[str, list[str]]:
    """The kinds of the plans that run on a day, by pupil, of everybody or of these: by the last version of each."""
    rows = vault.rows(
        f"""SELECT {as_kept("p.pupil_id")} AS pupil_id, p.kind FROM plan p
            WHERE p.struck IS NULL AND p.made_on <= ?1 AND (p.ended_on IS NULL OR p.ended_on >= ?1) AND {among("p.pupil_id", 2)}
              AND NOT EXISTS (SELECT 1 FROM plan later WHERE later.entry_id = p.entry_id AND later.seq > p.seq) ORDER BY p.seq""",
        (day.isoformat(), id_list(ids)),
    )
    return grouped((row["pupil_id"], row["kind"]) for row in rows)


def kinds_of_events(vault: Vault, event_ids: Collection[str]) -> dict[str, str]:
    """The kinds of the plans that these are, or are steps of, by the identity given; of what is neither, or was erased, nothing."""
    rows = vault.rows(
        """SELECT p.entry_id AS id, p.kind FROM plan p WHERE p.entry_id IN (SELECT value FROM json_each(?1))
           UNION SELECT t.id, p.kind FROM plan_step t JOIN plan p ON p.entry_id = t.entry_id WHERE t.id IN (SELECT value FROM json_each(?1))""",
        (id_list(event_ids),),
    )
    return {row["id"]: row["kind"] for row in rows}


def any_on_file(vault: Vault) -> bool:
    """Whether there is any plan, struck out or not."""
    return vault.first_row("SELECT 1 FROM plan LIMIT 1") is not None


def _cases(vault: Vault, condition: str, values: Params) -> list[PlanCase]:
    """``condition`` is a condition of ours on the rows ``p``, never from outside; it holds of all the versions of a plan or of none."""
    rows = vault.rows(
        f"""SELECT {columns(PupilPlan, "p")}, p.at, s.name AS by_name
            FROM plan p LEFT JOIN staff s ON s.id = p.recorded_by WHERE {condition} ORDER BY p.seq""",
        values,
    )
    if not rows:
        return []
    steps = grouped(
        (step.entry_id, step)
        for step in read(
            vault,
            PlanStep,
            f"""SELECT {columns(PlanStep, "t")} FROM plan_step t
                WHERE t.entry_id IN (SELECT p.entry_id FROM plan p WHERE {condition}) ORDER BY t.seq""",
            values,
        )
    )
    versions = grouped(
        (plan.entry_id, RecordedWording(plan, row["at"], row["by_name"] or ""))
        for row, plan in zip(rows, records_of(PupilPlan, rows), strict=True)
    )
    return [PlanCase(tuple(of_plan), tuple(that_stand(steps.get(entry_id, ())))) for entry_id, of_plan in versions.items()]


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """Every version of a pupil's plans, with who recorded it and when."""
    return vault.rows(
        f"""SELECT {columns(PupilPlan, "p")}, p.at, s.name AS recorded_by FROM plan p LEFT JOIN staff s ON s.id = p.recorded_by
            WHERE {of_person("p")} ORDER BY p.entry_id, p.seq""",
        (pupil_id,),
    )


def steps_of(vault: Vault, pupil_id: str) -> list[Row]:
    """Everything done about a pupil's plans, with the kind of the plan (``of_plan``), and who recorded it and when; of one taken back also why (``back_because``)."""
    return vault.rows(
        f"""SELECT (SELECT p.kind FROM plan p WHERE p.entry_id = t.entry_id LIMIT 1) AS of_plan, {columns(PlanStep, "t")}, t.at, s.name AS recorded_by,
              (SELECT r.note FROM plan_step r WHERE r.takes_back = t.id) AS back_because
            FROM plan_step t LEFT JOIN staff s ON s.id = t.recorded_by WHERE {of_person("t")} AND t.takes_back IS NULL ORDER BY t.seq""",
        (pupil_id,),
    )
