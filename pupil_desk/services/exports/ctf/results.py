"""The results of a pupil as the transfer file has them, by stage; and which of them it has no words for."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.learning.assessment import Assessment, school_year_end
from pupil_desk.services.formats.ctf import element_at

_PATH = "StageAssessments/KeyStage/StageAssessment"
_ENGLAND = "ENG"


def stages(results: Iterable[Assessment]) -> Iterator[Mapping[str, Any]]:
    """The results, each stage with its own."""
    order = {stage: place for place, stage in enumerate(codelist("assessment_stage").codes)}
    entries = sorted(
        results,
        key=lambda entry: (order.get(entry.stage, len(order)), _year(entry), entry.subject, entry.method, entry.component or "", entry.id),
    )
    for stage, stage_entries in groupby(entries, attrgetter("stage")):
        yield {"Stage": stage, "StageAssessment": [_result(entry) for entry in stage_entries]}


def has_codes(entry: Assessment) -> bool:
    """Whether the file can say a result: it has a year, and its country, its subject and its component are codes of the file's lists."""
    tree = _result(entry)
    return bool(tree["Year"]) and all(
        tree[part.name] in part.codes for part in element_at(_PATH).parts if part.codes and tree.get(part.name)
    )


def _year(entry: Assessment) -> int:
    return entry.year or (school_year_end(entry.date) if entry.date else 0)


def _result(entry: Assessment) -> dict[str, Any]:
    return {
        "Locale": entry.locale or _ENGLAND,
        "Year": _year(entry) or None,
        "Subject": entry.subject,
        "Method": entry.method,
        "Component": entry.component,
        "ResultStatus": entry.status,
        "ResultQualifier": entry.qualifier,
        "Result": entry.result,
        "ResultDate": entry.date,
    }
