"""Pure functions over strings: hygiene, terminal cells, normal forms, topics. No I/O."""
