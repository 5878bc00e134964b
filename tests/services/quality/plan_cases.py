"""The cases of the rules of *Check records* about plans."""

from dataclasses import replace
from datetime import date

from tests.services.quality.good import OUR_PLAN, PUPIL, changed, planned, whole

PLANS_FIRE = {
    "plan-overdue": (whole(plans=[planned("risk")]), ""),
    "provision-without-plan": (whole(plans=[planned("ehc", ended_on=date(2026, 9, 1))]), ""),
    "support-without-plan": (changed(sen_provision="K"), ""),
    "looked-after-without-plan": (whole(replace(PUPIL, looked_after=True), plans=[planned("pep", ended_on=date(2026, 9, 1))]), ""),
    "plan-without-provision": (whole(plans=[OUR_PLAN, planned("sen-support", made_on=date(2026, 9, 1))]), "sen_provision"),
}
PLANS_SILENT = {
    "plan-overdue": whole(plans=[OUR_PLAN, planned("risk", ended_on=date(2026, 9, 1))]),
    "provision-without-plan": changed(sen_provision="K"),
    "support-without-plan": whole(replace(PUPIL, sen_provision="K"), plans=[planned("sen-support", made_on=date(2026, 11, 2))]),
    "looked-after-without-plan": whole(replace(PUPIL, looked_after=True), plans=[planned("pep", made_on=date(2026, 11, 2))]),
    "plan-without-provision": whole(plans=[OUR_PLAN, planned("sen-support", ended_on=date(2026, 9, 1))]),
}
