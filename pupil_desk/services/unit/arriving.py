"""Whoever has opened the file comes in to work: the wrong tries before, the sign-in and what it finds amiss are in the log."""

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.basics.files import close_own_folder
from pupil_desk.basics.words import _
from pupil_desk.services.care import in_force
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import second_key
from pupil_desk.services.roles import Action, may
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.services.unit import clock_doubt, data_key, logbook, standings
from pupil_desk.store.file import anchor, audit, erased_ledger, tries
from pupil_desk.store.file.audit import Defect
from pupil_desk.store.file.opening import Opened
from pupil_desk.store.file.tries import Tries
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import staff as staff_store


def may_go_on(vault: Vault, user_id: str) -> bool:
    """Whether that user may say why a file goes on whose last changes are missing."""
    member = standings.user(vault, user_id)
    return member is not None and may(member.role, Action.MANAGE_USERS)


def at_desk(unlocked: Opened, clock: Clock, *, read_only: bool, going_on: str) -> Desk:
    """The desk of whoever opened the file. Raises NotAllowed for a user who has been disabled."""
    member = standings.user(unlocked.vault, unlocked.user_id)
    if member is None or not member.active:
        raise NotAllowed(_("This user has been disabled. Ask the data officer."))
    desk = Desk(unlocked.vault, member, clock)
    open_rules(desk.vault)
    if not read_only:
        _sign_in_to_work(desk, unlocked.wrong_before, going_on)
    return desk


def _sign_in_to_work(desk: Desk, wrong_before: Tries, going_on: str) -> None:
    before = audit.last_sign_in(desk.vault)
    missing = anchor.missing(desk.vault)
    if words := clock_doubt.note(desk):
        desk.vault.remark(words)
    with desk.vault.transaction():
        log_wrong_tries(desk.vault, wrong_before)
        reason = _("{count} wrong tries before").format(count=wrong_before.count) if wrong_before.count else ""
        desk.append(desk.clock.now(), "sign-in", "staff", desk.user.id, reason)
        log_older(desk, missing, going_on)
        put_users_right(desk)
        second_key.settle(desk)
    tries.forget(tries.place(desk.vault.path))
    go_on(desk, missing)
    erased_ledger.write_what_lacks(desk.vault)
    second_key.remark(desk)
    in_force.settle(desk, before)
    data_key.remark_if_due(desk)
    if closed := close_own_folder(desk.vault.path.parent):
        desk.vault.remark(closed)


def log_older(desk: Desk, missing: Defect | None, reason: str) -> None:
    """Inside a transaction: that the file's last changes are missing, if they are, and why it goes on all the same."""
    if missing:
        why = _("{missing} Why it goes on: {reason}").format(missing=missing.message, reason=reason)
        desk.append(desk.clock.now(), "older-file-taken", "unit", desk.vault.vault_id, why)


def go_on(desk: Desk, missing: Defect | None) -> None:
    """After it: from now on this PC goes by the file as it is. What cannot be written is asked again at the next sign-in."""
    if missing:
        anchor.write_anew(desk.vault)
        desk.vault.remark(_("{missing} It goes on from here, as you said.").format(missing=missing.message))


def log_wrong_tries(vault: Vault, wrong: Tries) -> None:
    """A row for each try since the last sign-in, at its own moment. Who it was is not known, and what was typed is not kept."""
    for moment in wrong.moments:
        audit.append(
            vault,
            moment=moment,
            user_id="",
            role="",
            action=logbook.REFUSED,
            kind="unit",
            reason="wrong password or code",
            app_version=__version__,
        )


def put_users_right(desk: Desk) -> None:
    """The users as the log tells, inside the transaction of a sign-in; what was otherwise is logged, and told to whoever signs in."""
    bent = standings.bent(desk.vault)
    for member in bent:
        staff_store.save(desk.vault, member)
        desk.append(desk.clock.now(), "user-put-right", "staff", member.id, "")
    if bent:
        desk.vault.remark(standings.sentence(bent))
