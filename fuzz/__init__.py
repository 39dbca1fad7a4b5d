"""Files of every form, changed at random and read: none may end in anything but a package or one line, in little time
and memory.
"""
