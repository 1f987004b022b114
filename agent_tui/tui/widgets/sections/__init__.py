"""The records behind the brief, one section at a time: `shown` is what a pane holds of them."""
