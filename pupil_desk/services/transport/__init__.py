"""How pupils come and go: the routes, the journeys of pupils, and the sheet by which whoever drives is told of those on a route."""
