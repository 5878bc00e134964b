"""Translations of papers: lines of English, what stands in their place in another language, and who has checked it."""
