"""The customer index: what a query may mean, who is meant, in which order, and why."""
