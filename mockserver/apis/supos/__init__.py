"""The supOS workflow API on the engine."""

from mockserver.adapter import Adapter, late

ADAPTER = Adapter(
    name="supos",
    modules={
        "Task Management": f"{__name__}.task_management",
        "Process Management": f"{__name__}.process_management",
        "To-do Center": f"{__name__}.todo_center",
    },
    prepare=late(f"{__name__}.world", "prepare"),
    seed=late(f"{__name__}.world", "fill"),
    bulk=late(f"{__name__}.bulk", "add_pending"),
    roles=late(f"{__name__}.roles", "roles"),
    verifier=late(f"{__name__}.security", "verifier"),
    state_defects=late(f"{__name__}.defects", "DEFECTS"),
    credentials={"ak": "testak", "sk": "testsk"},
)
