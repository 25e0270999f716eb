"""Countries, cities, addresses and regions, in any language."""
