"""The users of the file."""

from pupil_desk.basics.text import fold
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert, of_row

_SELECT = "SELECT id, name, role, active, must_change_password FROM staff"


def _member(row: Row) -> StaffMember:
    yes_or_no = {name: bool(row[name]) for name in ("active", "must_change_password")}
    return of_row(StaffMember, row, role=Role(row["role"]), **yes_or_no)


def add(vault: Vault, member: StaffMember) -> None:
    insert(vault, "staff", member, name_key=fold(member.name))


def save(vault: Vault, member: StaffMember) -> None:
    """Keep what has changed of a user."""
    vault.execute(
        "UPDATE staff SET role = ?, active = ?, must_change_password = ? WHERE id = ?",
        (member.role.value, int(member.active), int(member.must_change_password), member.id),
    )


def get(vault: Vault, user_id: str) -> StaffMember | None:
    """The user of that identity."""
    row = vault.first_row(f"{_SELECT} WHERE id = ?", (user_id,))
    return _member(row) if row else None


def by_name(vault: Vault, name: str) -> StaffMember | None:
    """The user of that name, whatever its case."""
    row = vault.first_row(f"{_SELECT} WHERE name_key = ?", (fold(name),))
    return _member(row) if row else None


def all_staff(vault: Vault) -> list[StaffMember]:
    """All users, those disabled too, by name."""
    return [_member(row) for row in vault.rows(f"{_SELECT} ORDER BY name_key")]
