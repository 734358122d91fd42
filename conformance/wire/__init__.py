"""How a call gets to a target and an answer comes back: written, signed, paced, sent by a deadline."""
