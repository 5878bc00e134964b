"""The week's reconciliation: the marks that the school system exports beside ours, and what a person makes of each difference."""
