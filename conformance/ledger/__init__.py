"""What a run creates: written down before it is asked for, taken away afterwards, whatever happens in between."""
