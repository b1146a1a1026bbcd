"""诚信: the public credit information platform of a city 城市公共信用信息平台.

One folder per room; docs/decisions/0001 says which floor each stands on, and pyproject.toml
holds them to it: imports go down only.
"""
