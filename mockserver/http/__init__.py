"""From ASGI messages to handlers and back, inside Connexion's extension points."""

import warnings

with warnings.catch_warnings():
    # Connexion 3.3 imports jsonschema's old resolver and Starlette's test client; we use neither.
    warnings.filterwarnings("ignore", r"jsonschema\.RefResolver is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", r"jsonschema\.exceptions\.RefResolutionError is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", r"Using `httpx` with `starlette\.testclient` is deprecated")
    import connexion  # noqa: F401 - imported here so that every module below gets it without the warnings
