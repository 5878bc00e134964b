"""The returns about attendance and the register that the law asks of the unit."""
