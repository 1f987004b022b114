"""The only room that talks to a database.

Reading is plain SQL through the plain driver (`reader`, `queries`): quick, interruptible, and free
of SQLModel's import. Writing is SQLModel in units of work (`unit`, `bulk`). Both meet the same
schema (`schema`, `migrations`).
"""
