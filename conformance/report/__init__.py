"""What a run says to people and to programs, one module a format. Reports read a ``RunResult`` and nothing else."""
