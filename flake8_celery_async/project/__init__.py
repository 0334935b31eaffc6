"""Many files: who runs what, on which loop, in which process."""
