"""How the records are kept safe, on one side for the data protection officer: each line asked of what does it, at the moment it is printed.

What the file is encrypted with, who can open it, what was found, what is installed, and what all that cannot do.
"""

from collections.abc import Mapping, Sequence

from pupil_desk import __version__
from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.pc import installed, placement_check, sockets
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Run, Table
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups, drill, this_pc
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports
from pupil_desk.services.notes import key_sheets, second_key
from pupil_desk.services.notes.rooms import NOTES, SAFEGUARDING_FILES, Room
from pupil_desk.services.program import own_files
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import standings
from pupil_desk.services.unit.staff import CODE_ANEW
from pupil_desk.services.unit.units import CODE_USED
from pupil_desk.store.file import checks, tries
from pupil_desk.store.file.engine import engine_facts
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.keyslots import KEY_BYTES
from pupil_desk.store.file.passwords import LEAST_GUESSES
from pupil_desk.store.tables import ledger

TITLE = _("How the records are kept safe")
WHAT = _(
    "For the data protection officer, on one side: what is encrypted and how, who can open it, what was found, and what all that cannot do."
)
_BITS, _MEGABYTE = 8, 1024
_CLOSE = 0.4  # of the room of a row: it is to stand on one side


def paper(desk: Desk) -> list[Block]:
    """The whole page."""
    own_files.compare(lambda _done, _of: None)
    head = _("{unit}. For the data protection officer, on {day}, by Pupil Desk {version}.")
    facts = [(Run(what, bold=True), how) for what, how in (*_encryption(desk), *_ways_in(desk), *_proved(desk), *_here(desk))]
    return [
        Heading(1, TITLE),
        Para(head.format(unit=desk.settings.name, day=show_date(desk.today), version=__version__), style="lead"),
        Table("", [_("What"), _("How it is")], facts, widths=(1.6, 8.4), room=_CLOSE),
        Heading(2, _("What could happen, and what stands against it")),
        Table(
            "",
            [_("What could happen"), _("What is done"), _("What is left")],
            _threats(desk),
            widths=(2.4, 4.4, 3.2),
            row_headers=True,
            room=_CLOSE,
        ),
        Heading(2, _("What it cannot do")),
        Bullets(_CANNOT),
    ]


def _encryption(desk: Desk) -> list[tuple[str, str]]:
    vault, engine = desk.vault, engine_facts()
    seal = vault.first_row("PRAGMA cipher_hmac_algorithm")
    cheapest = min((slot.cost for slot in vault.keys.slots), key=lambda cost: cost.memory_kib * cost.passes)
    file = _(
        "One random key of {bits} bits encrypts the whole file, page by page (AES-256), each page with its own seal ({seal}): SQLCipher {cipher}, {library}, SQLite {sqlite}. It is key number {epoch}, since {since}. A backup has the key of its day until it is given a newer one. {older}"
    )
    guess = _(
        "The key itself is opened by a password. Each guess at one takes {memory} MB of memory, gone over {passes} times (Argon2id), or more. At the desk, after {free} wrong ones there is a wait of up to {longest} seconds. A password is refused that an estimator (zxcvbn) finds in fewer than {guesses} guesses."
    )
    return [
        (
            _("Encryption"),
            file.format(
                bits=KEY_BYTES * _BITS,
                seal=str(seal[0]).replace("_", "-") if seal else _("not told"),
                cipher=engine.cipher,
                library=engine.cryptography,
                sqlite=engine.sqlite,
                epoch=vault.keys.epoch,
                since=show_date(local_time(sealing_keys.since(vault)).date()),
                older=_older_backups(desk),
            ),
        ),
        (
            _("A guess"),
            guess.format(
                memory=cheapest.memory_kib // _MEGABYTE,
                passes=cheapest.passes,
                free=tries.FREE,
                longest=tries.LONGEST,
                guesses=f"{LEAST_GUESSES:,}",
            ),
        ),
    ]


def _older_backups(desk: Desk) -> str:
    older = len(ledger.backups_before(desk.vault, desk.vault.keys.epoch))
    if not older:
        return _("None that the log knows has an older key.")
    return _("With an older key, by the log: {backups}.").format(backups=count_of(older, _("backup"), _("backups")))


