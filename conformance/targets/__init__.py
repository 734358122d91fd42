"""Where targets come from: files (ours and everybody's), the environment, the command line."""

from conformance.targets.files import check_address, names, parse_target, target_content

__all__ = ["check_address", "names", "parse_target", "target_content"]
