"""The verbs of channels 归集渠道; each module has one concern.

`declaring` declares, confirms, pauses, resumes and closes; `running` runs what is due; `folders`
and `pulling` fetch; `delivering` hands one file on to `submit`; `listing` answers questions.
"""
