"""What the program says and asks: banners, questions, progress."""
