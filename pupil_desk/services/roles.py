"""Who may do what: one table, refused unless named."""

from collections.abc import Mapping
from enum import Enum

from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.unit.staff import Role, SecondRole


class Action(Enum):
    """Everything that the program does for someone. The value stands in the log."""

    LOCK = "lock"
    CHANGE_OWN_PASSWORD = "change-own-password"
    READ_OWN_LOG = "read-own-log"
    READ_WHOLE_LOG = "read-whole-log"
    READ_RECORD = "read-record"
    EDIT_RECORD = "edit-record"
    IMPORT = "import"
    PREVIEW_SHARING = "preview-sharing"
    RECORD_FORM_CHOICE = "record-choice-from-form"
    RECORD_CHOICE = "record-choice"
    SET_PROTECTION = "set-protection"
    LIFT_PROTECTION = "lift-protection"
    SUSPEND = "suspend"
    WITHHOLD_REPORT = "withhold-report"
    PRINT_NOTICE = "print-notice"
    ISSUE_NOTICE = "issue-notice"
    PRINT_FORM = "print-form"
    READ_SCANS = "read-scans"
    LIST_EXPORTS = "list-exports"
    EXPORT = "export"
    EXPORT_PLAIN = "export-plain"
    KEEP_CONTENT = "keep-export-files"
    RECORD_DELIVERY = "record-delivery"
    CONTACT_SHEET = "contact-sheet"
    CONFIRM_PROTECTED = "confirm-protected"
    BACK_UP = "back-up"
    RESTORE = "restore"
    CHECK_FILE = "check-file"
    MANAGE_USERS = "manage-users"
    EDIT_SETTINGS = "edit-settings"
    EDIT_RULES = "edit-rules"
    ERASE = "erase"
    SAVE_ATTACHMENT = "save-attachment"
    REMOVE_ATTACHMENT = "remove-attachment"
    MERGE = "merge-records"
    UNDO = "undo"
    UNDO_OTHERS = "undo-of-another"
    TAKE_PUPIL_AWAY = "take-pupil-away"
    COMPILE_PACK = "compile-pack"
    ADD_TO_PACK = "add-to-pack"
    RECORD_ASKED = "record-asked"
    PRINT_PROTECTED = "print-protected"
    WRITE_TRANSLATOR_SHEET = "sheet-for-translator"
    REPORT_BREACH = "report-breach"
    READ_BREACHES = "read-breaches"
    HANDLE_BREACH = "handle-breach"
    SET_HOLD = "set-hold"
    LIFT_HOLD = "lift-hold"
    PROPOSE_ERASURE = "propose-erasure"
    AGREE_ERASURE = "agree-erasure"
    EDIT_NOTICE = "edit-notice"
    RECORD_REQUEST = "record-request"
    READ_REQUESTS = "read-requests"
    HANDLE_REQUEST = "handle-request"
    RECORD_FORM_CONSENT = "record-consent-from-form"
    RECORD_CONSENT = "record-consent"
    PLAN_OCCASION = "plan-occasion"
    EDIT_CONSENT_TYPES = "edit-consent-types"
    DRAFT_OWN_EXPORT = "draft-own-export"
    APPROVE_OWN_EXPORT = "approve-own-export"
    RECORD_DISCLOSURE = "record-disclosure"
    STRIKE_DISCLOSURE = "strike-disclosure"
    READ_DISCLOSURES = "read-disclosures"
    PRINT_DISCLOSURES = "print-disclosures"
    WRITE_CONCERN = "write-concern"
    READ_SAFEGUARDING = "read-safeguarding"
    KEEP_SAFEGUARDING = "keep-safeguarding"
    SEE_GUARDED_PLAN = "see-guarded-plan"


LOOKING = frozenset(
    {
        Action.READ_OWN_LOG,
        Action.READ_WHOLE_LOG,
        Action.READ_RECORD,
        Action.PREVIEW_SHARING,
        Action.LIST_EXPORTS,
        Action.READ_BREACHES,
        Action.READ_REQUESTS,
        Action.READ_DISCLOSURES,
        Action.READ_SAFEGUARDING,
        Action.SEE_GUARDED_PLAN,
        Action.LOCK,
    }
)
"""What can be done with a file that is only looked at: nothing is changed by it, and nothing leaves."""
_ALL = frozenset(Role)
_OFFICER = frozenset({Role.DATA_OFFICER})
_SENIOR = frozenset({Role.ASSISTANT_HEAD, Role.DATA_OFFICER})

_LEAD = frozenset({SecondRole.SAFEGUARDING_LEAD})

