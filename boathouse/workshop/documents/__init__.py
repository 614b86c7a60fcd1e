"""The words people type: one Yjs document a room, merged and relayed at once, acknowledged once it is stored.

`connection` takes a message, `room` merges and relays it, `store` stores it, `copier` copies it into rows;
`memory` holds the rooms that are loaded, and `documents` is what everybody else calls.
"""
