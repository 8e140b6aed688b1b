"""From journals to figures: pure functions."""
