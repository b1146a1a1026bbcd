"""The subject's own space 我的信用空间: whoever comes in for a subject sees and does all here."""