def _ways_in(desk: Desk) -> list[tuple[str, str]]:
    people = [member for member in standings.users(desk.vault) if member.active and desk.vault.keys.of_user(member.id)]
    by_role = grouped((member.role, member.name) for member in people)
    return [
        (_("Who opens it"), "; ".join(_with_role(role, names) for role, names in by_role.items())),
        (_("Recovery code"), _recovery(desk)),
        (_("Restricted notes"), _second_key(desk, NOTES, _("Their text has a second key, without which only who wrote a note reads it."))),
        *_safeguarding(desk),
    ]


def _with_role(role: Role, names: Sequence[str]) -> str:
    return _("{role}: {names}").format(role=role.label, names=join_words(list(names)))


def _safeguarding(desk: Desk) -> list[tuple[str, str]]:
    """Of the safeguarding files, where they have a key: whether there is any file is not said."""
    if second_key.holders(desk.vault, SAFEGUARDING_FILES) is None:
        return []
    words = _("What is written in them has a second key of its own, without which nobody reads it, not even who wrote it.")
    return [(_("Safeguarding files"), _second_key(desk, SAFEGUARDING_FILES, words))]


def _second_key(desk: Desk, room: Room, words: str) -> str:
    held_by = second_key.holders(desk.vault, room)
    if held_by is None:
        return _("Their text gets a second key, which is made when somebody is named to read them. There is none yet.")
    names = [member.name for member in standings.users(desk.vault) if member.id in held_by] or [_("nobody who signs in")]
    recovery = desk.vault.keys.of_recovery
    code = _("The recovery code opens it too.") if recovery is not None and second_key.code_holds_it(desk.vault, room) else ""
    made_on = key_sheets.made_on(desk, room)
    sheets = _("Any two of the three sheets of {day} give it to somebody who is named to read them.").format(day=made_on) if made_on else ""
    held_words = _("It is held by {names}.").format(names=join_words(names))
    return " ".join(filter(None, (words, held_words, code, sheets)))


def _recovery(desk: Desk) -> str:
    if desk.vault.keys.of_recovery is None:
        return _("There is none.")
    row = desk.vault.first_row(
        "SELECT max(at) FROM log WHERE action IN (?, ?) OR (action = ? AND reason = ?)",
        (standings.NEW_UNIT, CODE_USED, Action.MANAGE_USERS.value, CODE_ANEW),
    )
    day = show_date(local_time(str(row[0])).date()) if row and row[0] else _("a day that the log does not tell")
    return _("The one of {day}, on paper alone. It opens the file without a password. When it is used, a new one takes its place.").format(
        day=day
    )


def _proved(desk: Desk) -> list[tuple[str, str]]:
    last = backups.last(desk)
    if last is None:
        backup = _("None yet.")
    else:
        where = _("on a stick") if last.removable else _("on a disk of this PC or its network")
        backup = _("{day}, {where}: opened again with its own key, and looked at whole.").format(
            day=show_date(last.moment.date()), where=where
        )
    looked = _(
        "Before anything is written: each page’s seal, how the pages hold together, the tables and triggers, the last {rows} rows of the log, and what this PC noted of it. Found: {found}"
    )
    drilled = drill.last(desk)
    found = " ".join(filter(None, (desk.vault.read_only, *desk.vault.remarks))) or _("nothing.")
    return [
        (_("Last proved backup"), backup),
        (_("Last restore drill"), show_date(drilled.date()) if drilled else _("None yet.")),
        (_("At this opening"), looked.format(rows=f"{checks.TAIL:,}", found=found)),
    ]


def _here(desk: Desk) -> list[tuple[str, str]]:
    return [(_("This PC"), _this_pc(desk)), (_("Network"), _network()), (_("The program"), _program())]


def _this_pc(desk: Desk) -> str:
    seen = this_pc.look_round(desk.vault.path)
    place = placement_check.sentence(seen.objection, seen.file_path) if seen.objection else _("The file lies on a disk of this PC.")
    others = [*(seen.other_accounts or ()), *filter(None, (seen.other_owner,))]
    people = join_words(others) if others else _("nobody") if seen.other_accounts is not None else _("this PC does not say")
    words = _("{place} That disk: {disk}. Who else can get at the folder: {people}.")
    if seen.only_listed and others:
        words = _("{place} That disk: {disk}. Who else can see which files lie in the folder, and do no more: {people}.")
    return words.format(place=place, disk=_DISK[seen.encryption], people=people)


