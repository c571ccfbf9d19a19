// What the files of this module share.
#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

#define NCURSES_WIDECHAR 1
#ifdef __APPLE__
#define _XOPEN_SOURCE_EXTENDED 1
#else
#define _GNU_SOURCE 1  // wcwidth
#endif

#include <curses.h>
#include <termios.h>

#include "CNcurses.h"

/// Writes bytes whole, whatever interrupts; safe in a signal handler.
void cn_write_whole(const char *bytes, size_t count);
/// Writes the fixed bytes that leave every mode, and the terminal's first settings; safe in a
/// signal handler.
void cn_restore_at_once(void);
/// Remembers the signal actions before ncurses sets its own.
void cn_signals_remember(void);
/// Sets the handlers.
void cn_signals_install(void);
/// Gives each signal its first action again.
void cn_signals_remove(void);
/// Stops the process by SIGTSTP's own action; returns when it is continued.
void cn_signals_stop_here(void);
/// Starts colours.
void cn_screen_prepare(void);
/// Shows the cursor again before the terminal is left.
void cn_screen_leave(void);
/// Has the next flush paint everything on a terminal that has been left.
void cn_screen_return(void);
/// Writes what opens or closes a frame.
void cn_frame_begin(void);
void cn_frame_end(void);

#endif
