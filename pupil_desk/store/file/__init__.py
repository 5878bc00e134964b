"""The strong-room: keys, the encrypted file, its log, backups, upgrades and repair."""
