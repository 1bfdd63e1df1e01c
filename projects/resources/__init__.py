"""The registry's tables as files: each saved through the registry's own actions."""
