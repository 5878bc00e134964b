"""The pack that answers a request for a copy of one pupil's data: compiled, gone through for other people's names, proved, locked and written."""
