"""The public face of the portal, the start pages and the help: pages that look into every room."""
