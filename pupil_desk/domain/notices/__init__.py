"""The privacy notice: its addressees, editions, changes and checklist."""
