from tests.services.rules.made import ours

__all__ = ["ours"]
