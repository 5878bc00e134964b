"""Cases of requests and complaints, their events and letters, and the unit's list of places to search; all only ever added."""

from collections import defaultdict
from collections.abc import Sequence

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestLetter, SearchPlace
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, read, read_first
from pupil_desk.store.rows.same import of_person

_HOLDS = "c.seq = (SELECT max(o.seq) FROM request_case o WHERE o.id = c.id)"


def add_case(vault: Vault, case: RequestCase, *, moment: str, actor: str) -> None:
    """Record a case as received, or as put right."""
    insert(vault, "request_case", case, at=moment, recorded_by=actor)


def add_event(vault: Vault, event: RequestEvent, *, moment: str, actor: str) -> None:
    """Record a step of a case."""
    insert(vault, "request_event", event, at=moment, recorded_by=actor)


def add_letter(vault: Vault, letter: RequestLetter, *, moment: str, actor: str) -> None:
    """Record that a letter was sent, with its words."""
    insert(vault, "request_letter", letter, at=moment, recorded_by=actor)


def next_number(vault: Vault, year: int) -> int:
    """The number that the next case of a year bears; none is given twice while a later one stands."""
    row = vault.first_row("SELECT max(CAST(substr(ref, 7) AS INTEGER)) AS most FROM request_case WHERE ref LIKE ?", (f"R{year}-%",))
    return int(row["most"] or 0) + 1 if row else 1


def all_cases(vault: Vault) -> list[RequestCase]:
    """Every case as it holds, the latest received first."""
    return read(
        vault, RequestCase, f"SELECT {columns(RequestCase, 'c')} FROM request_case c WHERE {_HOLDS} ORDER BY c.received DESC, c.ref DESC"
    )


def of_pupil(vault: Vault, pupil_id: str) -> list[RequestCase]:
    """A pupil's cases as they hold, the latest received first."""
    return read(
        vault,
        RequestCase,
        f"SELECT {columns(RequestCase, 'c')} FROM request_case c WHERE {of_person('c')} AND {_HOLDS} ORDER BY c.received DESC, c.ref DESC",
        (pupil_id,),
    )


def get(vault: Vault, case_id: str) -> RequestCase | None:
    """A case as it holds."""
    return read_first(vault, RequestCase, f"SELECT {columns(RequestCase, 'c')} FROM request_case c WHERE c.id = ? AND {_HOLDS}", (case_id,))


def recorded_by(vault: Vault) -> dict[str, str]:
    """By case: the user who first recorded it."""
    return {row["id"]: row["recorded_by"] for row in vault.rows("SELECT id, recorded_by FROM request_case ORDER BY seq DESC")}


def events(vault: Vault) -> defaultdict[str, list[RequestEvent]]:
    """Every case's events, those taken back among them, in the order of recording."""
    return _by_case(read(vault, RequestEvent, f"SELECT {columns(RequestEvent, 'e')} FROM request_event e ORDER BY e.seq"))


def events_of(vault: Vault, case_id: str) -> list[RequestEvent]:
    """A case's events, those taken back among them, in the order of recording."""
    return read(
        vault, RequestEvent, f"SELECT {columns(RequestEvent, 'e')} FROM request_event e WHERE e.case_id = ? ORDER BY e.seq", (case_id,)
    )


def letters_of(vault: Vault, case_id: str) -> list[RequestLetter]:
    """A case's letters, the first one first."""
    return read(
        vault, RequestLetter, f"SELECT {columns(RequestLetter, 'l')} FROM request_letter l WHERE l.case_id = ? ORDER BY l.seq", (case_id,)
    )


def recordings(vault: Vault, case_id: str) -> list[Row]:
    """Who recorded each event of a case, and when: ``id``, ``at``, ``by``."""
    return vault.rows(
        """SELECT e.id, e.at, coalesce(s.name, e.recorded_by) AS by FROM request_event e LEFT JOIN staff s ON s.id = e.recorded_by
           WHERE e.case_id = ? ORDER BY e.seq""",
        (case_id,),
    )


def told_cases(vault: Vault, pupil_id: str) -> list[Row]:
    """Every wording of a pupil's cases, with who recorded it and when."""
    return vault.rows(
        f"""SELECT {columns(RequestCase, "c")}, c.at, s.name AS recorded_by FROM request_case c LEFT JOIN staff s ON s.id = c.recorded_by
            WHERE {of_person("c")} ORDER BY c.ref, c.seq""",
        (pupil_id,),
    )


def told_events(vault: Vault, pupil_id: str) -> list[Row]:
    """Every step of a pupil's cases, with the case's number, and who recorded it and when."""
    return vault.rows(
        f"""SELECT (SELECT c.ref FROM request_case c WHERE c.id = e.case_id LIMIT 1) AS case_ref, {columns(RequestEvent, "e")}, e.at,
              s.name AS recorded_by
            FROM request_event e LEFT JOIN staff s ON s.id = e.recorded_by WHERE {of_person("e")} ORDER BY e.seq""",
        (pupil_id,),
    )


def told_letters(vault: Vault, pupil_id: str) -> list[Row]:
    """Every letter of a pupil's cases, with the case's number, and who sent it and when."""
    return vault.rows(
        f"""SELECT (SELECT c.ref FROM request_case c WHERE c.id = l.case_id LIMIT 1) AS case_ref, {columns(RequestLetter, "l")}, l.at,
              s.name AS recorded_by
            FROM request_letter l LEFT JOIN staff s ON s.id = l.recorded_by WHERE {of_person("l")} ORDER BY l.seq""",
        (pupil_id,),
    )


def places(vault: Vault) -> list[SearchPlace]:
    """The places as the unit last said each; those no longer used among them."""
    return read(
        vault,
        SearchPlace,
        """SELECT p.place_id, p.name, p.hint, p.retired FROM search_place p
           WHERE p.seq = (SELECT max(o.seq) FROM search_place o WHERE o.place_id = p.place_id) ORDER BY (SELECT min(f.seq) FROM search_place f WHERE f.place_id = p.place_id)""",
    )


def add_place(vault: Vault, place: SearchPlace, *, moment: str, actor: str) -> None:
    """Record what a place is called now, or that it is no longer used."""
    insert(vault, "search_place", place, at=moment, set_by=actor)


def _by_case(events: Sequence[RequestEvent]) -> defaultdict[str, list[RequestEvent]]:
    return grouped((event.case_id, event) for event in events)
