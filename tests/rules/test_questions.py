"""Nothing is done unasked: a question names whom or what it concerns in its text, and a list that is acted on gravely stands on no row."""

import ast
import re
from collections.abc import Iterator

from tests.rules.trees import walked

ASKING = {"confirm", "confirm_typed", "text"}  # a yes, a word typed, a reason
# The questions that concern nobody, or ask whom: by file and function, and what they concern instead.
CONCERNS_NOBODY = {
    ("exports/proof.py", "save_page"): "the one page and the one seal that there are",
    ("forms/reading_in.py", "choose_filing"): "asks whose form it is",
    ("governance/breaches.py", "give_up"): "what is typed here, and on no file",
    ("governance/erasing.py", "propose_another"): "asks of whom",
    ("governance/holding.py", "set_hold"): "asks of whom",
    ("importing/page.py", "_may_lose"): "what is mended here, and on no file",
    ("notices/words.py", "_agreed"): "a reason that goes on from a question which lists each change",
    ("notices/words.py", "begin_language"): "asks which language",
    ("pupils/list/filtering.py", "save"): "asks for a name",
    ("pupils/many/letters.py", "_leave_editor"): "what is typed here, and on no file",
    ("pupils/many/template.py", "_ask"): "asks for a word",
    ("pupils/record/assessing/assessments.py", "ask_scale"): "a new scale, which its title names",
    ("register/marking.py", "_reason"): "the marks that stand changed on the sheet beside it",
    ("requests/places.py", "add"): "asks for a name",
    ("sharing/one.py", "close_"): "what is typed here, and on no file",
    ("users/page.py", "add"): "asks for a name",
    ("users/file_key.py", "ask"): "the one file that there is",
    ("users/file_key.py", "make"): "the one recovery code that there is",
    ("users/restricted.py", "open_with_sheets"): "the one key that its title names",
    ("transport/page.py", "add_route"): "asks for the name of a new route",
}

# The lists whose lines are acted on in a way that cannot be taken back, that tells a secret, or that stops something.
GRAVE = {
    "changes/read_in.py", "changes/recent.py", "changes/recycled.py", "consents/types.py", "exports/own.py", "exports/past.py",
    "forms/not_back.py", "forms/reading_in.py", "governance/erasing.py", "governance/holding.py", "governance/told.py",
    "incidents/listing.py", "incidents/view.py", "providers/sessions.py", "safeguarding/listing.py", "safeguarding/papers_list.py", "safeguarding/view.py",
    "pupils/record/leave/part.py", "pupils/record/plans/plan_list.py", "pupils/record/plans/step_list.py", "pupils/record/steps/absence.py",
    "pupils/record/assessing/assessments.py", "pupils/record/attachments/attachments.py", "pupils/record/notes/note_lists.py", "pupils/record/protections.py", "pupils/record/assessing/reviews.py",
    "pupils/record/suspensions/suspensions.py", "requests/listing.py", "requests/places.py", "schools/clash_list.py", "schools/contacts.py", "sharing/silent.py", "transport/page.py", "users/page.py",
}  # fmt: skip
PAGES = "pupil_desk/ui/pages/"
ENDS = re.compile(
    "(Undo|Take (it )?(back|away|out)|Take it out|Withdraw|Cancel|Remove|Throw|Lift|Strike|Disable|Close|Discard|Delete|Give (it )?up|Drop|Part"
    "|Set (it )?aside|No longer|Use them no longer|Wait no longer|Sign out)"
)
"""How the verb of a question begins by which something is taken back, ended or given up: beside it, Cancel would be the act itself."""


def fixed(node: ast.expr, names: dict[str, bool]) -> bool:
    """Whether words are the same whatever is on file: a text as it stands in the code, or a name that holds nothing but such."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "_"
    if isinstance(node, ast.Name):
        return names.get(node.id, False)
    if isinstance(node, ast.IfExp):
        return fixed(node.body, names) and fixed(node.orelse, names)
    return isinstance(node, ast.BinOp) and fixed(node.left, names) and fixed(node.right, names)


def _names(function: ast.FunctionDef) -> dict[str, bool]:
    """The names given in a function, and whether what they hold is always fixed."""
    found: dict[str, bool] = {}
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = (
                zip(target.elts, node.value.elts, strict=False)
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                else [(target, node.value)]
            )
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    found[name.id] = found.get(name.id, True) and fixed(value, found)
    return found


def questions(tree: ast.Module) -> Iterator[tuple[str, ast.expr, dict[str, bool]]]:
    """Each question of a module: the function that asks, its text, and what the names in that function hold."""
    for function in walked(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = _names(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
                asked = ast.unparse(node.func.value)
                if asked == "ask" or asked.endswith((".ask", "._ask")):
                    yield function.name, node.args[1], names


def nameless(modules: dict[str, ast.Module]) -> set[tuple[str, str]]:
    """The questions whose text is the same whomever they concern, by file and function."""
    return {
        (name.removeprefix(PAGES), asks)
        for name, tree in modules.items()
        if name.startswith(PAGES)
        for asks, text, names in questions(tree)
        if fixed(text, names)
    }


def standing_nowhere(modules: dict[str, ast.Module]) -> set[str]:
    """The files that make a list which stands on no row until one is chosen."""
    return {
        name.removeprefix(PAGES)
        for name, tree in modules.items()
        if name.startswith(PAGES)
        for node in walked(tree)
        if isinstance(node, ast.keyword)
        and node.arg == "stands_on_first"
        and isinstance(node.value, ast.Constant)
        and node.value.value is False
    }


def unclear(modules: dict[str, ast.Module]) -> set[tuple[str, str]]:
    """The questions of such a verb whose other button is Cancel, by file and verb."""
    return {
        (name, verb.value)
        for name, tree in modules.items()
        if name.startswith("pupil_desk/ui/")
        for call in walked(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("confirm", "text")
        if not any(keyword.arg == "stay" for keyword in call.keywords)
        for given in [*call.args[2:3], *(keyword.value for keyword in call.keywords if keyword.arg == "verb")]
        for verb in ast.walk(given)
        if isinstance(verb, ast.Constant) and isinstance(verb.value, str) and ENDS.match(verb.value)
    }


def test_where_something_is_ended_the_other_button_says_what_stays(modules: dict[str, ast.Module]) -> None:
    assert unclear(modules) == set()


def test_a_question_that_ends_something_beside_cancel_is_found() -> None:
    planted = (
        'self.ask.confirm(_("Remove this?"), text, _("Remove"))\nself.ask.text(title, text, _("Why"), verb=_("Lift it"), stay=_("Keep it"))'
    )
    name = "pupil_desk/ui/kit/new.py"
    assert unclear({name: ast.parse(planted)}) == {(name, "Remove")}


def test_every_question_names_in_its_text_whom_or_what_it_concerns(modules: dict[str, ast.Module]) -> None:
    assert nameless(modules) == set(CONCERNS_NOBODY)


def test_a_question_in_words_alone_is_found() -> None:
    planted = """
def lift(self):
    text = _("It stays on file.")
    if self._context.ask.confirm(_("Lift this hold?"), text, _("Lift it")):
        pass

def erase(self):
    text = _("{pupil}. It cannot be undone.").format(pupil=self.name)
    self.context.ask.confirm_typed(_("Erase?"), text, "x", _("Erase"))
"""
    assert nameless({f"{PAGES}governance/new.py": ast.parse(planted)}) == {("governance/new.py", "lift")}


def test_a_list_that_is_acted_on_gravely_stands_on_no_row_that_nobody_chose(modules: dict[str, ast.Module]) -> None:
    assert standing_nowhere(modules) >= GRAVE
