"""The writing room: takes ready data, makes bytes. No SQL, no Qt; the only room that knows ReportLab."""
