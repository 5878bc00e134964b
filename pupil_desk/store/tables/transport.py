"""How pupils come and go: the routes, and whether any journey is on file. Plain SQL."""

from datetime import date

from pupil_desk.domain.transport.route import Route
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import columns, insert, read, read_first
from pupil_desk.store.tables import keyed_amendments


def all_routes(vault: Vault) -> list[Route]:
    """The routes of which anything is on file, by name."""
    return read(vault, Route, f"SELECT {columns(Route)} FROM route ORDER BY key")


def of_key(vault: Vault, key: str) -> Route | None:
    """The route of that key."""
    return read_first(vault, Route, f"SELECT {columns(Route)} FROM route WHERE key = ?", (key,))


def add(vault: Vault, route: Route) -> None:
    """Keep a new one."""
    insert(vault, "route", route, key=route.key)


def rename(vault: Vault, route: Route) -> None:
    """Keep another name of one. A sheet that was printed bears the old one, and so no longer says what is so."""
    vault.execute(
        "UPDATE route SET name = ?, key = ?, sheet_digest = iif(sheet_day IS NULL, NULL, '') WHERE id = ?",
        (route.name, route.key, route.id),
    )


def see_staff(vault: Vault, key: str, day: date) -> None:
    """Keep the day on which somebody said last that the driver and the escort of a route are right."""
    vault.execute("UPDATE route SET staff_day = ? WHERE key = ?", (day.isoformat(), key))


def days_of(vault: Vault) -> tuple[set[str], dict[str, date]]:
    """The keys of the routes of which a sheet was printed; and by key of those with a driver or an escort the day on which somebody said last that they are right."""
    rows = vault.rows("SELECT key, sheet_day, driver, escort, staff_day FROM route")
    staff_days = {row["key"]: date.fromisoformat(row["staff_day"]) for row in rows if row["staff_day"] and (row["driver"] or row["escort"])}
    return {row["key"] for row in rows if row["sheet_day"]}, staff_days


def remove(vault: Vault, key: str) -> None:
    """Take away the route of that key, with what files changed of it."""
    route = of_key(vault, key)
    if route is not None:
        keyed_amendments.remove(vault, "route", route.id)


def keep_sheet(vault: Vault, key: str, day: date, digest: str) -> None:
    """Keep the day on which the sheet of a route was printed last, and the digest of what it said."""
    vault.execute("UPDATE route SET sheet_day = ?, sheet_digest = ? WHERE key = ?", (day.isoformat(), digest, key))


def last_sheet(vault: Vault, key: str) -> tuple[date, str] | None:
    """The day and the digest of the sheet that was printed last; None for none."""
    row = vault.first_row("SELECT sheet_day, sheet_digest FROM route WHERE key = ? AND sheet_day IS NOT NULL", (key,))
    return (date.fromisoformat(row["sheet_day"]), row["sheet_digest"]) if row is not None else None


def any_on_file(vault: Vault) -> bool:
    """Whether any journey is on file."""
    return vault.first_row("SELECT 1 FROM journey LIMIT 1") is not None
