"""One simulated young person's way: read from a stored journal, told in sentences, drawn as a Gantt chart."""
