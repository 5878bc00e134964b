"""What stands before the open file: choosing it, signing in, setting up a unit, getting in by the recovery code."""
