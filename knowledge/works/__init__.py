"""Works of the library: finding, placing, keeping them, and what other rooms show of them."""
