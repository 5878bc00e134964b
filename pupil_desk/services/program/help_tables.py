"""What the chapters of the help are filled with: tables and sentences made from the rule, register or list that decides, so that the two cannot differ.

A chapter says «{keys}», or with what it is asked for «{keys:register}»; «{kept:request}» is a sentence. «{limit:ill-days}» is a number of a
file of rules, which a pack of newer ones may change, «{proposed:reminder-days}» what a setting is until the unit sets it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import MONTHS, show_date
from pupil_desk.basics.rulefacts import FOLDERS, RuleFacts, all_facts
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.valuesets import ValueRule, valuesets
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.accidents.riddor import riddor_rules
from pupil_desk.domain.catalogue.items import Section, items_of
from pupil_desk.domain.consents.consent import ConsentType, lapse_words
from pupil_desk.domain.governance.retention import proposed_schedule, sure_words
from pupil_desk.domain.incidents import duties
from pupil_desk.domain.plans.annual_review import PHASE, POST_16, review_rules
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.pupils.protection import RULES, PaperVisibility
from pupil_desk.domain.register.authority_returns import limits
from pupil_desk.domain.register.penalty import penalty_rule
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.safeguarding import transfer
from pupil_desk.domain.sharing.recipients import NoticeUse, register
from pupil_desk.domain.unit.kind import unit_kinds
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.consents import types
from pupil_desk.services.plans import plans_due
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action, who_may
from pupil_desk.services.rules.saying import said_briefly


def filled(text: str) -> str:
    """A chapter with its places filled."""
    return _PLACE.sub(lambda match: _MADE[match[1]](match[2] or ""), text)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join((_lines([headings]), "|---" * len(headings) + "|", *filter(None, [_lines(rows)])))


def _lines(rows: Iterable[Sequence[str]]) -> str:
    """The rows alone, beneath a heading that stands in the chapter."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_FEW_RULES = 3  # so many that allow a set are not told beside its title
_SHORT = 40  # letters of a source that is said again where the row before has it too


def rules_in_tables() -> str:
    """Every rule in force with what it says and its four facts: a table for each folder of files, in it a row for each, those beside each other whose facts are the same."""
    tables, every = [], all_facts()
    for folder, title in FOLDERS.items():
        rules = [facts for facts in every if facts.path.startswith(folder)]
        several = len({facts.title for facts in rules}) > 1
        alike: dict[tuple[str, ...], list[RuleFacts]] = {}
        for facts in rules:
            same = (facts.source, show_date(facts.checked), _how_sure(facts), show_date(facts.look_again))
            alike.setdefault(same, []).append(facts)
        rows, before = list[tuple[str, ...]](), ""
        for (source, *others), found in alike.items():
            for facts in found:
                said = _("The same") if source == before and len(source) > _SHORT else source
                rows.append((_rule_of_row(facts, several=several), said, *others))
                before = source
        headings = (_("Rule, and what it says"), _("Source"), _("Checked"), _("How sure"), _("Look again"))
        tables.append(f"## {title}\n\n{table(headings, rows)}")
    return "\n\n".join(tables)


def _rule_of_row(facts: RuleFacts, *, several: bool) -> str:
    """What a rule is called and says: a whole file by its title, a part of one with it; by the part alone where all of the table is of one file."""
    says = said_briefly(facts).rstrip(".")
    if facts.part and several:
        return _("{title}, {rule}: {says}").format(title=facts.title, rule=begun_small(facts.part), says=says)
    return _("{rule}: {says}").format(rule=facts.part or facts.title, says=says)


def _how_sure(facts: RuleFacts) -> str:
    return f"{capital(facts.sure)}: {facts.unsure}" if facts.unsure else capital(facts.sure)


def _keys(group: str) -> str:
    """The keys of a group, or of all groups, each under its heading."""
    tables = {
        name: (title, table((_("Key"), _("What it does")), [keys.row_of(row) for row in rows]))
        for name, (title, rows) in keys.GROUPS.items()
    }
    return tables[group][1] if group else "\n\n".join(f"## {title}\n\n{made}" for title, made in tables.values())


def _exports(_name: str) -> str:
    from pupil_desk.services.exports import EXPORTS  # all of them, for one chapter

    rows = [(export.title, f"`{export.name}`", export.recipient, export.law) for export in EXPORTS]
    return table((_("Export"), _("By command"), _("For whom"), _("On what law")), rows)


def _settings(section: str) -> str:
    """The settings of a group, with what each is; those whose name says it all stand beneath."""
    items = [item for item in items_of(UnitSettings) if item.section is Section[section.upper()]]
    explained = table((_("Setting"), _("What it is")), [(item.label, item.hint) for item in items if item.hint])
    plain = [f"*{item.label}*" for item in items if not item.hint]
    return "\n\n".join((explained, _("And {settings}.").format(settings=join_words(plain))) if plain else (explained,))


