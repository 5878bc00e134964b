"""Where each kind of thing has its places («How to add …» in README), and in a sentence what a thing lacks and where it belongs.

A thing that lacks nothing gives no sentence. ``test_places`` asks this of all that there is; ``test_new_things`` of what somebody new added.
"""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from itertools import groupby
from types import ModuleType
from typing import Any

import pupil_desk.services.exports
import pupil_desk.services.figures
import pupil_desk.services.imports
import pupil_desk.services.paper_forms
import pupil_desk.services.quality
import pupil_desk.ui.pages
import pupil_desk.ui.pages.pupils.record
from pupil_desk.basics.places import resource
from pupil_desk.cli.arguments import COMMANDS, IMPORT_KINDS, Syntax
from pupil_desk.cli.run import work_of
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.services import figures
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS, offers
from pupil_desk.services.exports.export import Export, Format
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.imports import IMPORTS
from pupil_desk.services.imports.kinds import ImportKind
from pupil_desk.services.paper_forms.kind import FormKind
from pupil_desk.services.paper_forms.kinds import KINDS
from pupil_desk.services.quality.rules import RULES
from pupil_desk.store.rows import several
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.places import PLACES
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.style.icons import names

_PUPILS_HELP = "resources/help/02-pupils.md"
_COLUMNS_HELP, _COMMAND_HELP = "resources/help/exports-columns.md", "resources/help/90-command-line.md"
_FURTHER_PEOPLE = re.compile(r"[a-z]+_[2-9]_")  # of people the first is told in the help, and that the others follow


def _help(path: str) -> str:
    return resource(*path.split("/")[1:]).read_text(encoding="utf-8")


def chapter_of(name: str) -> str | None:
    """What the help tells of an export's columns; None where it has no chapter."""
    chapters = re.split(r"^## ", _help(_COLUMNS_HELP), flags=re.MULTILINE)
    return next((chapter for chapter in chapters if re.match(rf"{re.escape(name)}(:.*)?\n", chapter)), None)


def of_columns(desk: Desk, export: Export) -> Iterator[str]:
    """Whether the help tells of an export's table the columns that its file has, in their order; of a file of values, or one that describes itself, it tells otherwise."""
    order = ExportOrder(reason="", format=Format.XLSX if Format.XLSX in export.layouts else None)
    selection = export.select(desk, ask_of(desk, export, order))
    chapter = chapter_of(export.name)
    if chapter is None or export.in_full or any(sheet.values for sheet in selection.sheets):
        return
    headings = dict.fromkeys(column.heading for sheet in selection.sheets if not sheet.explains for column in sheet.columns)
    columns = [heading for heading in headings if not _FURTHER_PEOPLE.match(heading)]
    cells = re.findall(r"^\| ([A-Za-z_0-9]+) \|", chapter, re.MULTILINE)
    in_help = [cell for cell in dict.fromkeys(cells) if cell != "Column"]
    if not in_help and re.search(r"\]\([\w-]+\.md\)", chapter):
        return  # they stand in a chapter of their own
    if in_help != columns:
        missing, surplus = [name for name in columns if name not in in_help], [name for name in in_help if name not in columns]
        yield (
            f"The columns of the export «{export.name}» in {_COLUMNS_HELP} are not those of its file, in their order: "
            f"missing {missing}, too many {surplus}."
        )


def _own(package: ModuleType, wanted: Callable[[Any], bool], *, deep: bool = True) -> Iterator[tuple[str, Any]]:
    """By name, the classes or functions that the modules of a package define, unless ``deep`` without those in its folders."""
    for module in _modules(package, deep=deep):
        for name, thing in vars(module).items():
            if wanted(thing) and thing.__module__ == module.__name__:
                yield name, thing


def _modules(package: ModuleType, *, deep: bool = True) -> Iterator[ModuleType]:
    walk = pkgutil.walk_packages if deep else pkgutil.iter_modules
    return (import_module(info.name) for info in walk(package.__path__, f"{package.__name__}."))


def unlisted(package: ModuleType, kind: type, listed: Iterable[Any], where: str) -> Iterator[str]:
    """What a module of a package has of a kind, and no list names."""
    identities = {id(thing) for thing in listed}
    for module in _modules(package):
        for name, thing in vars(module).items():
            if isinstance(thing, kind) and id(thing) not in identities:
                yield f"«{name}» of {module.__name__} is in no list: add its line to {where}."


