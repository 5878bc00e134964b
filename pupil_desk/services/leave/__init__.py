"""Leave of absence in term time: requests recorded and decided, the marks that follow, the letter, and what is still to be done."""
