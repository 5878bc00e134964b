"""For the youth support service: those aged 13 to 19, with name, address and date of birth, or with more.

Source: Education and Skills Act 2008, section 72; what goes at which level is ``domain.sharing.YOUTH_SUPPORT``.
"""

from pupil_desk.basics.words import _
from pupil_desk.domain.sharing import YOUTH_SUPPORT as RECIPIENT
from pupil_desk.services.exports.export import Export
from pupil_desk.services.exports.judged import selecting
from pupil_desk.services.exports.layouts import TABLE

YOUTH_SUPPORT = Export(
    name=RECIPIENT.name,
    title=_("Pupils for the youth support service"),
    recipient=RECIPIENT.label,
    law=RECIPIENT.law,
    basis=RECIPIENT.basis,
    purpose=_("To support young people from 13 to 19 into education, training and work."),
    items=RECIPIENT.full + RECIPIENT.parent_items,
    stem="youth-support",
    covers=_("Pupils on roll on the day who are 13 or older."),
    select=selecting(RECIPIENT),
    layouts=TABLE,
)
