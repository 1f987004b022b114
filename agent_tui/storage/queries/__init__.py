"""Plain SQL that reads, one file a question; each function takes a Reader and returns values."""
