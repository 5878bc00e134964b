"""backup, verify, restore, drill: the portable copy of a unit's file."""

import dataclasses
import os
from collections.abc import Mapping
from typing import Any

from pupil_desk.basics.errors import Damaged, WrongUse
from pupil_desk.basics.places import own_unit_file
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import RECOVERY_CODE, credentials, password_for, signed_in
from pupil_desk.services.backup import backups
from pupil_desk.services.saving import Saving
from pupil_desk.store.file.restoring import Verified


def backup(call: Call) -> int:
    """Make a backup in a folder, proved by opening it."""
    with signed_in(call) as desk:
        new_backup, _news = backups.make(desk, call.args.to)
    document = {
        "file": str(new_backup.path.resolve()),
        "sha256": new_backup.sha256,
        "rows": dict(new_backup.rows),
        "log_head": _head(new_backup.log_head),
        "bytes": new_backup.bytes,
        "proved": True,
    }
    call.speaker.result(
        document,
        _("{file} was made and proved: {rows}, {size}.").format(
            file=new_backup.path.name, rows=_rows(new_backup.rows), size=count_of(new_backup.bytes, _("byte"), _("bytes"))
        ),
        f"SHA-256 {new_backup.sha256}",
        _("Log head: {head}").format(head=new_backup.log_head.reference),
    )
    return 0


def verify(call: Call) -> int:
    """Prove a backup: 0 if it is whole, 1 if only its digests could be compared, 5 if it is damaged."""
    way_in = credentials(call)
    verified = backups.verify(call.args.backup, name=way_in.name, password=way_in.password, recovery_code=way_in.recovery_code)
    if verified.ok:
        words = _("{file} is whole: {rows}.") if way_in.is_given else _("{file} has the digests that it says it has.")
        lines = [words.format(file=call.args.backup.name, rows=_rows(verified.rows)), f"SHA-256 {verified.sha256}"]
    else:
        lines = [defect.message for defect in verified.defects]
    call.speaker.result({"file": str(call.args.backup.resolve()), **_facts(verified)}, *lines)
    if not verified.ok:
        parts = join_words(sorted({defect.where for defect in verified.defects}))
        call.speaker.aside(_("{file} is damaged ({parts}). Use another backup.").format(file=call.args.backup.name, parts=parts))
        return Damaged.status
    if not way_in.is_given:
        call.speaker.aside(
            _("Nobody signed in to the backup, so only its digests were compared. Give --user or the recovery code to prove it.")
        )
        return 1
    return 0


def restore(call: Call) -> int:
    """Make a new unit's file from a backup."""
    way_in = credentials(call)
    if not way_in.is_given:
        raise WrongUse(_("Sign in to the backup: give --user, or put the recovery code in PUPIL_DESK_RECOVERY_CODE."))
    restored = backups.restore(
        call.args.backup,
        call.args.new_file,
        call.clock,
        name=way_in.name,
        password=way_in.password,
        recovery_code=way_in.recovery_code,
        live=own_unit_file(),
    )
    call.speaker.result(
        {"file": str(call.args.new_file.resolve()), "erased_again": restored.erased_again, **_facts(restored)},
        _("{new} was made from {file}: {rows}. Everyone signs in to it as they did when the backup was made.").format(
            new=call.args.new_file, file=call.args.backup.name, rows=_rows(restored.rows)
        ),
        *backups.erased_words(restored),
    )
    return 0


def drill(call: Call) -> int:
    """Restore a backup for a try, check it, read ten pupils, and write the certificate; nothing of it is left."""
    from pupil_desk.documents.pdf.page import build_pdf
    from pupil_desk.services.backup import drill as drills

    with signed_in(call) as desk:
        if code := os.environ.get(RECOVERY_CODE):
            done = drills.make(desk, call.args.backup, recovery_code=code)
        else:
            done = drills.make(desk, call.args.backup, name=call.args.user, password=password_for(call.args.user))
        with Saving(call.args.to) as saving:
            saving.keep(f"restore-drill-{done.moment:%Y-%m-%d}", ".pdf", build_pdf(done.story(), title=drills.TITLE))
    document = {
        "ok": True,
        "backup": done.name,
        "sha256": done.sha256,
        "pupils": done.pupils,
        "read": done.read,
        "log_head": done.log_head,
        "files": [dataclasses.asdict(file) for file in saving.files],
    }
    words = _("{file} was restored for a try and passed its checks; {read} of {pupils} were read. Nothing of it is left on this PC.")
    pupils = count_of(done.pupils, _("pupil"), _("pupils"))
    call.speaker.result(document, words.format(file=done.name, read=done.read, pupils=pupils), *(file.name for file in saving.files))
    return 0


def _facts(verified: Verified) -> dict[str, Any]:
    return {
        "ok": verified.ok,
        "how": verified.way,
        "sha256": verified.sha256,
        "rows": dict(verified.rows),
        "log_head": _head(verified.log_head),
        "made_at": verified.made_at,
        "app_version": verified.app_version,
        "findings": [{"where": defect.where, "message": defect.message} for defect in verified.defects],
    }


def _head(head: Any) -> dict[str, Any] | None:
    return None if head is None else {"seq": head.seq, "mac": head.mac_hex, "shown": head.reference}


def _rows(rows: Mapping[str, int]) -> str:
    return count_of(sum(rows.values()), _("row in all"), _("rows in all"))
