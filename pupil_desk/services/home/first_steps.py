"""The first eight steps of a unit that begins: which of them are done, decided from the file each time and never kept."""

from pupil_desk.basics.words import _
from pupil_desk.services.backup import backups, drill
from pupil_desk.services.desk import Desk
from pupil_desk.services.home.first_hour import first_hour
from pupil_desk.services.home.step import FirstStep
from pupil_desk.services.notices import notices
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import beginnings


def first_steps(desk: Desk) -> list[FirstStep]:
    """The steps in their order, those alone that the person at the desk may take; empty for one who may take few of them. Raises NotAllowed.

    In the training unit, which has begun, they are those of the first hour.
    """
    desk.require(Action.READ_RECORD)
    begun, vault = beginnings.begun(desk.vault), desk.vault
    if begun["training"]:
        return first_hour(desk)
    if not desk.may(Action.EDIT_SETTINGS):
        return []
    return [
        FirstStep(_("Pupils"), _("Read in a list of your pupils, or add them one by one"), "import", None, begun["pupils"]),
        FirstStep(_("People"), _("Let in those who will use the program"), "users", None, begun["users"]),
        FirstStep(_("School year"), _("Confirm the terms, or enter yours"), "settings", "year", calendars.is_confirmed(vault)),
        FirstStep(
            _("Details of the unit"),
            _("Enter the address and the data protection officer, whom the notice names"),
            "settings",
            None,
            not notices.missing_details(desk),
        ),
        FirstStep(_("Notice"), _("Print the first privacy notice and give it"), "notices", None, begun["notices"]),
        FirstStep(_("Wishes"), _("Record the first wish about sharing, or the first consent"), "sharing", None, begun["wishes"]),
        FirstStep(_("Backup"), _("Make the first backup, which is proved as it is made"), "backup", None, backups.last(desk) is not None),
        FirstStep(_("Drill"), _("Try whether the backup can be restored"), "backup", None, drill.last(desk) is not None),
    ]
