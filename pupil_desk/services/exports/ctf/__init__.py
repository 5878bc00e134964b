"""The Common Transfer File of a pupil who leaves, or becomes registered at a second school: one file each.

Source: Education (Pupil Information) (England) Regulations 2005, regulation 9. The elements are data (``services.formats.ctf``), and so are
the rules of sending (``resources/ctf/sending.toml``).
"""

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis
from pupil_desk.domain.sharing.recipients import NEXT_SCHOOL
from pupil_desk.services.exports.ctf.files import keep_numbers, xml_files
from pupil_desk.services.exports.ctf.selecting import select
from pupil_desk.services.exports.export import Export, Format, Option
from pupil_desk.services.formats.ctf import element_at, items_sent

CTF = Export(
    name="ctf",
    title=_("Common Transfer File"),
    recipient_key=NEXT_SCHOOL,
    law=_("Education (Pupil Information) (England) Regulations 2005, regulation 9"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To give the next school what it needs to know of a pupil from the first day."),
    items=items_sent(),
    covers=_(
        "Those who left the roll in the last 15 school days, and up to 15 school days late, of whom no file was sent yet; by name also any other leaver, and a copy of one registered at two schools."
    ),
    stem="ctf",
    names="*_CTF_*.xml",
    select=select,
    layouts={Format.XML: xml_files},
    options=frozenset({Option.PUPILS}),
    once=True,
    spec=_(
        "Common Transfer File, version 26.0 from 1 August 2026 and 25.0 before, unless the settings name one. Checked against the published structure as rebuilt, not certified."
    ),
    upload=True,
    keep=keep_numbers,
    flags=frozenset(element_at("BasicDetails/MedicalFlag").items),
)

__all__ = ["CTF"]
