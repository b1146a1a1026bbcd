"""What units state of themselves, what is found elsewhere, and what samples show: append-only.

Kept beside the batches: monthly counts 月度产生数报表, decisions found elsewhere, samples.
"""
