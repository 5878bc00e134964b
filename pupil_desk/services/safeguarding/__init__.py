"""The sealed safeguarding room: concerns that anybody writes, and files that the lead and deputies alone open."""
