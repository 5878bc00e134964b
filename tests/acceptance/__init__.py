"""The acceptance tests of the strong-room, 1 to 70: for each number what it says, the tests that show it, and what makes them pass.

To add a number, or to a number:

1.  Mark the tests that show it: ``@pytest.mark.acceptance(18)``, or ``acceptance(18, 35)``. A test that does the same thing many times takes
    the fixture ``times`` and is marked ``acceptance(1, short=8, full=500)``: ``times`` is 8 in the ordinary suite and 500 at full count. Where
    a test gets ``times`` from ``parametrize`` (and marks the long one ``torture``), that counts as it is. A test that finds out by itself how
    often it tried says ``record_property("tried", 240)``. Each other test, or each of its cases, counts once.
2.  Give the number its protections, in the file of its group in this folder: ``Protection("what it is", out)``, where ``out(patch)`` takes
    the protection out of the program with pytest's ``MonkeyPatch``, as ``patch.setattr("pupil_desk.store.file.checks.look", nothing)``.
    It is done before any test module is read, and in every Python that a test starts; name the place where the program looks the thing up.
3.  ``python3 dev.py torture --without 18`` runs the short tests of 18 with each of its protections out in turn: each protection must make some
    of them fail, and each of them must fail by one of the protections. A test that finds by chance may ask to be run more often then, with
    ``acceptance(1, short=4, full=50, without=50)``: it ends at the first loss. ``python3 dev.py torture --acceptance 18`` runs them at full count.
    Both take any number of numbers, and without any, all. ``--record`` writes what the full run found into the help.

What the loss is that a run saw is "nothing" while all pass. A test whose loss is what it must see says ``record_property("lost", "1,689 of 1,800")``.

A number that needs Windows is marked W in its group, and says which step of the trial under Windows shows it, or that it is not shown.
"""
