"""The leaf that goes before the report about an incident, as a paper that can be translated: its prose."""

from pupil_desk.basics.words import _
from pupil_desk.documents.prose import AND
from pupil_desk.services.translations.fixed_papers import FixedPaper

LEAF = FixedPaper("incident-leaf", _("Leaf to the report about an incident"), ("incident_report_leaf.md",), (AND,))
