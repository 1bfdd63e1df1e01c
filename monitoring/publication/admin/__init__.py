"""The administration's rooms of what the public sees: each file registers its own."""
