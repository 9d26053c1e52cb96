"""What lies between two analyses of one project."""
