"""The PC around the program: drives, disks, folders and who can get at them, the installed copy."""
