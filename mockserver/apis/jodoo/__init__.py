"""The Jodoo workflow API on the engine."""

from mockserver.adapter import Adapter, Option, late

ADAPTER = Adapter(
    name="jodoo",
    modules={"Instances": f"{__name__}.instances"},
    prepare=late(f"{__name__}.world", "prepare"),
    seed=late(f"{__name__}.world", "fill"),
    bulk=late(f"{__name__}.bulk", "add_pending"),
    roles=late(f"{__name__}.roles", "roles"),
    verifier=late(f"{__name__}.security", "verifier"),
    state_defects=late(f"{__name__}.defects", "DEFECTS"),
    properties=late(f"{__name__}.properties", "PROPERTIES"),
    options=(
        Option(
            "rate-limit",
            30,
            {"type": "integer", "minimum": 0},
            "Calls that a key may make of an operation within a second of real time; 0 lifts the limit.",
        ),
    ),
    credentials={"token": "test-key"},
    rate=25,
)
