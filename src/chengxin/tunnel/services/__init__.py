"""Simulate a change, answer for its harm, release it: three acts of three officers."""

from chengxin.tunnel.services.releasing import adopt_first, overrule, release
from chengxin.tunnel.services.simulating import simulate

__all__ = ["adopt_first", "overrule", "release", "simulate"]
