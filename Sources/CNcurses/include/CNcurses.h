// What Swift needs of ncursesw: no macros, variadics or C globals, only functions on plain numbers.
//
// One terminal, one thread. The signal handlers alone may run on any thread, at any time.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

/// One character and how it looks. A wide character is one of these, not two.
typedef struct {
  uint32_t scalar;
  /// From `cn_pair`.
  int32_t pair;
  /// Bits of `cn_attribute`.
  uint32_t attributes;
} cn_cell;

enum cn_attribute {
  CN_BOLD = 1,
  CN_DIM = 2,
  CN_UNDERLINE = 4,
  CN_REVERSE = 8,
};

/// Modes of the terminal beyond what ncurses switches by itself.
enum cn_mode {
  /// Frames are bracketed, so that the terminal shows them whole (mode 2026).
  CN_SYNCHRONIZED = 1,
  /// Presses, releases, drags and the wheel are reported (modes 1000, 1002, 1006).
  CN_MOUSE = 2,
  /// Pasted text is bracketed (mode 2004).
  CN_PASTE = 4,
};

/// What happened since the last `cn_take_signals`.
enum cn_signal {
  CN_RESIZED = 1,
  CN_STOP_ASKED = 2,
  CN_CONTINUED = 4,
};

// Life (terminal.c)

/// Takes the user's locale for characters; 1 when it is UTF-8. With `force`, or when it is the
/// plain C locale, characters are handled as UTF-8 all the same.
int cn_use_locale(int force);
/// The colours of a terminal by terminfo; -1 when it is not known or cannot address its cursor.
int cn_terminal_colours(const char *term);
/// Takes over the terminal on standard output, once in a process; 0, or -1 when it cannot be used.
int cn_start(const char *term, unsigned modes);
/// Gives the terminal back as it was; harmless when it has been given back.
void cn_stop(void);
/// Gives the terminal back, stops the process as Ctrl-Z does, and takes it again when continued.
void cn_suspend(void);
/// Takes the terminal again after a stop that came without notice.
void cn_resume(void);
/// Switches modes on and off.
void cn_set_modes(unsigned modes);
/// Bytes to the terminal, past ncurses; only between frames.
void cn_write(const void *bytes, size_t count);

// Screen (screen.c)

int cn_rows(void);
int cn_columns(void);
/// 0 when the terminal has no colours.
int cn_colours(void);
/// Takes the terminal's present size; 1 when it has changed.
int cn_resize(void);
/// The number of a pair of colours (-1: the terminal's own).
int cn_pair(int foreground, int background);
/// Columns a character takes, by the C library; -1 when it cannot be shown.
int cn_width(uint32_t scalar);
/// Puts characters in a row.
void cn_put_run(int row, int column, const cn_cell *cells, int count);
/// Shows what was put since the last time, as one frame; a negative row hides the cursor.
void cn_flush(int row, int column);
/// Has the next flush paint everything.
void cn_invalidate(void);

// Signals (signals.c)

/// Readable when a signal has arrived.
int cn_signal_descriptor(void);
/// The signals since the last call, as bits of `cn_signal`.
unsigned cn_take_signals(void);

#endif
