"""One screen a file, its style beside it. A screen arranges and routes; it decides nothing."""
