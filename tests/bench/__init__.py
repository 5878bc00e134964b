"""What `dev.py bench` measures: each work of the program beside a floor, in the same minutes on the same machine."""
