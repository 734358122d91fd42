"""A stateful mock of documented workflow APIs.

``create_app()`` gives an ASGI application; ``python -m mockserver serve`` runs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mockserver.options import Options

if TYPE_CHECKING:
    from mockserver.http.app import Mock

__all__ = ["Options", "create_app"]


def create_app(
    apis: Iterable[str] | None = None,
    *,
    seed: int = 1,
    options: Options | None = None,
    defects: Iterable[str] = (),
) -> Mock:
    """The mock of some APIs (default: all that have an adapter) as an ASGI application.

    Raises ``UnknownApi`` and ``UnknownDefect``, which name what there is.
    """
    from mockserver.http.app import assemble  # Connexion comes with it; listing defects or signing needs none

    return assemble(apis, seed=seed, options=options or Options(), defects=defects)