def _consents(_name: str) -> str:
    headings = (_("Consent"), _("Who says yes"), _("The pupil alone from"), _("Holds until"), _("How sure"))
    return table(headings, [consent_row(shipped.type) for shipped in types.shipped().values()])


def consent_row(made: ConsentType) -> tuple[str, ...]:
    """What the table says of a type of consent."""
    who = {"one": _("One parent"), "each": _("Each parent"), "none": _("The pupil")}[made.parents]
    who += _(", in writing") * made.written + _(" and the pupil") * made.pupil_too
    who += _(", or a competent pupil") * (made.pupil_yes == "competent")
    alone = str(made.own_age) + _(", once found competent") * (made.own_competence == "recorded" and made.own_age < 18)
    return (made.name, who, alone, lapse_words(made), codelist("consent_sure").label_of(made.sure).split(":")[0])


_SHOWN = {
    PaperVisibility.EVERYTHING: _("as everybody"),
    PaperVisibility.NAME_ALONE: _("by name alone"),
    PaperVisibility.LEFT_OUT: _("left out; a letter or slip is made once you tick that, and are asked"),
}


def _hour(_name: str) -> str:
    """The steps of the first hour, as the training unit ticks them."""
    from pupil_desk.services.home.first_hour import STEPS  # much of the program stands behind them

    return "\n".join(f"{number}. **{step.name}**: {begun_small(step.words)}." for number, step in enumerate(STEPS, 1))


def _protected(_name: str) -> str:
    rows = [(rule.title, _SHOWN[rule.shown], rule.why) for rule in RULES.values()]
    return table((_("Paper"), _("A protected pupil"), _("Why")), rows)


def _kinds(_name: str) -> str:
    """What follows from the kind of unit, a heading and a table for each kind."""
    kinds = codelist("unit_kind")
    made = [(kinds.label_of(code), kind.follows()) for code, kind in unit_kinds().items()]
    questions = [question for question, _answer in made[0][1]]
    rows = [(question, *(capital(answers[place][1]) for _kind, answers in made)) for place, question in enumerate(questions)]
    return table((_("What follows"), *(kind for kind, _answers in made)), rows)


def _results(_name: str) -> str:
    """A row for each set of results that are allowed; of several with one title, and of one that some rule ends, with what for."""
    found = valuesets("results", "allowed.toml")
    titles, rows = Counter(one.title for one in found.sets.values()), []
    for name, one in found.sets.items():
        naming = [rule for rule in found.rules if name in (*rule.sets, *rule.by_qualifier.values())]
        for_ever = [rule.wants for rule in naming if rule.until is None]
        rules = [rule for rule in naming if rule.until is None or rule.wants not in for_ever]
        told = join_words([_result_words(rule) for rule in rules])
        is_told = titles[one.title] > 1 or (len(rules) < _FEW_RULES and any(rule.until for rule in rules))
        is_told = is_told and told not in one.title.lower()
        rows.append((_("{title}: {what}").format(title=one.title, what=told) if is_told else one.title, one.label, one.sure))
    return _lines(rows)


def _result_words(rule: ValueRule) -> str:
    """For what a rule allows results: «GCSE until 31 December 2019»."""
    subjects = codelist("assessment_subject")
    named = [*filter(None, rule.wants.get("component", ()))] or [subjects.label_of(code).lower() for code in rule.wants.get("subject", ())]
    since = [_("since {day}").format(day=show_date(rule.since))] if rule.since else []
    until = [_("until {day}").format(day=show_date(rule.until))] if rule.until else []
    return " ".join((join_words(named), *since, *until)).strip()


def _withheld(_name: str) -> str:
    """A row for each kind of place that a copy marks: what is proposed of it and why, and what is done where nobody is there to decide."""
    from pupil_desk.services.packs.people import HAND, rules  # much of the program stands behind it

    proposed = {PlaceVerdict.WITHHOLD: _("Withhold"), PlaceVerdict.RELEASE: _("Give")}
    done = {PlaceVerdict.WITHHOLD: _("Withheld"), PlaceVerdict.RELEASE: _("Given")}
    rows = [
        (rule.label, _("{what}: {why}").format(what=proposed[rule.proposed], why=begun_small(rule.why).rstrip(".")), done[rule.alone])
        for code, rule in rules().items()
        if code != HAND
    ]
    return _lines(rows)


def _told(_name: str) -> str:
    rows = [
        (recipient.label, recipient.law, recipient.covers, recipient.sure)
        for recipient in register().values()
        if recipient.use is NoticeUse.CHOSEN
    ]
    return table((_("Recipient"), _("Rests on"), _("Of whom"), _("How sure")), rows)


