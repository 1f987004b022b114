"""How words arrive and leave: the ports, the feed contract, and the demo's recorded people."""
