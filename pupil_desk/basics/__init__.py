"""What every room may use: no Qt, no SQL, no word about pupils."""
