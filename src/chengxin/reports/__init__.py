"""Credit reports 信用报告: what is public about an organisation on a day, as a signed document.

A report is a PDF a bank or a tender office believes without calling anyone: set from public
facts only, each with its source, basis and place in the log; signed over its whole length by
the installation's own authority; carrying a machine-readable twin; and printed with a code
that the website answers. There is no report, score or grade of a natural person.

Law: the ten parts are the national form of the public credit information report; what may be
shown, and how long, is `publication`'s business and is only repeated here.

Verbs: `services.issue`, `services.verify_pdf`. Questions: `queries.by_code`,
`queries.authority_certificate`.
"""
