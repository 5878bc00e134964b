"""The chapters of the help, in the window and on paper. They tell of the program alone, so nobody signs in for them."""

import re
from dataclasses import dataclass
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefacts import FOLDERS, RuleFacts, all_facts
from pupil_desk.basics.text import begun_small, capital, tokens
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.chapter import blocks_of, title_of
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.governance.retention import proposed_schedule, sure_words
from pupil_desk.services.rules.saying import said_briefly
from pupil_desk.services.saving import Saving

INSTALL_GUIDES = ("80-install", "81-technician", "82-windows-checks")
"""The chapters that lie beside the installed program as PDF: for the office, for its technician, for who tries it out."""

_SIZES = (12, 11.5, 11, 10.5, 10)  # points: large type as long as it costs no page


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: the name of its file without the ending, and its title."""

    name: str
    title: str

    @property
    def topic(self) -> str:
        """«07-backup» is the help of the page «backup»: numbers only order the list."""
        return re.sub(r"^\d+-", "", self.name)


def chapters() -> list[Chapter]:
    """Every chapter, in the order of the list."""
    return [Chapter(path.stem, title_of(text_of(path.stem))) for path in sorted(resource("help").glob("*.md"))]


def chapters_about(text: str) -> list[tuple[Chapter, str]]:
    """The chapters whose title, or a heading in them, has words that begin as those typed; each with the heading, empty for the title."""
    query = tokens(text)
    matches = []
    for chapter in chapters() if query else []:
        heads = [line.lstrip("# ") for line in text_of(chapter.name).splitlines() if line.startswith("#")]
        heading = next(
            (head for head in heads if all(any(word.startswith(query_word) for word in tokens(head)) for query_word in query)), None
        )
        if heading is not None:
            matches.append((chapter, "" if heading == chapter.title else heading))
    return matches


def text_of(name: str) -> str:
    """A chapter, in Markdown. How long things are kept, and where each rule comes from, is filled in from the files of rules."""
    text = resource("help", f"{name}.md").read_text(encoding="utf-8")
    return _KEPT.sub(_retention_words, text.replace(_RULES, rules_in_tables()) if _RULES in text else text)


_RULES = "{rules}"
_SHORT = 40  # letters of a source that is said again where the row before has it too


def rules_in_tables() -> str:
    """Every rule in force with what it says and its four facts: a table for each folder of files, in it a row for each, those beside each other whose facts are the same."""
    tables = []
    for folder, title in FOLDERS.items():
        rules = [facts for facts in all_facts() if facts.path.startswith(folder)]
        several = len({facts.title for facts in rules}) > 1
        alike: dict[tuple[str, ...], list[RuleFacts]] = {}
        for facts in rules:
            same = (facts.source, show_date(facts.checked), _how_sure(facts), show_date(facts.look_again))
            alike.setdefault(same, []).append(facts)
        rows, before = [], ""
        for (source, *others), found in alike.items():
            for facts in found:
                said = _("The same") if source == before and len(source) > _SHORT else source
                rows.append(f"| {' | '.join((_rule_of_row(facts, several=several), said, *others))} |")
                before = source
        head = "| {} |\n{}".format(
            " | ".join((_("Rule, and what it says"), _("Source"), _("Checked"), _("How sure"), _("Look again"))), "|---" * 5 + "|"
        )
        tables.append("\n".join((f"## {title}\n", head, *rows)))
    return "\n\n".join(tables)


def _rule_of_row(facts: RuleFacts, *, several: bool) -> str:
    """What a rule is called and says: a whole file by its title, a part of one with it; by the part alone where all of the table is of one file."""
    says = said_briefly(facts).rstrip(".")
    if facts.part and several:
        return _("{title}, {rule}: {says}").format(title=facts.title, rule=begun_small(facts.part), says=says)
    return _("{rule}: {says}").format(rule=facts.part or facts.title, says=says)


def _how_sure(facts: RuleFacts) -> str:
    return f"{capital(facts.sure)}: {facts.unsure}" if facts.unsure else capital(facts.sure)


_KEPT = re.compile(r"\{(kept|least|periods)(?::([a-z-]+))?\}")


def _retention_words(match: re.Match[str]) -> str:
    """«{kept:request}» is the sentence of a class, «{least:register}» what a law asks for, «{periods}» the rows of a table of all classes."""
    schedule = proposed_schedule()
    if match[1] == "kept":
        return schedule[match[2]].running
    if match[1] == "least":
        return schedule.register_law
    rows = [
        (
            retention_class.label,
            begun_small(retention_class.sentence),
            _("{sure}: {source}").format(sure=sure_words(retention_class), source=retention_class.source),
        )
        for retention_class in schedule.classes.values()
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def pdf_of(name: str) -> bytes:
    """A chapter as a tagged PDF on A4, in the largest type in which it takes no page more than in the smallest."""
    from pupil_desk.documents.pdf.page import build_pdf, pages_needed

    story, title = blocks_of(text_of(name)), title_of(text_of(name))
    fewest = pages_needed(story, base_size=_SIZES[-1])
    size = next(size for size in _SIZES if pages_needed(story, base_size=size) == fewest)
    return build_pdf(story, title=title, footer=f"Pupil Desk {__version__}", base_size=size)


def save_guide(name: str, folder: Path) -> FileMade:
    """Save a chapter as PDF under a name that is free in the folder. Raises CannotWrite."""
    return save_guides((name,), folder)[0]


def save_guides(names: tuple[str, ...], folder: Path) -> list[FileMade]:
    """Save chapters as PDF, all of them or none. Raises CannotWrite."""
    topics = {chapter.name: chapter.topic for chapter in chapters()}
    with Saving(folder) as saving:
        for name in names:
            saving.keep(f"pupil-desk-{topics[name]}", ".pdf", pdf_of(name))
    return saving.files
