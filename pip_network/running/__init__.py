"""Starting, watching and shutting the portal."""
