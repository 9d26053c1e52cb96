"""Are the contracts any good? What they see, what they would catch, and which of them say nothing."""
