"""The child protection file of a pupil: what stands in it, and the figure on which marks are placed."""
