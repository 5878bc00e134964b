"""Which forms are missing, and until when."""

from random import Random

import pytest

from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.services.paper_forms import out
from tests.services.exports.made import Unit
from tests.services.paper_forms.office import allowed, class_of, filled, printed, read


def test_missing_forms_are_listed_until_given_up_replaced_or_answered(unit: Unit) -> None:
    ada, bea, cleo = class_of(unit, 3)
    forms = printed(unit.desk, [ada, bea, cleo])
    assert [one.pupil.forename for one in out.missing(unit.desk)] == ["Ada", "Bea", "Cleo"]
    with pytest.raises(Refused):
        out.give_up(unit.desk, [forms[0].form_id], "")
    out.give_up(unit.desk, [forms[0].form_id], "The family has moved")
    unit.said(bea, "allow")
    assert [one.pupil.forename for one in out.missing(unit.desk)] == ["Cleo"]
    assert [(one.pupil.forename, one.answered) for one in out.out(unit.desk)] == [("Bea", True), ("Cleo", False)]
    assert [(one.pupil.forename, one.given_up) for one in out.given_up(unit.desk)] == [("Ada", True)]
    out.look_for_again(unit.desk, [forms[0].form_id])
    assert out.given_up(unit.desk) == []
    assert [one.pupil.forename for one in out.missing(unit.desk)] == ["Ada", "Cleo"]
    (again,) = printed(unit.desk, [cleo])
    assert [one.form.id for one in out.out(unit.desk) if one.pupil.id == cleo.id] == [again.form_id]
    came = read(unit.desk, [*filled(forms[0], allowed(), Random(1)), *filled(forms[2], allowed(), Random(2))])
    assert came.filed == 2, "a form that was replaced is read all the same when it comes"


def test_what_was_given_up_is_not_offered_once_a_later_form_or_its_page_is_there(unit: Unit) -> None:
    ada, bea = class_of(unit, 2)
    forms = printed(unit.desk, [ada, bea])
    out.give_up(unit.desk, [form.form_id for form in forms], "The family has moved")
    printed(unit.desk, [ada])
    assert [one.pupil.forename for one in out.given_up(unit.desk)] == ["Bea"]
    read(unit.desk, filled(forms[1], allowed(), Random(1)))
    assert out.given_up(unit.desk) == []
