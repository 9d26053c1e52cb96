"""What a newcomer wants to know of a project: the values behind ``archlint report``."""
