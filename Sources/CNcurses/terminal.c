// Taking over the terminal and giving it back, whatever happens.
#include "internal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

static SCREEN *screen;
static struct termios first_settings;
static unsigned current_modes;
static volatile int is_taken;

/// What leaves all modes; made beforehand, because terminfo cannot be asked in a signal handler.
static char restore_bytes[512];
static size_t restore_count;

#define BEGIN_FRAME "\033[?2026h"
#define END_FRAME "\033[?2026l"
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

void cn_write_whole(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (errno != EINTR) {
      return;
    }
  }
}

void cn_write(const void *bytes, size_t count) { cn_write_whole(bytes, count); }

static void say(const char *text) { cn_write_whole(text, strlen(text)); }

static int is_unnamed_locale(void) {
  const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (int index = 0; index < 3; index += 1) {
    const char *value = getenv(names[index]);
    if (value != NULL && *value != 0) return 0;
  }
  return 1;
}

int cn_use_locale(int force) {
  setlocale(LC_ALL, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  int unsaid = is_unnamed_locale();
  setlocale(LC_CTYPE, "C.UTF-8");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "en_US.UTF-8");
  return (force || unsaid) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static int has_capability(const char *name) {
  char *value = tigetstr((char *)name);
  return value != NULL && value != (char *)-1;
}

int cn_terminal_colours(const char *term) {
  int problem = 0;
  if (setupterm((char *)term, STDOUT_FILENO, &problem) != OK) return -1;
  int colours = tigetnum("colors");
  if (colours < 0) colours = 0;
  if (!has_capability("cup")) colours = -1;
  del_curterm(cur_term);
  return colours;
}

static void remember(const char *bytes) {
  while (*bytes != 0 && restore_count + 1 < sizeof restore_bytes) {
    if (bytes[0] == '$' && bytes[1] == '<') {  // padding: "$<5/>"
      const char *end = strchr(bytes, '>');
      if (end == NULL) return;
      bytes = end + 1;
    } else {
      restore_bytes[restore_count++] = *bytes++;
    }
  }
}

static void remember_capability(const char *name) {
  if (has_capability(name)) remember(tigetstr((char *)name));
}

static void prepare_restore(unsigned modes) {
  restore_count = 0;
  if (modes & CN_SYNCHRONIZED) remember(END_FRAME);
  // Always: the modes may be switched on later.
  remember(MOUSE_OFF PASTE_OFF);
  remember_capability("sgr0");
  remember_capability("op");
  remember_capability("cnorm");
  remember_capability("rmcup");
  remember(has_capability("rmcup") ? "\r" : "\r\n");
}

void cn_restore_at_once(void) {
  if (!is_taken) return;
  is_taken = 0;
  cn_write_whole(restore_bytes, restore_count);
  tcflush(STDOUT_FILENO, TCIFLUSH);
  tcsetattr(STDOUT_FILENO, TCSANOW, &first_settings);
}

static void modes_on(void) {
  if (current_modes & CN_MOUSE) say(MOUSE_ON);
  if (current_modes & CN_PASTE) say(PASTE_ON);
}

static void modes_off(void) {
  if (current_modes & CN_MOUSE) say(MOUSE_OFF);
  if (current_modes & CN_PASTE) say(PASTE_OFF);
}

void cn_set_modes(unsigned modes) {
  modes_off();
  current_modes = modes;
  modes_on();
}

void cn_frame_begin(void) {
  if (current_modes & CN_SYNCHRONIZED) say(BEGIN_FRAME);
}

void cn_frame_end(void) {
  if (current_modes & CN_SYNCHRONIZED) say(END_FRAME);
}

static void set_input_modes(void) {
  cbreak();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  typeahead(-1);
  struct termios settings;
  if (tcgetattr(STDOUT_FILENO, &settings) != 0) return;
  // Ctrl-S must not freeze what people trust to be the present; Ctrl-V and Ctrl-O are keys.
  settings.c_iflag &= ~(tcflag_t)IXON;
  settings.c_lflag &= ~(tcflag_t)IEXTEN;
  tcsetattr(STDOUT_FILENO, TCSADRAIN, &settings);
  def_prog_mode();
}

int cn_start(const char *term, unsigned modes) {
  if (screen != NULL || tcgetattr(STDOUT_FILENO, &first_settings) != 0) return -1;
  cn_signals_remember();
  screen = newterm((char *)term, stdout, stdin);
  if (screen == NULL) return -1;
  atexit(cn_stop);
  prepare_restore(modes);
  is_taken = 1;
  cn_signals_install();
  set_input_modes();
  cn_screen_prepare();
  cn_resize();
  current_modes = modes;
  modes_on();
  return 0;
}

static void leave(void) {
  modes_off();
  cn_screen_leave();
  endwin();
  tcsetattr(STDOUT_FILENO, TCSAFLUSH, &first_settings);
}

void cn_stop(void) {
  if (!is_taken) return;
  leave();
  is_taken = 0;
  cn_signals_remove();
}

void cn_suspend(void) {
  leave();
  is_taken = 0;
  cn_signals_stop_here();
  is_taken = 1;
  cn_resume();
}

void cn_resume(void) {
  reset_prog_mode();
  modes_on();
  cn_screen_return();
}
