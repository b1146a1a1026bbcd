"""The public website 诚信连云港: what anyone may see, and where each fact comes from.

Also the home of the design system the workbench shares: tokens and components in
`static/ui/`, page frames and parts in `templates/ui/`, their tags in `templatetags/ui.py`.

The room asks `subjects`, `publication` and `reports` and decides nothing: whether a fact is
public, from when to when, and what stands in its passport are answers it is given. It shows no
natural person, no score, no grade (charter 1, 3); a sole trader's code arrives masked.

Law: 国办发〔2020〕49号 (what may be published), 信用修复管理办法 (how long, and the way out).
"""
