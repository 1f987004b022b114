"""Pure rules over values: no database, no clock of their own, no screen."""
