"""Files in and out: one reader or writer a format, each a stream of values.

Readers yield a `SourceRow` or a `RejectedRow` for every logical record, in the order of the file,
and hold one record at a time. They leave texts as the file had them.
"""
