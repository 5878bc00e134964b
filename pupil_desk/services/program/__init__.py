"""The program about itself: its help, its parts, pictures of its pages."""
