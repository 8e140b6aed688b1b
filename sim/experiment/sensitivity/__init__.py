"""Which assumptions carry a conclusion, and which part of a stack gives which part of its effect."""
