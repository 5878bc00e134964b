"""The cases of rules that came later, each kind of record in a file of its own, together."""

from tests.services.quality.accident_cases import ACCIDENTS_FIRE, ACCIDENTS_SILENT
from tests.services.quality.exam_cases import EXAMS_FIRE, EXAMS_SILENT
from tests.services.quality.noted_cases import NOTED_FIRE, NOTED_SILENT
from tests.services.quality.plan_cases import PLANS_FIRE, PLANS_SILENT
from tests.services.quality.provider_cases import PROVIDERS_FIRE, PROVIDERS_SILENT
from tests.services.quality.transport_cases import TRANSPORT_FIRE, TRANSPORT_SILENT

LATER_FIRE = {**ACCIDENTS_FIRE, **EXAMS_FIRE, **NOTED_FIRE, **PLANS_FIRE, **PROVIDERS_FIRE, **TRANSPORT_FIRE}
LATER_SILENT = {**ACCIDENTS_SILENT, **EXAMS_SILENT, **NOTED_SILENT, **PLANS_SILENT, **PROVIDERS_SILENT, **TRANSPORT_SILENT}
