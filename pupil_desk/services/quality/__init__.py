"""Quality of the records: one list of what is missing or contradicts, by the return that will need it.

``looking.findings`` makes the list. A rule is a plain function over one pupil's file, in the file of its group, with its line
in ``RULES`` there; ``rule.py`` says what it is, ``rules.py`` reads everything in a fixed number of queries.
"""
