"""Stories of blocks become tagged PDF (PDF/UA-1) and web pages."""
