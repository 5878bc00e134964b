"""Providers at which the unit buys places: who they are, the checks that were seen, and what they return. Plain SQL."""

from collections.abc import Iterable, Sequence
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.providers.provider import Provider, provider_key
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, read, read_first
from pupil_desk.store.rows.same import among, id_list
from pupil_desk.store.tables.keyed_amendments import TAKEN_BACK


def all_providers(vault: Vault) -> list[Provider]:
    """The providers of which anything is on file, by name."""
    return read(vault, Provider, f"SELECT {columns(Provider)} FROM provider ORDER BY key")


def of_key(vault: Vault, key: str) -> Provider | None:
    """The provider of that key."""
    return read_first(vault, Provider, f"SELECT {columns(Provider)} FROM provider WHERE key = ?", (key,))


def add(vault: Vault, provider: Provider) -> None:
    """Keep a new one."""
    insert(vault, "provider", provider, key=provider.key)


def add_check(vault: Vault, check: ProviderCheck, *, moment: str, actor: str) -> None:
    """Keep a check that was made."""
    insert(vault, "provider_check", check, at=moment, recorded_by=actor)


def checks(vault: Vault, since: str = "") -> dict[str, list[ProviderCheck]]:
    """The checks of every provider that are not taken back, by its key, in the order of their entering; ``since`` a moment, those entered at it or later."""
    sql = f"""SELECT {columns(ProviderCheck)} FROM provider_check
              WHERE id NOT IN (SELECT record_id FROM keyed_amendment WHERE kind = 'provider_check' AND item = ?) AND at >= ?
              ORDER BY seq"""
    every_check = read(vault, ProviderCheck, sql, (TAKEN_BACK, since))
    return grouped((provider_key(check.provider), check) for check in every_check)


def returns(vault: Vault, since: date, until: date, ids: Iterable[str] | None = None) -> dict[str, list[ProviderReturn]]:
    """What providers returned of these days, by pupil; with ``ids`` those pupils'."""
    sql = f"""SELECT {columns(ProviderReturn)} FROM provider_return WHERE day BETWEEN ?1 AND ?2 AND {among("pupil_id", 3)} ORDER BY day, session, rowid"""
    return rows.by_pupil(vault, ProviderReturn, sql, (since.isoformat(), until.isoformat(), id_list(ids)))


def any_place(vault: Vault) -> bool:
    """Whether any place at a provider is on file."""
    return vault.first_row("SELECT 1 FROM placement LIMIT 1") is not None


def any_on_file(vault: Vault) -> bool:
    """Whether any place at a provider, review of one, or return of a provider, is on file."""
    return (
        vault.first_row(
            "SELECT 1 FROM placement UNION ALL SELECT 1 FROM bought_place_review UNION ALL SELECT 1 FROM provider_return LIMIT 1"
        )
        is not None
    )


def of_sessions(vault: Vault, new_returns: Sequence[ProviderReturn]) -> dict[tuple[object, ...], ProviderReturn]:
    """What is on file of the sessions of these returns, by ``ProviderReturn.session_key``."""
    if not new_returns:
        return {}
    days = [provider_return.day for provider_return in new_returns]
    on_file = returns(vault, min(days), max(days), {provider_return.pupil_id for provider_return in new_returns})
    return {provider_return.session_key: provider_return for of_one in on_file.values() for provider_return in of_one}
