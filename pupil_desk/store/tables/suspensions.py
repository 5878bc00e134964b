"""Suspensions: decisions, their sessions and their events, only ever added."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionCase, SuspensionEvent, SuspensionSession
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, insert_all, read, records_of
from pupil_desk.store.rows.same import among, as_kept, id_list, of_person


def add(
    vault: Vault, suspension: Suspension, sessions: Sequence[SuspensionSession], *, moment: str, actor: str, source: str, act: str = ""
) -> None:
    """Record a decision with its sessions. ``source`` is «form» or «import»."""
    insert(vault, "suspension", suspension, at=moment, recorded_by=actor, source=source, act=act)
    insert_all(vault, "suspension_session", sessions, {})


def add_event(vault: Vault, event: SuspensionEvent, *, moment: str, actor: str, act: str = "") -> None:
    """Record what became of a decision, or a step taken."""
    insert(vault, "suspension_event", event, at=moment, recorded_by=actor, act=act)


def added_by(vault: Vault, act: str) -> list[Row]:
    """The decisions of which an act recorded something: whose, which, whether it is the act's own (``of_act``), whether the act said
    that it has ended (``ended``), and whether something was recorded after the act (``since``)."""
    return vault.rows(
        f"""SELECT d.decision, (SELECT {as_kept("o.pupil_id")} FROM suspension o WHERE o.decision = d.decision LIMIT 1) AS pupil_id,
             NOT EXISTS (SELECT 1 FROM suspension o WHERE o.decision = d.decision AND o.act <> ?1) AS of_act,
             EXISTS (SELECT 1 FROM suspension_event e WHERE e.decision = d.decision AND e.act = ?1) AS ended,
             EXISTS (SELECT 1 FROM suspension o WHERE o.decision = d.decision AND o.act <> ?1
               AND o.seq > (SELECT min(x.seq) FROM suspension x WHERE x.decision = d.decision AND x.act = ?1))
             OR NOT EXISTS (SELECT 1 FROM suspension o WHERE o.decision = d.decision AND o.act <> ?1)
               AND EXISTS (SELECT 1 FROM suspension_event e WHERE e.decision = d.decision AND e.act <> ?1) AS since
           FROM (SELECT decision FROM suspension WHERE act = ?1 UNION SELECT decision FROM suspension_event WHERE act = ?1) d""",
        (act,),
    )


def before(vault: Vault, pupil_id: str, decision: str, act: str) -> SuspensionCase | None:
    """A decision as it was entered before an act put it right; None where the act was the first to enter it."""
    rows = vault.rows(
        f"""SELECT {columns(Suspension, "s")} FROM suspension s WHERE {of_person("s")} AND s.decision = ?2
           AND s.seq < (SELECT min(x.seq) FROM suspension x WHERE x.decision = ?2 AND x.act = ?3) ORDER BY s.seq DESC LIMIT 1""",
        (pupil_id, decision, act),
    )
    if not rows:
        return None
    suspension = records_of(Suspension, rows)[0]
    sessions = read(
        vault,
        SuspensionSession,
        f"SELECT {columns(SuspensionSession)} FROM suspension_session WHERE suspension_id = ? ORDER BY day, session",
        (suspension.id,),
    )
    return SuspensionCase(suspension, tuple((session.day, session.session) for session in sessions))


_HOLDS = "s.seq = (SELECT max(o.seq) FROM suspension o WHERE o.decision = s.decision)"


def of_pupil(vault: Vault, pupil_id: str) -> list[SuspensionCase]:
    """A pupil's decisions as they hold, the earliest first."""
    return _cases(vault, of_person(), (pupil_id,))[pupil_id]


def pupils_since(vault: Vault, day: date) -> list[str]:
    """The pupils about whom something was decided that begins on that day or later."""
    rows = vault.rows(f'SELECT DISTINCT {as_kept("s.pupil_id")} AS pupil_id FROM suspension s WHERE s."start" >= ?', (day.isoformat(),))
    return [row["pupil_id"] for row in rows]


def by_pupil(vault: Vault) -> defaultdict[str, list[SuspensionCase]]:
    """Every pupil's decisions as they hold, the earliest first."""
    return _cases(vault, "1 = 1", ())


def of_some(vault: Vault, ids: Collection[str]) -> defaultdict[str, list[SuspensionCase]]:
    """The decisions of these pupils as they hold, the earliest first."""
    return _cases(vault, among("pupil_id", 1), (id_list(ids) or "",)) if ids else defaultdict(list)


def _cases(vault: Vault, condition: str, values: tuple[str, ...]) -> defaultdict[str, list[SuspensionCase]]:
    """``condition`` is a condition of ours on ``pupil_id``, never from outside."""
    sessions = grouped(
        (session.suspension_id, session)
        for session in read(
            vault,
            SuspensionSession,
            f"SELECT {columns(SuspensionSession)} FROM suspension_session WHERE {condition} ORDER BY day, session",
            values,
        )
    )
    events = grouped(
        (event.decision, event)
        for event in read(
            vault, SuspensionEvent, f"SELECT {columns(SuspensionEvent)} FROM suspension_event WHERE {condition} ORDER BY seq", values
        )
    )
    cases_by_pupil: defaultdict[str, list[SuspensionCase]] = defaultdict(list)
    rows = vault.rows(
        f"""SELECT {columns(Suspension, "s")}, (SELECT o.source FROM suspension o WHERE o.decision = s.decision ORDER BY o.seq LIMIT 1) AS source
           FROM suspension s WHERE {condition} AND {_HOLDS} ORDER BY s."start", s.session, s.seq""",
        values,
    )
    for row, suspension in zip(rows, records_of(Suspension, rows), strict=True):
        halves = tuple((session.day, session.session) for session in sessions[suspension.id])
        case = SuspensionCase(suspension, halves, tuple(events[suspension.decision]), imported=row["source"] == "import")
        cases_by_pupil[suspension.pupil_id].append(case)
    return cases_by_pupil


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """Every row of a pupil's decisions, those put right since too, with who entered it and when."""
    return vault.rows(
        f"""SELECT {columns(Suspension, "s")}, s.at, s.source, t.name AS recorded_by
            FROM suspension s LEFT JOIN staff t ON t.id = s.recorded_by
            WHERE {of_person("s")} ORDER BY s."start", s.decision, s.seq""",
        (pupil_id,),
    )


def events_of(vault: Vault, pupil_id: str) -> list[Row]:
    """Every event of a pupil's decisions, with the decision's first day (``of``), and who entered it and when."""
    return vault.rows(
        f"""SELECT (SELECT s."start" FROM suspension s WHERE s.decision = e.decision ORDER BY s.seq DESC LIMIT 1) AS of,
              {columns(SuspensionEvent, "e")}, e.at, t.name AS recorded_by
            FROM suspension_event e LEFT JOIN staff t ON t.id = e.recorded_by WHERE {of_person("e")} ORDER BY e.seq""",
        (pupil_id,),
    )


def sessions_of(vault: Vault, pupil_id: str) -> list[Row]:
    """Every session of a pupil's decisions as they hold, in order."""
    return vault.rows(
        f"""SELECT {columns(SuspensionSession, "p")} FROM suspension_session p JOIN suspension s ON s.id = p.suspension_id
            WHERE {of_person("p")} AND {_HOLDS} ORDER BY p.day, p.session""",
        (pupil_id,),
    )
