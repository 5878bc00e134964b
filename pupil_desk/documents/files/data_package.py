"""The description of a folder of tables, for any program: a Frictionless data package, ``datapackage.json``.

Source: Data Package version 2 (Frictionless Data, June 2024) and its Table Schema, read November 2026 (sure: high): resources with path, schema and dialect; fields with
name, type, title, description and missing values; primary and foreign keys. What is not of that standard is not here.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its type in words of the standard, what a person calls it, what it is, and whether it always has a value.

    Of one that always has a value an empty cell is an empty text; of another it is no value.
    """

    name: str
    type: str
    title: str
    description: str
    required: bool
    format: str = ""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns that name a row of another table, by these columns there."""

    columns: Sequence[str]
    table: str
    there: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A table of the package: its name, path and bytes, what it is, its columns and keys."""

    name: str
    path: str
    data: bytes
    title: str
    description: str
    fields: Sequence[Field]
    key: Sequence[str]
    foreign_keys: Sequence[ForeignKey]


def package_bytes(name: str, title: str, description: str, moment: datetime, resources: Sequence[Resource]) -> bytes:
    """The description's bytes."""
    package = {
        "$schema": _PROFILE,
        "name": name,
        "title": title,
        "description": description,
        "created": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [_resource(resource) for resource in resources],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _resource(resource: Resource) -> Mapping[str, object]:
    schema: dict[str, object] = {"fields": [_field(field) for field in resource.fields], "missingValues": [""]}
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    if resource.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {"resource": "" if key.table == resource.name else key.table, "fields": list(key.there)},
            }
            for key in resource.foreign_keys
        ]
    return {
        "name": resource.name,
        "type": "table",
        "path": resource.path,
        "title": resource.title,
        "description": resource.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(resource.data),
        "hash": f"sha256:{hashlib.sha256(resource.data).hexdigest()}",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _field(field: Field) -> Mapping[str, object]:
    facts: dict[str, object] = {"name": field.name, "type": field.type, "title": field.title, "description": field.description}
    if field.format:
        facts["format"] = field.format
    if field.type == "boolean":
        facts |= {"trueValues": ["1"], "falseValues": ["0"]}
    if field.required and field.type == "string":
        facts["missingValues"] = []
    return facts
