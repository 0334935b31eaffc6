"""Worlds: small projects that nobody wrote by hand, executed and linted; what happened must be what is reported.

A world is composed of parts (:mod:`tests.worlds.parts`) by a seeded generator (:mod:`tests.worlds.recipe`), written
as the files of a project (:mod:`tests.worlds.writer`), executed by a stand-in worker (:mod:`tests.worlds.standin`) and
read by the linter; :mod:`tests.worlds.judge` compares the two.
"""
