"""What a ``.pupilbackup`` is made of: the wrapping, what it says of itself, and who may open it."""
