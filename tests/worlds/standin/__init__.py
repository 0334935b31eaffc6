"""The stand-in worker: executes a world in a process of its own and says what happened, with its places.

It imports nothing of the linter, and the linter nothing of it.
"""
