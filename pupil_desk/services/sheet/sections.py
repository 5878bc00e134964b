"""Which tables of the file each section of a pupil's sheet tells: what a copy for the family must contain, and what may be erased by class."""

from collections.abc import Mapping

TABLES: Mapping[str, tuple[str, ...]] = {
    "pupil": ("pupil", "merging", "pupil_mistaken"),
    "enrolments": ("enrolment",),
    "contacts": ("contact",),
    "former_addresses": ("former_address", "former_address_reversal"),
    "sen_periods": ("sen_period",),
    "sen_needs": ("sen_need",),
    "care_periods": ("care_period",),
    "health_items": ("health_item",),
    "disabilities": ("disability",),
    "health_none": ("health_none",),
    "medicines": ("medicine",),
    "doses": ("dose",),
    "attendance": ("mark", "mark_amendment"),
    "timetables": ("timetable",),
    "absence_steps": ("absence_step",),
    "schools_attended": ("school_attended",),
    "attendance_totals": ("attendance_total",),
    "assessments": ("assessment", "assessment_withdrawal"),
    "target_reviews": ("target_review",),
    "report_comments": ("report_comment",),
    "suspensions": ("suspension",),
    "suspension_sessions": ("suspension_session",),
    "suspension_events": ("suspension_event",),
    "incidents": ("incident",),
    "incident_events": ("incident_event",),
    "plans": ("plan",),
    "plan_steps": ("plan_step",),
    "placements": ("placement",),
    "school_places": ("school_place",),
    "school_marks": ("school_mark",),
    "learning": ("learning",),
    "destinations": ("destination",),
    "notes": ("note",),
    "restricted_notes": ("restricted_note",),
    "safeguarding": ("safeguarding_entry",),
    "attachments": ("attachment", "attachment_content"),
    "not_taken": ("not_taken",),
    "protections": ("protection", "protection_lift"),
    "choices": ("choice", "choice_reversal"),
    "wishes": ("wish_step",),
    "consents": ("consent_event", "consent_reversal"),
    "competence": ("consent_competence",),
    "occasions": ("consent_invitation",),
    "notices": ("notice_issue", "notice_issue_reversal", "notice_copy"),
    "acknowledgements": ("notice_acknowledgement", "notice_acknowledgement_reversal"),
    "details_checks": ("details_check",),
    "letters": ("letter_sent",),
    "forms": ("paper_form", "paper_form_asked", "paper_form_page", "paper_form_step", "scan_page"),
    "requests": ("request_case",),
    "request_events": ("request_event",),
    "request_letters": ("request_letter",),
    "disclosures": ("disclosure", "disclosure_strike", "disclosure_family"),
    "frozen": ("export_row",),
    "returns": ("returned",),
    "packs": (
        "pack",
        "pack_made",
        "pack_mark",
        "pack_section",
        "pack_box",
        "pack_sealed",
        "pack_dropped",
    ),  # begun and made are told; what was decided in them is not
    "holds": ("legal_hold",),
    "history": ("amendment",),
}
"""By the name of the section in ``services.sheet.everything``. A table that no section tells fails ``tests/rules/test_sections.py``."""

APART = frozenset({"safeguarding"})
"""What stands on no sheet and in no copy, not even to say that nothing is held: whether there is a safeguarding file is the lead's to tell."""

UNTOLD: Mapping[str, str] = {
    "erasure_order": "an order to erase: it names a pupil by an identity without meaning, and says on what ground",
    "erasure_step": "an erasure from its proposal to its end: it names a pupil by an identity without meaning, and stays when the pupil is gone",
    "findable": "the words of the pupil's records, to find them by; it follows those records by itself",
    "draft": "what a colleague has typed and not kept, and a password not noted; it is shown to that colleague alone, and goes once it is kept or noted",
    "log": "who did what and when; it holds no value of a pupil's, and the access request takes the sender's view of it",
}
"""Tables that say something about pupils and stand in no section, each with the reason."""
