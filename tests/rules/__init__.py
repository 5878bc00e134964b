"""The rules of the house. A package, so that what one package of tests makes once goes when its last test ends."""
