"""What people come to do: functions, each one whole transaction; roles and the log are kept here."""
