"""Forms of the registry: each asks who may, shows what will happen, and calls one action."""