def _network() -> str:
    count = sockets.open_network_sockets()
    if count is None:
        return _("This PC does not say which network connections the program has open. It has no part that makes any.")
    if count:
        return _("Network sockets that the program has open now: {count}. There should be none: tell whoever looks after it.").format(
            count=count
        )
    return _("Network sockets that the program has open now: none. The system was asked. It has no part that makes any.")


def _program() -> str:
    if installed.program_folder() is None:
        return _("It runs from its source here. There is no list of files to compare with.")
    compared = own_files.compared()
    if compared is None or not compared.built:
        return own_files.check().words
    if compared.built == compared.found:
        words = _(
            "What is installed is what was built. Both have the SHA-256 {digest}: compare it with that of manifest.sha256, which comes with the installer."
        )
        return words.format(digest=compared.built)
    words = _("What is installed is not what was built. Built: SHA-256 {built}. Installed: {found}. {faults}")
    return words.format(built=compared.built, found=compared.found, faults=compared.faults[0])


def _threats(desk: Desk) -> list[tuple[str, str, str]]:
    lock = _("Locks after {minutes} minutes without input, and with the PC; the process that held the key ends.")
    return [
        (_("PC, disk or stick stolen"), _exports(desk), _("A weak password, or one written on the stick.")),
        (_("Somebody at a PC left open"), lock.format(minutes=desk.settings.lock_minutes), _("The minutes until then.")),
        (_("A colleague looks beyond their role"), _("Roles are checked at each act; a log of who looked."), _("Somebody with a password and great skill reads what that password opens.")),
        (_("A leaver kept a copy and a password"), _("The file is given a new key, and backups within reach too."), _("Copies that they took before.")),
        (_("Records or the log altered"), _("Each row of the log is chained to the one before; rows cannot be changed or taken out unseen."), _("Who takes the key out of the running program could write a log anew. Receipts and backups made before would not fit it.")),
        (_("An older file put back"), _("The log is compared with what this PC noted; only a data officer, or the recovery code, goes on, with a reason."), _("Nothing to compare with, if that note and every receipt are gone.")),
        (_("Bad software on the PC"), _("No administrator’s rights are needed; there is nothing to reach over the network."), _("It sees what you see. This is not defended.")),
        (_("Ransom, fire, a broken disk"), _("Backups proved by opening them."), _("Work since the last stick that was not plugged in.")),
        (_("Power cut, crash, full disk"), _("What was saved is on the disk before it says so."), _("A disk that says so too early.")),
        (_("A hostile file is read in"), _("A process of its own reads it, without keys, with limits of time and memory."), _("A fault in a library.")),
        (_("A false update"), _("Signed by its makers; an older, altered or late one is refused."), _("An administrator of this PC can replace the program.")),
        (_("All passwords lost"), _("The recovery code on paper."), _("Without both, the records are gone.")),
    ]  # fmt: skip


def _exports(desk: Desk) -> str:
    plain = [export.title for export in all_exports(desk) if export.upload]
    words = _(
        "The file and its backups are encrypted. Exports are locked too, unless plain is chosen; it is proposed where an upload takes nothing else: {plain}."
    )
    return words.format(plain=join_words(plain))


_DISK: Mapping[DiskEncryption, str] = {
    DiskEncryption.ON: _("encrypted as a whole"),
    DiskEncryption.OFF: _("not encrypted"),
    DiskEncryption.UNDER_WAY: _("being encrypted"),
    DiskEncryption.NOT_KNOWN: _("this PC does not say whether it is encrypted"),
}
_CANNOT = (
    _("Keep anything from bad software, or from somebody who watches, while a person is signed in."),
    _("Take back what was printed, saved elsewhere, or sent to the wrong person."),
    _("Clear what the system itself keeps: pages for the printer, memory saved in sleep. Encrypt the disk."),
    _("Prove the time of an entry: the PC’s clock is believed, and only the order is certain."),
    _("Find a change made on purpose to the program by an administrator, who can change its list of files as well."),
)
