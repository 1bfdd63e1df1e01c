"""Twelve invented documents for the demonstration: their texts, what makes files of them, and what
puts them into the library. Each says on its first page that it is invented.
"""
