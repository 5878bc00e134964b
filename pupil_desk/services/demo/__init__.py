"""The training unit: every pupil in it is invented, and so is every name, address and number."""
