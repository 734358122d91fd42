"""A user's own API: a document that is not shipped, judged without a line of Python.

``document.py`` reads it, ``creating.py`` says what its operations leave behind. ``requests.py`` makes the requests that
``suite/<api>/givens.py`` makes for the APIs of ours, ``listing.py`` what they page over, ``hello.py`` the first call,
with the values of ``values.py``. ``target.py`` is about targets, ``bundle.py`` about handing the document to workers.
"""
