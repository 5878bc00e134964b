"""What other programs keep of a pupil entry by entry, several of each: the behaviour log, the accident book, plans. Their rows name a pupil by UPN, else by name and date of birth."""
