"""What surrounds the code: its history, what its manifests declare, who owns it. Plain values."""
