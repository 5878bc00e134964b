"""new, users, rotate-keys, check, log: the unit's file itself."""

from collections.abc import Mapping
from typing import Any

from pupil_desk.basics.errors import Damaged, Doubtful, MadeClosed, NotOurs
from pupil_desk.basics.pc.drives import removable_drives
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.signing_in import NEW_PASSWORD, PASSWORD, new_secret, signed_in
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import units
from pupil_desk.services.unit.data_key import OlderBackup
from pupil_desk.services.unit.logbook import LogRow


def new(call: Call) -> int:
    """Make a unit's file; the recovery code is shown this once."""
    args = call.args
    settings = UnitSettings(name=args.unit, la=args.la, estab=args.estab)
    password = new_secret(PASSWORD, _("Password for {name}: ").format(name=args.user))
    try:
        desk, code = units.create_unit(args.file, settings, user=args.user, password=password, clock=call.clock)
    except MadeClosed as made:
        _tell_code(call, made.code)
        call.speaker.aside(made.message)
        return 0
    try:  # it is in force: it is shown whatever the signing out meets
        _tell_code(call, code)
    finally:
        units.sign_out(desk)
    return 0


def _tell_code(call: Call, code: str) -> None:
    args = call.args
    call.speaker.result(
        {"file": str(args.file), "recovery_code": code},
        _("{file} is there, and {name} is its data officer.").format(file=args.file, name=args.user),
        _("Recovery code: {code}").format(code=code),
        _("Print it or write it down now, and lock it away: it opens the file if every password is lost, and is not shown again."),
    )


def users(call: Call) -> int:
    """Add a member of staff."""
    from pupil_desk.services.unit import staff

    with signed_in(call) as desk:
        desk.require(Action.MANAGE_USERS, "staff")
        password = new_secret(NEW_PASSWORD, _("First password for {name}: ").format(name=call.args.name))
        member = staff.add_user(desk, call.args.name, Role(call.args.role), password)
        call.speaker.result(  # said while signed in: they are added whatever the signing out meets
            {"name": member.name, "role": member.role.value},
            _("{name} may now sign in as {role}. In the window they will be asked for a password of their own.").format(
                name=member.name, role=member.role.label.lower()
            ),
        )
    return 0


def rotate_keys(call: Call) -> int:
    """A new data key for the file, and for the backups on the sticks that are plugged in."""
    from pupil_desk.services.unit import data_key

    with signed_in(call) as desk:
        new = data_key.new_key(desk, folders=[drive.path for drive in removable_drives()])
        lines = [f"  {older.moment:%d/%m/%Y %H:%M}  {older.path or ''}".rstrip() for older in new.still_open]
        call.speaker.result(  # said while signed in: it is in force whatever the signing out meets
            {
                "epoch": new.epoch,
                "still_open": [_older(older) for older in new.still_open],
                "resealed": [str(path) for path in new.resealed],
            },
            _("{file} has its key number {number}. Everybody signs in as before.").format(file=call.args.file.name, number=new.epoch),
            data_key.KEPT_BEFORE,
            *(
                [_("Backups that passwords and codes of their day still open; destroy them, or keep them locked away:"), *lines]
                if lines
                else []
            ),
        )
    return 0


def _older(older: OlderBackup) -> dict[str, Any]:
    return {
        "made_at": older.moment.isoformat(timespec="seconds"),
        "removable": older.removable,
        "file": str(older.path) if older.path else None,
    }


def check(call: Call) -> int:
    """Look the whole file over; 1 if anything serious was found, such as why nobody works on it. Raises Damaged for a file that tells nothing of itself."""
    from pupil_desk.services.backup.checks import FileDefect, check_file

    try:
        with signed_in(call) as desk:
            defects = check_file(desk)
    except Damaged as why:
        is_known = isinstance(why, Doubtful) or (call.args.reads_backup and not isinstance(why, NotOurs))  # a backup names its damaged part
        if not is_known:
            raise
        defects = [FileDefect("file", why.message, True)]
    serious = [defect for defect in defects if defect.serious]
    lines = [f"{defect.where}: {defect.message}" for defect in defects]
    lines.append(
        _("The check found {count}. Restore the latest good backup if the file is damaged; correct the records named above.").format(
            count=count_of(len(serious), _("fault"), _("faults"))
        )
        if serious
        else _("The file, its log and its records are in order.")
    )
    document = {
        "ok": not serious,
        "findings": [{"where": defect.where, "message": defect.message, "serious": defect.serious} for defect in defects],
    }
    call.speaker.result(document, *lines)
    return int(bool(serious))


def log(call: Call) -> int:
    """Show the log, oldest first: all of it to a data officer, to others the rows of their own acts."""
    from pupil_desk.services.unit import logbook

    with signed_in(call) as desk:
        pupil_id = pupils.by_number(desk, call.args.pupil).id if call.args.pupil else None
        sees_all = desk.may(Action.READ_WHOLE_LOG)
        rows = (logbook.rows if sees_all else logbook.own_rows)(desk, pupil_id=pupil_id)[::-1]
        refs = {pupil.id: pupil.ref for pupil in pupils.all_pupils(desk)}
    if not sees_all:
        call.speaker.aside(_("These are your own acts. The whole log is shown to a data officer only."))
    documents = [_document(row, refs) for row in rows]
    cells = [_cells(row, refs) for row in rows]
    header = [_("No."), _("When"), _("Who"), _("What"), _("Of what"), _("Why")]
    call.speaker.result(documents, *(in_columns(header, cells) or [_("The log has no such rows.")]))
    return 0


def _document(row: LogRow, refs: Mapping[str, str]) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(timespec="seconds"),
        "user": row.user,
        "role": row.role,
        "action": row.action,
        "kind": row.kind,
        "object": refs.get(row.object_id, row.object_id),
        "reason": row.reason,
    }


def _cells(row: LogRow, refs: Mapping[str, str]) -> list[str]:
    subject = f"{row.kind} {row.member or refs.get(row.object_id, row.object_id)}".strip()
    return [str(row.seq), f"{row.at:%d/%m/%Y %H:%M}", row.user or "–", row.action, subject, row.reason]
