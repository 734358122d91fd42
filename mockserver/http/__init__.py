"""From ASGI messages to handlers and back, inside Connexion's extension points."""
