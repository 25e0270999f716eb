"""The sectors and the known words for them."""
