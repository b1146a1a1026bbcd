"""Assembly 总装: settings, addresses, start-up, the embedded database and the command line.

Nothing here decides anything about credit information; this room only puts the other rooms
together and starts them. Nobody imports it.

`environment` reads the CHENGXIN_* variables once, typed. `settings` turns them into Django's.
`embedded*` runs PostgreSQL from the package's binaries as an unprivileged user on a socket.
`startup` brings a command to the point where it may use the database. `cli` is the entry point
of `chengxin`; each command lives in `commands/`, one file per noun, loaded only when called.
"""
