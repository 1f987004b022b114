"""How words arrive: the Channel port, the feed contract, and the demo's recorded call."""