def of_exports(exports: Iterable[Export] = EXPORTS) -> Iterator[str]:
    """Its group on the page, its chapter of the help, and the two tables of the tests that say what it covers and how it changes."""
    from tests.services.exports.test_autumn_and_spring import SPRING_FINDS
    from tests.services.exports.test_covers import COVERED

    yield from unlisted(pupil_desk.services.exports, Export, EXPORTS, "EXPORTS, pupil_desk/services/exports/__init__.py")
    for export in exports:
        if offers.group_of(export.name) == offers.OWN:
            yield f"The export «{export.name}» stands in no group of the page: put its name into GROUPS, pupil_desk/services/exports/offers.py."
        if chapter_of(export.name) is None:
            yield f"The columns of the export «{export.name}» are not in the help: write a chapter «## {export.name}» in {_COLUMNS_HELP}."
        if export.name not in COVERED:
            yield f"Nothing says whom the export «{export.name}» covers: say it in COVERED, tests/services/exports/test_covers.py."
        if export.name not in SPRING_FINDS:
            yield (
                f"Nothing says what becomes of the export «{export.name}» in half a year: "
                "say it in SPRING_FINDS, tests/services/exports/test_autumn_and_spring.py."
            )


def of_imports(kinds: Iterable[Any] = IMPORTS) -> Iterator[str]:
    """Its name and its words are its own, so that a person can choose it, and the command names it."""
    for kind in kinds:
        if kind.name not in IMPORT_KINDS:
            yield f"The command «import» does not name the kind «{kind.name}»: add it to IMPORT_KINDS, pupil_desk/cli/arguments.py."
    yield from unlisted(pupil_desk.services.imports, ImportKind, IMPORTS, "IMPORTS, pupil_desk/services/imports/__init__.py")
    yield from _twice("The kind of import", "pupil_desk/services/imports/", [(kind.name, kind.label) for kind in kinds])


def of_pages(all_pages: Sequence[type[Page]] | None = None) -> Iterator[str]:
    """Its name, title and icon, its place among its group, and its help."""
    all_pages = pages() if all_pages is None else all_pages
    for name, thing in _own(pupil_desk.ui.pages, inspect.isclass):
        if issubclass(thing, Page) and thing not in pages():
            yield f"«{name}» of {thing.__module__} is in no list: add its line to pupil_desk/ui/pages/__init__.py."
    for page in all_pages:
        lacks = [name for name in ("name", "title", "icon") if not hasattr(page, name)]
        if lacks:
            yield f"The page {page.__name__} has no {', '.join(lacks)}: see Page, pupil_desk/ui/kit/page.py."
            continue
        if page.icon not in names():
            near = ", ".join(get_close_matches(page.icon, names())) or "none"
            yield f"The icon «{page.icon}» of the page «{page.name}» is not in the Phosphor font. Like it are: {near}."
        if page.name != "help" and not any(_is_help_of(page, path.stem, path.read_text("utf-8")) for path in resource("help").glob("*.md")):
            yield f"The page «{page.name}» has no help: write resources/help/NN-{page.name}.md, with «# {page.title}» as its first line."
    groups = [group for group, _pages in groupby(page.group.title for page in all_pages)]
    for group in sorted({group for group in groups if groups.count(group) > 1}):
        yield f"The pages of the group «{group}» do not stand together: set group, or move the line in pupil_desk/ui/pages/__init__.py."


def _is_help_of(page: type[Page], stem: str, text: str) -> bool:
    return re.fullmatch(rf"\d\d-{re.escape(page.name)}", stem) is not None and text.startswith(f"# {page.title}\n")


