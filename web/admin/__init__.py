"""The administrators' pages: orders, and what others add beside them."""
