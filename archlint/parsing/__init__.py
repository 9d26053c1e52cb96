"""Bytes of one file in, facts out: the only room that knows libcst, radon and the C parser."""
