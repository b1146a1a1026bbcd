"""The commands of `chengxin`, one file per noun; `site.cli` names and loads them."""