def of_parts(parts: Iterable[tuple[str, str, Any]] = PARTS) -> Iterator[str]:
    """A part's key and words are its own, and the records that it shows are in the catalogue."""
    for name, thing in _own(pupil_desk.ui.pages.pupils.record, inspect.isclass, deep=False):
        if issubclass(thing, RecordPart) and not thing.__subclasses__() and thing not in [part[2] for part in PARTS]:
            yield f"«{name}» of {thing.__module__} is in no list: add its line to PARTS, pupil_desk/ui/pages/pupils/record/parts.py."
    heads = _help(_PUPILS_HELP).splitlines()
    for key, words, _kind in parts:
        if f"## {words}" not in heads:
            yield f"The part «{key}» is not in the help: write a part «## {words}» in {_PUPILS_HELP}, to which F1 leads."
        if ("pupils", key, words) not in [(place.page, place.place, place.words) for place in PLACES]:
            yield f"Ctrl+E does not find the part «{key}»: add its line to PLACES, pupil_desk/ui/pages/places.py, with the words «{words}»."
    yield from _twice("The part of the record", "pupil_desk/ui/pages/pupils/record/parts.py", [part[:2] for part in parts])
    for record_type, table in several.TABLES.items():
        if record_type not in RECORDS.values():
            yield f"{record_type.__name__}, the record of the table «{table}», is no record of the catalogue: add its line to RECORDS, pupil_desk/domain/catalogue/catalogue.py."


def of_checks(keys: Iterable[str] = tuple(rule.key for rule in RULES)) -> Iterator[str]:
    """A file on which the rule fires."""
    from tests.services.quality.test_rules import FIRES

    checks = {rule.check for rule in RULES}
    for name, function in _own(pupil_desk.services.quality, inspect.isfunction):
        if not name.startswith("_") and [*inspect.signature(function).parameters] == ["file", "context"] and function not in checks:
            yield f"The check «{name}» of {function.__module__} is no rule: add a QualityRule of it to RULES of its module."
    for key in keys:
        if key not in FIRES:
            yield f"Nothing shows what the check «{key}» finds: add a file to FIRES, and a near miss to SILENT, tests/services/quality/test_rules.py."


def of_figures(kinds: Iterable[figures.FigureKind] = figures.FIGURES) -> Iterator[str]:
    """Its name and its words are its own."""
    yield from unlisted(pupil_desk.services.figures, figures.FigureKind, figures.FIGURES, "FIGURES, pupil_desk/services/figures/kinds.py")
    yield from _twice("The figure", "pupil_desk/services/figures/", [(kind.name, kind.title) for kind in kinds])


def of_forms(kinds: Iterable[Any] = KINDS) -> Iterator[str]:
    """All that a kind of form must answer."""
    for module in _modules(pupil_desk.services.paper_forms):
        form_kind = getattr(module, "KIND", None)
        if hasattr(form_kind, "keep_asked") and form_kind not in KINDS:
            yield f"«KIND» of {module.__name__} is in no list: add its line to KINDS, pupil_desk/services/paper_forms/kinds.py."
    asked = [name for name in (*FormKind.__annotations__, *vars(FormKind)) if not name.startswith("_")]
    for kind in kinds:
        if lacks := [name for name in asked if not hasattr(kind, name)]:
            yield f"The form {type(kind).__name__} does not say: {', '.join(lacks)}. See FormKind, pupil_desk/services/paper_forms/kind.py."


def of_commands(commands: Iterable[Syntax] = COMMANDS) -> Iterator[str]:
    """The function that does its work, and its line in the help."""
    for command in commands:
        try:
            work_of(command)
        except AttributeError:
            module, _dot, function = command.work.partition(".")
            yield f"The command «{command.name}» has nothing that does its work: write {function}(call) in pupil_desk/cli/{module}.py."
        except LookupError as error:
            yield f"{error}."
        if f"- `{command.name} " not in _help(_COMMAND_HELP) and f"- `{command.name}`" not in _help(_COMMAND_HELP):
            yield f"The command «{command.name}» is not in the help: begin a line with «- `{command.name} …`» in {_COMMAND_HELP}."


def _twice(what: str, where: str, things: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Of things by name and in words: those whose name or words another has too."""
    for place in (0, 1):
        used = [thing[place] for thing in things]
        for word in sorted({word for word in used if used.count(word) > 1}):
            yield f"{what} «{word}» is there twice: {where}."


ALL = {
    "exports": of_exports, "imports": of_imports, "pages": of_pages, "parts": of_parts, "checks": of_checks, "figures": of_figures,
    "forms": of_forms, "commands": of_commands,
}  # fmt: skip
