"""What a reader, or another library, takes along of a work."""
