"""Where records go: JSON Lines and tables."""
