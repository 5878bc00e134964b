"""How everything looks: tokens, colours, one template, the font and the icons."""
