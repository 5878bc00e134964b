"""What to know of pupils' health, and their medicines, as other programs list them: several rows of a pupil, each a condition, an allergy, a need or a medicine.

No row takes anything away: what is on file and not in the list stays. An entry that is over stays as it is: a row that goes on is a new one beside it.
An entry that goes on is ended by a row only where a person picks it.
"""

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import HealthItem, Medicine, check_medicine
from pupil_desk.domain.care.needs import check_days
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.store.rows import several

# the headings are our own reading of what such lists are headed, none fixed by anybody
HEALTH = import_of(
    "health",
    _("Health: conditions, allergies, diets"),
    Keyed(
        record_type=HealthItem,
        key_of=lambda item: (item.kind, fold(item.what)),
        # of two alike the gravest is meant
        by_pupil=lambda vault: {pupil_id: found[::-1] for pupil_id, found in several.by_pupil(vault, HealthItem).items()},
        days=lambda item: (item.start_date, item.end_date),
        check=check_days,
        by_person=True,
        heads={
            "kind": ("type", "health type", "type of entry", "medical type", "category"),
            "what": ("condition", "medical condition", "condition name", "allergy", "diagnosis", "dietary need"),
            "severity": ("severity", "severity level", "risk level"),
            "allergen": ("allergen",),
            "diet": ("diet", "dietary requirement"),
            "emergency": ("emergency action", "emergency procedure", "emergency treatment", "action in an emergency", "what to do"),
            "plan": ("care plan", "treatment plan", "notes", "medical notes", "comments"),
            "start_date": ("start date", "date diagnosed", "date identified", "date received"),
            "end_date": ("end date", "date ended"),
        },
        near=lambda item: fold(item.what),
    ),
)


MEDICINES = import_of(
    "medicines",
    _("Medicines"),
    Keyed(
        record_type=Medicine,
        key_of=lambda medicine: (fold(medicine.name), fold(medicine.taken)),
        by_pupil=lambda vault: several.by_pupil(vault, Medicine),
        days=lambda medicine: (None, medicine.end_date),
        check=check_medicine,
        by_person=True,
        heads={
            "name": ("medication", "medicine name", "name of medicine", "medication name", "drug", "drug name"),
            "dose": ("dosage", "dose and method", "amount"),
            "taken": ("frequency", "times", "timing", "when taken", "when to be given", "time of dose", "administration times"),
            "controlled": ("controlled", "controlled medication"),
            "consented_by": ("consent given by", "consent from", "parental consent by", "authorised by"),
            "consented_on": ("consent date", "date of consent"),
            "stored": ("storage", "location", "storage location", "stored"),
            "expiry": ("expiry", "expiry date", "expires", "use by date"),
            "end_date": ("end date", "stop date", "course ends"),
        },
        near=lambda medicine: fold(medicine.name),
    ),
)
