"""The command line: one thin module a command, loaded when it is called.

`output` alone writes to stdout, `diagnostics` alone to stderr, where it also turns errors into
exit codes.
"""
