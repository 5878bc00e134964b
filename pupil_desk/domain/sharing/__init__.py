"""Who may be told what: the rule, the wishes it rests on, and the register of recipients."""
