"""The strong-room: the encrypted file, its keys, its log and its backups. The only room that knows the engine."""
