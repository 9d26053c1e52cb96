"""Where the code lies and how to get at it: the only room that touches disk and subprocesses."""
