"""Pages of the support centre's lines: for everybody, and for those who run them."""
