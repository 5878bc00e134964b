"""Files that other programs read: tables, transfer files, calendars, and the same under lock."""
