"""What a version of the catalogue changes against the one published before it."""
