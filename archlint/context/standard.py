"""The names of the standard library, of any version: what is run with one may be judged with another."""

from __future__ import annotations

import sys

# Gone from the version that runs, or not yet in it; those of Python 2 are met in code that runs on both.
_OTHERS = """
aifc annotationlib asynchat asyncore audioop binhex cgi cgitb chunk compression concurrent crypt distutils
formatter imghdr imp lib2to3 mailcap msilib nis nntplib ossaudiodev parser pipes smtpd sndhdr spwd sunau
symbol telnetlib tomllib uu xdrlib zoneinfo
BaseHTTPServer CGIHTTPServer ConfigParser Cookie HTMLParser Queue ScrolledText SimpleHTTPServer SocketServer
StringIO Tix Tkinter UserDict UserList UserString __builtin__ _winreg anydbm cPickle cStringIO commands
cookielib copy_reg dbhash dummy_thread exceptions future_builtins gdbm htmlentitydefs httplib itertools md5
new popen2 robotparser rfc822 sets sha thread tkMessageBox tkFileDialog tkSimpleDialog urllib2 urlparse
whichdb xmlrpclib
"""
# ``test`` is no module that a program means, and so is what only the interpreter has.
STANDARD = frozenset(sys.stdlib_module_names) | frozenset(_OTHERS.split()) | {"__main__", "test"}
