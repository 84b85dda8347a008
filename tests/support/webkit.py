#!/usr/bin/python3
"""A window with WebKitGTK in it and nothing else, for WebKitWebDriver.

Debian's MiniBrowser is never narrower than 447 pixels; this window is as
narrow as a telephone. Its one argument is the languages that it asks for.
"""
import sys

import gi
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

context = WebKit2.WebContext.new_ephemeral()
context.set_automation_allowed(True)
context.set_preferred_languages(sys.argv[1].split(","))


def window_with_view(_session):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_decorated(False)
    window.set_default_size(360, 740)
    window.add(view)
    window.show_all()
    # There is no window manager, so nobody else gives the window the focus.
    window.get_window().focus(0)
    view.grab_focus()
    window.connect("destroy", lambda _window: Gtk.main_quit())
    return view


context.connect("automation-started", lambda _context, session:
                session.connect("create-web-view", window_with_view))
Gtk.main()
