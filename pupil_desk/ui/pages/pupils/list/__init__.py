"""The list of pupils: columns, filters, ticks."""
