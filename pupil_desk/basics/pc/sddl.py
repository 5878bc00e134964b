"""A folder's access list as Windows writes it in one line of text (SDDL): reading it, and what ours is to be.

Source: Microsoft, «Security Descriptor String Format» and «Well-known SIDs». Nothing here asks Windows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SYSTEM, ADMINISTRATORS = "S-1-5-18", "S-1-5-32-544"
EVERYONE = "S-1-1-0"
_OPEN = "NO_ACCESS_CONTROL"  # a folder without any list, as on a stick: everybody may do everything
_FULL = "FA"

# The short names that stand for one account on every PC, by the account's number.
_NUMBERS = {
    "SY": SYSTEM, "BA": ADMINISTRATORS, "WD": EVERYONE, "AU": "S-1-5-11", "AN": "S-1-5-7", "IU": "S-1-5-4", "NU": "S-1-5-2",
    "SU": "S-1-5-6", "CO": "S-1-3-0", "CG": "S-1-3-1", "OW": "S-1-3-4", "AC": "S-1-15-2-1", "RC": "S-1-5-12",
    "LS": "S-1-5-19", "NS": "S-1-5-20", "BU": "S-1-5-32-545", "BG": "S-1-5-32-546", "PU": "S-1-5-32-547",
    "BO": "S-1-5-32-551", "RU": "S-1-5-32-554", "RD": "S-1-5-32-555",
}  # fmt: skip
_STAND_INS = frozenset({"S-1-3-0", "S-1-3-1", "S-1-3-4"})  # stand for whoever makes or owns a file, and are nobody themselves
_ACCOUNT = ("S-1-5-21-", "S-1-5-32-", "S-1-5-80-", "S-1-12-1-")  # of this PC or a domain, built in, of a service, of Entra
_BROAD_BUILT_IN = frozenset({"S-1-5-32-545", "S-1-5-32-546", "S-1-5-32-554"})  # Users, Guests, everyone of old
_BROAD_IN_DOMAIN = frozenset({"501", "513", "514", "515"})  # Guest; all users, guests and computers of a domain
_PARTICULAR = frozenset({"LA", "DA", "EA"})  # administrators whose number depends on the PC or domain


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One line of the list: allow (A) or deny (D), what it is passed on to, the rights, and whose they are."""

    kind: str
    flags: str
    rights: str
    account: str

    def __str__(self) -> str:
        return f"({self.kind};{self.flags};{self.rights};;;{self.account})"


def entries_of(sddl: str) -> list[AccessEntry]:
    """The entries of the access list; a folder without a list lets everybody do everything, and is read so.

    Raises ValueError for what is not such a text.
    """
    control, bodies = _parts(sddl)
    if not bodies and (control is None or _OPEN in control):
        return [AccessEntry("A", "OICI", _FULL, EVERYONE)]
    entries = []
    for body in bodies:
        fields = body.split(";", 6)  # a seventh is a condition
        if len(fields) < 6:
            raise ValueError("not an access list")
        account = fields[5].strip()
        entries.append(AccessEntry(fields[0], fields[1], fields[2], _NUMBERS.get(account, account)))
    return entries


def _parts(sddl: str) -> tuple[str | None, list[str]]:
    """The control letters of the list (None: there is no list), and what stands in each bracket; conditions have brackets of their own."""
    start = re.search(r"D:([A-Z_]*)", sddl)
    if start is None:
        if sddl and not re.match(r"[OGS]:", sddl):
            raise ValueError("not an access list")
        return None, []
    bodies, depth, start_of_body = [], 0, 0
    for place in range(start.end(), len(sddl)):
        letter = sddl[place]
        if letter == "(":
            depth += 1
            start_of_body = place + 1 if depth == 1 else start_of_body
        elif letter == ")":
            depth -= 1
            if depth == 0:
                bodies.append(sddl[start_of_body:place])
        elif depth == 0:
            break  # the list for auditing follows
    if depth:
        raise ValueError("not an access list")
    return start[1], bodies


def staff_only(user: str, before: Iterable[AccessEntry]) -> str:
    """The list to set: the system, the administrators and this user, and the accounts that a technician named one by one.

    Nothing is inherited from the folder above any more, and everything is passed on to what lies in the folder.
    """
    particular = [
        # an inherited entry is written into the folder's own list as one of its own
        AccessEntry(entry.kind, "".join(flag for flag in re.findall("..", entry.flags) if flag != "ID"), entry.rights, entry.account)
        for entry in before
        if entry.kind in ("A", "D") and is_particular(entry.account) and not is_ours(entry.account, user)
    ]
    standard = [AccessEntry("A", "OICI", _FULL, account) for account in dict.fromkeys((SYSTEM, ADMINISTRATORS, user))]
    denied = [entry for entry in particular if entry.kind == "D"]  # Windows wants them first
    allowed = [entry for entry in particular if entry.kind == "A"]
    return "D:PAI" + "".join(str(entry) for entry in dict.fromkeys([*denied, *standard, *allowed]))


def others_in(entries: Iterable[AccessEntry], user: str) -> list[str]:
    """The accounts that the list lets in beyond the system, the administrators and this user, in its order."""
    allowed = (entry.account for entry in entries if entry.kind in ("A", "XA", "OA"))
    return list(dict.fromkeys(a for a in allowed if not is_ours(a, user) and a not in _STAND_INS))


def is_particular(account: str) -> bool:
    """Whether an account is a person, a group or a service that somebody picked, and not everybody on the PC or in the domain."""
    if account in _PARTICULAR:
        return True
    if not account.startswith(_ACCOUNT) or account in _BROAD_BUILT_IN:
        return False
    return not (account.startswith("S-1-5-21-") and account.rsplit("-", 1)[1] in _BROAD_IN_DOMAIN)


def account_label(account: str, name: str, domain: str) -> str:
    """An account in words: its name, with the PC's or domain's where that tells who is meant; its number when it has none."""
    if not name:
        return account
    return f"{domain}\\{name}" if domain and account.startswith(("S-1-5-21-", "S-1-12-1-")) else name


def owner_of(sddl: str) -> str:
    """The account that owns the folder, by its number. Raises ValueError for a text that tells none."""
    told = re.match(r"O:(S-[-\d]+|[A-Z]{2})", sddl)
    if told is None:
        raise ValueError("no owner")
    return _NUMBERS.get(told[1], told[1])


def is_ours(account: str, user: str) -> bool:
    """Whether an account is the system, an administrator of this PC or this user."""
    if account in (SYSTEM, ADMINISTRATORS, user):
        return True
    return account == "LA" and user.endswith("-500")  # how Windows writes the built-in administrator
