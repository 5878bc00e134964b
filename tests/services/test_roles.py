"""Who may do what: the table, written out a second time."""

import itertools

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.unit.staff import Role, SecondRole
from pupil_desk.services import roles
from pupil_desk.services.roles import Action, may, who_may
from tests.services.exports.made import Unit

MATRIX = """
                            office  assistant-head  data-officer  safeguarding-lead
    lock                      yes        yes            yes           no
    change-own-password       yes        yes            yes           no
    read-own-log              yes        yes            yes           no
    read-whole-log            no         no             yes           no
    read-record               yes        yes            yes           no
    edit-record               yes        yes            yes           no
    import                    yes        yes            yes           no
    preview-sharing           yes        yes            yes           no
    record-choice-from-form   yes        yes            yes           no
    record-choice             no         yes            yes           no
    set-protection            yes        yes            yes           no
    lift-protection           no         yes            yes           no
    suspend                   no         yes            yes           no
    withhold-report           no         yes            yes           no
    print-notice              yes        yes            yes           no
    issue-notice              yes        yes            yes           no
    print-form                yes        yes            yes           no
    read-scans                yes        yes            yes           no
    list-exports              yes        yes            yes           no
    export                    no         no             yes           no
    export-plain              no         no             yes           no
    contact-sheet             yes        yes            yes           no
    confirm-protected         no         no             yes           no
    back-up                   yes        yes            yes           no
    restore                   no         no             yes           no
    check-file                yes        yes            yes           no
    manage-users              no         no             yes           no
    edit-settings             no         no             yes           no
    edit-rules                no         no             yes           no
    erase                     no         no             yes           no
    save-attachment           no         yes            yes           no
    remove-attachment         no         no             yes           no
    undo                      yes        yes            yes           no
    undo-of-another           no         yes            yes           no
    merge-records             no         yes            yes           no
    take-pupil-away           no         yes            yes           no
    compile-pack              no         no             yes           no
    add-to-pack               yes        yes            yes           no
    record-asked              yes        yes            yes           no
    print-protected           yes        yes            yes           no
    sheet-for-translator      yes        yes            yes           no
    report-breach             yes        yes            yes           no
    read-breaches             no         yes            yes           no
    handle-breach             no         no             yes           no
    set-hold                  no         yes            yes           no
    lift-hold                 no         no             yes           no
    propose-erasure           no         yes            yes           no
    agree-erasure             yes        yes            yes           no
    edit-notice               no         no             yes           no
    record-request            yes        yes            yes           no
    read-requests             no         yes            yes           no
    handle-request            no         no             yes           no
    record-consent-from-form  yes        yes            yes           no
    record-consent            no         yes            yes           no
    plan-occasion             yes        yes            yes           no
    edit-consent-types        no         no             yes           no
    keep-export-files         no         no         yes           no
    record-delivery           yes        yes        yes           no
    draft-own-export          no         yes        yes           no
    approve-own-export        no         no         yes           no
    record-disclosure         yes        yes        yes           no
    strike-disclosure         no         yes        yes           no
    read-disclosures          no         yes        yes           no
    print-disclosures         no         yes        yes           no
    write-concern             yes       yes            yes           no
    read-safeguarding         no        no             no            yes
    keep-safeguarding         no        no             no            yes
    see-guarded-plan          no        yes            yes           no
"""
_HEAD, *_ROWS = [line.split() for line in MATRIX.strip().split("\n")]
EXPECTED = {(action, role): word == "yes" for action, *words in _ROWS for role, word in zip(_HEAD, words, strict=True)}


@pytest.mark.acceptance(31)
def test_the_table_is_the_one_that_was_agreed() -> None:
    asked = {(action.value, role.value): may(role, action) for action, role in itertools.product(Action, (*Role, *SecondRole))}
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
