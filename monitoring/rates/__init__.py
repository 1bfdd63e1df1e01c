"""Exchange rates and price indices."""
