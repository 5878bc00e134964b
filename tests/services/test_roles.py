"""Who may do what: the table, written out a second time."""

import itertools

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import roles
from pupil_desk.services.roles import Action, may, who_may
from tests.services.exports.made import Unit

MATRIX = """
                            office  assistant-head  data-officer
    lock                      yes        yes            yes
    change-own-password       yes        yes            yes
    read-own-log              yes        yes            yes
    read-whole-log            no         no             yes
    read-record               yes        yes            yes
    edit-record               yes        yes            yes
    import                    yes        yes            yes
    preview-sharing           yes        yes            yes
    record-choice-from-form   yes        yes            yes
    record-choice             no         yes            yes
    set-protection            yes        yes            yes
    lift-protection           no         yes            yes
    suspend                   no         yes            yes
    withhold-report           no         yes            yes
    print-notice              yes        yes            yes
    issue-notice              yes        yes            yes
    print-form                yes        yes            yes
    read-scans                yes        yes            yes
    list-exports              yes        yes            yes
    export                    no         no             yes
    export-plain              no         no             yes
    contact-sheet             yes        yes            yes
    confirm-protected         no         no             yes
    back-up                   yes        yes            yes
    restore                   no         no             yes
    check-file                yes        yes            yes
    manage-users              no         no             yes
    edit-settings             no         no             yes
    edit-rules                no         no             yes
    erase                     no         no             yes
    save-attachment           no         yes            yes
    remove-attachment         no         no             yes
    undo                      yes        yes            yes
    undo-of-another           no         yes            yes
    merge-records             no         yes            yes
    take-pupil-away           no         yes            yes
    compile-pack              no         no             yes
    add-to-pack               yes        yes            yes
    record-asked              yes        yes            yes
    print-protected           yes        yes            yes
    report-breach             yes        yes            yes
    read-breaches             no         yes            yes
    handle-breach             no         no             yes
    set-hold                  no         yes            yes
    lift-hold                 no         no             yes
    propose-erasure           no         yes            yes
    agree-erasure             yes        yes            yes
    edit-notice               no         no             yes
    record-request            yes        yes            yes
    read-requests             no         yes            yes
    handle-request            no         no             yes
    record-consent-from-form  yes        yes            yes
    record-consent            no         yes            yes
    plan-occasion             yes        yes            yes
    edit-consent-types        no         no             yes
    keep-export-files         no         no         yes
    record-delivery           yes        yes        yes
    draft-own-export          no         yes        yes
    approve-own-export        no         no         yes
    record-disclosure         yes        yes        yes
    strike-disclosure         no         yes        yes
    read-disclosures          no         yes        yes
    print-disclosures         no         yes        yes
"""
_HEAD, *_ROWS = [line.split() for line in MATRIX.strip().split("\n")]
EXPECTED = {(action, role): word == "yes" for action, *words in _ROWS for role, word in zip(_HEAD, words, strict=True)}


@pytest.mark.acceptance(31)
def test_the_table_is_the_one_that_was_agreed() -> None:
    asked = {(action.value, role.value): may(role, action) for action, role in itertools.product(Action, Role)}
    assert asked == EXPECTED


def test_an_action_that_the_table_does_not_name_is_refused(monkeypatch: pytest.MonkeyPatch, unit: Unit) -> None:
    short = {action: who for action, who in roles.MAY.items() if action is not Action.BACK_UP}
    monkeypatch.setattr(roles, "MAY", short)
    assert not any(may(role, Action.BACK_UP) for role in Role)
    assert who_may(Action.BACK_UP) == "nobody"
    with pytest.raises(NotAllowed, match="Ask someone who may: nobody"):
        unit.desk.require(Action.BACK_UP)


def test_who_may_is_said_in_words() -> None:
    assert who_may(Action.EXPORT) == "data officer"
    assert who_may(Action.LIFT_PROTECTION) == "assistant head and data officer"
