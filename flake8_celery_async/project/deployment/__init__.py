"""What deployment files say of the workers: one module for each kind of file, ``shell`` and ``command`` for all.

The way of a file: :mod:`.files` says by its name which module reads it; that module finds the command lines in it
(:class:`.text.Text` remembers their lines); :mod:`.shell` takes a command line apart into words and puts in what
variables hold; :mod:`.command` says what worker the words start.
"""
