"""Generic rules: each reads the contract's x- fields and yields its cases, for any API."""
