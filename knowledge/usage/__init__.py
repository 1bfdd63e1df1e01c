"""How often works are used and what is looked for in vain, counted without saying who."""
