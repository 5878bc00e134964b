"""A bare window, against which the start of the program is measured."""
