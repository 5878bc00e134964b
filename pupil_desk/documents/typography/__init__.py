"""Words become glyphs: faces, widths, shaped and right-to-left scripts, line breaks."""
