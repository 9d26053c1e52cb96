"""Three modules that can only be understood together."""
