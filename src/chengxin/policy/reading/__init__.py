"""How rulebook files become values: strict YAML, schemas, layers, narrowing, building.

Law files are read by people and by machines; a file that could be read two ways is refused.
Nothing here decides anything: it reads, checks and says where a fault is.
"""
