"""What people do at the desk, named as they would say it.

`desk.Desk` is what front ends receive; everything that it offers lives in a module of its own and
is loaded when it is first used. Modules that write bring SQLModel, those that read do not.
"""
