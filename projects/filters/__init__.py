"""What the registry's lists can be narrowed by.

Every filter is a plain parameter of the address.
"""
