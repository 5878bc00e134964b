"""What falls due, and erasing it: proposed, agreed, carried out, certified."""
