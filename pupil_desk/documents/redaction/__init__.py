"""Papers from outside made anew with boxes over what is withheld, and read again before they go out."""
