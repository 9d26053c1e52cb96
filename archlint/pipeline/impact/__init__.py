"""What a change can reach: the project with all that lies beside it, and the answer as values."""
