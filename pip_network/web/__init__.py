"""What every page shares: requests, refusals, lists, formats, language."""