MAY: Mapping[Action, frozenset[Role | SecondRole]] = {
    Action.LOCK: _ALL,
    Action.CHANGE_OWN_PASSWORD: _ALL,
    Action.READ_OWN_LOG: _ALL,
    Action.READ_WHOLE_LOG: _OFFICER,
    Action.READ_RECORD: _ALL,
    Action.EDIT_RECORD: _ALL,
    Action.IMPORT: _ALL,
    Action.PREVIEW_SHARING: _ALL,
    Action.RECORD_FORM_CHOICE: _ALL,
    Action.RECORD_CHOICE: _SENIOR,
    Action.SET_PROTECTION: _ALL,
    Action.LIFT_PROTECTION: _SENIOR,
    Action.SUSPEND: _SENIOR,
    Action.WITHHOLD_REPORT: _SENIOR,
    Action.PRINT_NOTICE: _ALL,
    Action.ISSUE_NOTICE: _ALL,
    Action.PRINT_FORM: _ALL,
    Action.READ_SCANS: _ALL,
    Action.LIST_EXPORTS: _ALL,
    Action.EXPORT: _OFFICER,
    Action.EXPORT_PLAIN: _OFFICER,
    Action.KEEP_CONTENT: _OFFICER,
    Action.RECORD_DELIVERY: _ALL,
    Action.CONTACT_SHEET: _ALL,
    Action.CONFIRM_PROTECTED: _OFFICER,
    Action.BACK_UP: _ALL,
    Action.RESTORE: _OFFICER,
    Action.CHECK_FILE: _ALL,
    Action.MANAGE_USERS: _OFFICER,
    Action.EDIT_SETTINGS: _OFFICER,
    Action.EDIT_RULES: _OFFICER,
    Action.ERASE: _OFFICER,
    Action.SAVE_ATTACHMENT: _SENIOR,
    Action.REMOVE_ATTACHMENT: _OFFICER,
    Action.MERGE: _SENIOR,
    Action.UNDO: _ALL,
    Action.UNDO_OTHERS: _SENIOR,
    Action.TAKE_PUPIL_AWAY: _SENIOR,
    Action.COMPILE_PACK: _OFFICER,
    Action.ADD_TO_PACK: _ALL,  # and named to read restricted notes: see services/packs/restricted
    Action.RECORD_ASKED: _ALL,
    Action.PRINT_PROTECTED: _ALL,
    Action.WRITE_TRANSLATOR_SHEET: _ALL,  # and may change the words that are on it
    Action.REPORT_BREACH: _ALL,
    Action.READ_BREACHES: _SENIOR,
    Action.HANDLE_BREACH: _OFFICER,
    Action.SET_HOLD: _SENIOR,
    Action.LIFT_HOLD: _OFFICER,
    Action.PROPOSE_ERASURE: _SENIOR,
    Action.AGREE_ERASURE: _ALL,  # anyone but who proposed it: two people look
    Action.EDIT_NOTICE: _OFFICER,
    Action.RECORD_REQUEST: _ALL,
    Action.READ_REQUESTS: _SENIOR,
    Action.HANDLE_REQUEST: _OFFICER,
    Action.RECORD_FORM_CONSENT: _ALL,
    Action.RECORD_CONSENT: _SENIOR,
    Action.PLAN_OCCASION: _ALL,
    Action.EDIT_CONSENT_TYPES: _OFFICER,
    Action.DRAFT_OWN_EXPORT: _SENIOR,
    Action.APPROVE_OWN_EXPORT: _OFFICER,
    Action.RECORD_DISCLOSURE: _ALL,
    Action.STRIKE_DISCLOSURE: _SENIOR,
    Action.READ_DISCLOSURES: _SENIOR,  # the whole log; others their own rows, and of a pupil all in the record
    Action.PRINT_DISCLOSURES: _SENIOR,
    Action.WRITE_CONCERN: _ALL,  # and from that moment it is not read back: see services/safeguarding
    Action.READ_SAFEGUARDING: _LEAD,
    Action.KEEP_SAFEGUARDING: _LEAD,
    Action.SEE_GUARDED_PLAN: _SENIOR,  # which kinds are guarded says resources/plans/kinds.toml
}


def may(role: Role | SecondRole, action: Action) -> bool:
    """Whether a role, or a second role, includes an action; one that the table does not name is refused."""
    return role in MAY.get(action, frozenset())


def who_may(action: Action) -> str:
    """The roles that include an action, in words: «data officer», «assistant head and data officer»."""
    return join_words([role.label.lower() for role in (*Role, *SecondRole) if may(role, action)]) or _("nobody")
