"""Addresses of the machine's door; the site mounts `api` under /api/v1/."""

from chengxin.api.router import api

__all__ = ["api"]
