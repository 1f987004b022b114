"""Call scripts: read, checked, written, filled in, walked. Pure: texts and values, no files.

`docs/scripts.md` is the format; `domain.values.scripts` are the values.
"""
