"""The machine's door: a JSON API over the same verbs as the pages.

Public reading needs no account; intake needs a token that stands for an officer's account, so a
machine can do what its officer may do and nothing more. Every refusal is one body:
`{"code", "message_zh", "message_en", "facts"}`. No address here finds a natural person.
"""
