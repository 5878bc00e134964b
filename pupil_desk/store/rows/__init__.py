"""What all tables have in common: records in and out, one person of several records, erasing, merging, the bin."""
