"""rules: the law as data, what stands; a signed pack of newer rules shown, taken, and taken back."""

from collections.abc import Iterable, Sequence
from typing import Any

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefacts import RuleFacts
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.services.rules import packs
from pupil_desk.services.rules.pack import bytes_of
from pupil_desk.services.rules.packs import RulesPreview
from pupil_desk.services.rules.saying import said


def rules(call: Call) -> int:
    """Do what the command's word says: list, show, apply or undo."""
    act, path = call.args.act, call.args.pack
    if (act in ("show", "apply")) != (path is not None):
        raise WrongUse(_("Name the pack of rules, for show and for apply alone: such as rules FILE show PACK."))
    with signed_in(call) as desk:
        if act == "list":
            return _list(call, packs.rules(desk), [taken.pack.title for taken in packs.packs(desk)])
        if act == "show":
            result = packs.preview(desk, bytes_of(path), call.speaker.progress, name=path.name)
        elif act == "apply":
            result = packs.take(desk, bytes_of(path), call.speaker.progress, name=path.name)[1]
        else:
            result = packs.undo(desk, call.speaker.progress)[1]
    _tell(call, result)
    return 0


def _list(call: Call, facts: Sequence[RuleFacts], titles: Sequence[str]) -> int:
    header = [_("Sure"), _("Checked"), _("Look again"), _("Rule, what it says, and its source")]
    cells = [[rule.sure, short_date(rule.checked), short_date(rule.look_again), rule.label] for rule in facts]
    head, *lines = in_columns(header, cells)
    told = [
        text
        for line, rule in zip(lines, facts, strict=True)
        for text in (line, _("    says: {words}").format(words=said(rule)), _("    source: {source}").format(source=rule.source))
    ]
    in_force = [_("In force: {pack}").format(pack=title) for title in titles] or [
        _("No pack of rules is in force: these are the program’s own.")
    ]
    call.speaker.result({"rules": _documents(facts), "changes": [], "packs": list(titles)}, head, *told, *in_force)
    return 0


def _documents(facts: Iterable[RuleFacts]) -> list[dict[str, Any]]:
    return [
        {
            "name": rule.name,
            "source": rule.source,
            "checked": rule.checked.isoformat(),
            "sure": rule.sure,
            "look_again": rule.look_again.isoformat(),
        }
        for rule in facts
    ]


def _tell(call: Call, result: RulesPreview) -> None:
    """What a pack changes and whom it touches, whether it was only shown, taken, or taken back."""
    said = {
        "show": _("{pack} would change {things}. Nothing has changed yet."),
        "apply": _("{pack} is in force. It changed {things}."),
        "undo": _("{pack} was taken back. That changed {things}."),
    }[call.args.act]
    things = count_of(len(result.changes), _("rule"), _("rules"))
    lines = [said.format(pack=result.pack.title, things=things)]
    for change in result.changes:
        lines += [
            "",
            change.label,
            _("  was: {words}").format(words=change.old or "–"),
            _("  is:  {words}").format(words=change.new or "–"),
        ]
    lines += ["", *result.whom]
    document = {
        "rules": _documents(result.rules),
        "changes": [{"rule": change.name, "old": change.old, "new": change.new} for change in result.changes],
        "touches": [{"what": touched.what, "pupils": [pupil.ref for pupil in touched.pupils]} for touched in result.touched],
        "pack": {"name": result.pack.name, "number": result.pack.number, "day": result.pack.day.isoformat()},
    }
    call.speaker.result(document, *lines)
