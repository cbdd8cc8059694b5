"""The staff's doors: the entrance, and the guards that every office page asks."""
