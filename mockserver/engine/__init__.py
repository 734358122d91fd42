"""API-neutral workflow state: worlds, their tables, and what moves a process on. No HTTP, no API's own words."""
