"""Which acts cannot be taken back, and so must have been asked about: by the action that stands in the log."""

from pupil_desk.services.roles import Action

ASKED_ABOUT = frozenset(
    action.value
    for action in (
        Action.AGREE_ERASURE,
        Action.APPROVE_OWN_EXPORT,
        Action.CHANGE_OWN_PASSWORD,
        Action.ERASE,
        Action.EXPORT,
        Action.EXPORT_PLAIN,
        Action.LIFT_HOLD,
        Action.LIFT_PROTECTION,
        Action.MANAGE_USERS,
        Action.MERGE,
        Action.REMOVE_ATTACHMENT,
        Action.RESTORE,
        Action.STRIKE_DISCLOSURE,
        Action.TAKE_PUPIL_AWAY,
    )
)
