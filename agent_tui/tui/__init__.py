"""The screen: the only room that knows Textual (this file, `actions` and `keymap` do not)."""