def _periods(_name: str) -> str:
    return _lines(
        (made.label, begun_small(made.sentence), _("{sure}: {source}").format(sure=sure_words(made), source=made.source))
        for made in proposed_schedule().classes.values()
    )


def _report_days() -> list[int]:
    """The days for a report of an accident, of each rule that asks for one."""
    return [accident_rule.days for accident_rule in riddor_rules().rules if accident_rule.days is not None]


def _limit(name: str) -> str:
    from pupil_desk.domain.pupils.sending import sending_rules  # much of the program stands behind these
    from pupil_desk.services.quality import rule
    from pupil_desk.services.register.sheets.printing import KEPT_FOR

    numbers: Mapping[str, Callable[[], object]] = {
        "absent-days": lambda: limits()["unauthorised_days"].value,
        "ill-days": lambda: limits()["sickness_days"].value,
        "social-worker-hour": lambda: limits()["social_worker_hour"].value,
        "penalty-sessions": lambda: penalty_rule().sessions,
        "penalty-weeks": lambda: penalty_rule().weeks,
        "penalty-notices": lambda: penalty_rule().most_notices,
        "penalty-years": lambda: penalty_rule().years,
        "improvement-least": lambda: penalty_rule().least_improvement,
        "improvement-most": lambda: penalty_rule().most_improvement,
        "nothing-known-days": lambda: rule.limits()["nothing_known_days"],
        "sheet-days": lambda: KEPT_FOR.days,
        "debrief-days": lambda: duties.limits().debrief,
        "file-sent-days": lambda: transfer.transfer_days().sent,
        "file-received-days": lambda: transfer.transfer_days().received,
        "file-confirmed-days": lambda: transfer.transfer_days().confirmed,
        "riddor-days": lambda: min(_report_days()),
        "riddor-late-days": lambda: max(_report_days()),
        "accident-days": lambda: riddor_rules().followed,
        "report-age": lambda: duties.limits().adult,
        "plan-invited": lambda: review_rules().invited,
        "plan-asked": lambda: review_rules().asked,
        "plan-report": lambda: review_rules().report,
        "plan-decision": lambda: review_rules().decision,
        "plan-months": lambda: review_rules().months,
        "plan-final": lambda: review_rules().final,
        "plan-final-meeting": lambda: review_rules().final_of_meeting,
        "plan-post-sixteen": lambda: _before(POST_16),
        "plan-phase": lambda: _before(PHASE),
        "plan-between": lambda: review_rules().between_months,
        "plan-years": lambda: join_words(list(review_rules().assumed)),
        "plan-ahead": lambda: plans_due.AHEAD,
        "plan-guarded": lambda: (
            join_words([plans_due.kind_words(code) for code, kind in plan_kinds().items() if kind.is_guarded]) or _("none")
        ),
        "plan-guarded-roles": lambda: who_may(Action.SEE_GUARDED_PLAN),
        "transfer-days": lambda: sending_rules().school_days,
        "late-transfer-days": lambda: sending_rules().late_school_days,
        "sex-education-terms": lambda: types.shipped()["sex-education"].type.pupil_no_terms,
    }
    return str(numbers[name]())


def _before(transfer: str) -> str:
    """The day before which a plan is amended for a move, such as «31 March»."""
    month, day = review_rules().before[transfer]
    return f"{day} {MONTHS[month - 1]}"


def _proposed(name: str) -> str:
    return str(getattr(UnitSettings(name="", la="", estab=""), name.replace("-", "_")))


def _papers(which: str) -> str:
    """The papers of the program's own words that can be translated, or those that stay in English, as a list."""
    from pupil_desk.services.translations.papers import ENGLISH_ALONE, fixed_papers  # of every subject, for one chapter

    titles = ENGLISH_ALONE if which == "english" else [paper.title for paper in fixed_papers()]
    return "\n".join(f"- {title}" for title in titles)


_MADE: Mapping[str, Callable[[str], str]] = {
    "rules": lambda _name: rules_in_tables(),
    "keys": _keys,
    "exports": _exports,
    "settings": _settings,
    "consents": _consents,
    "hour": _hour,
    "protected": _protected,
    "results": _results,
    "kinds": _kinds,
    "told": _told,
    "withheld": _withheld,
    "kept": lambda name: proposed_schedule()[name].running,
    "least": lambda name: proposed_schedule().law_words(name),
    "periods": _periods,
    "limit": _limit,
    "papers": _papers,
    "proposed": _proposed,
}
_PLACE = re.compile(rf"(?<!\{{)\{{({'|'.join(_MADE)})(?::([a-z-]+))?\}}")
