// Cells, colours and frames.
#include "internal.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

/// Runs are handed over in pieces of so many characters; more than any terminal is wide.
#define PIECE 512
/// Colours -1 (the terminal's own) to 255.
#define COLOUR_CHOICES 257

static int pair_of[COLOUR_CHOICES * COLOUR_CHOICES];
static int next_pair = 1;
static int has_default_colours;
/// -1: not known.
static int cursor_is_visible = -1;

void cn_screen_prepare(void) {
  if (has_colors() && start_color() == OK) has_default_colours = use_default_colors() == OK;
}

int cn_rows(void) { return getmaxy(stdscr); }

int cn_columns(void) { return getmaxx(stdscr); }

int cn_colours(void) { return has_colors() ? COLORS : 0; }

int cn_resize(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  if (size.ws_row == 0 || size.ws_col == 0) return 0;
  if (size.ws_row == cn_rows() && size.ws_col == cn_columns()) return 0;
  return resize_term(size.ws_row, size.ws_col) == OK;
}

static int define_pair(int pair, int foreground, int background) {
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
  return init_extended_pair(pair, foreground, background);
#else
  return init_pair((short)pair, (short)foreground, (short)background);
#endif
}

static int pair_limit(void) {
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
  return COLOR_PAIRS;
#else
  return COLOR_PAIRS < 32767 ? COLOR_PAIRS : 32767;
#endif
}

int cn_pair(int foreground, int background) {
  if (cn_colours() == 0) return 0;
  if (foreground < -1 || foreground >= COLORS || foreground > 255) foreground = -1;
  if (background < -1 || background >= COLORS || background > 255) background = -1;
  int *known = &pair_of[(foreground + 1) * COLOUR_CHOICES + background + 1];
  if (*known != 0) return *known;
  if (foreground == -1 && background == -1) return 0;
  if (next_pair >= pair_limit()) return 0;
  int ink = foreground, paper = background;
  if (!has_default_colours && ink == -1) ink = COLOR_WHITE;
  if (!has_default_colours && paper == -1) paper = COLOR_BLACK;
  if (define_pair(next_pair, ink, paper) != OK) return 0;
  *known = next_pair;
  next_pair += 1;
  return *known;
}

int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static attr_t attributes_of(uint32_t bits) {
  attr_t attributes = A_NORMAL;
  if (bits & CN_BOLD) attributes |= A_BOLD;
  if (bits & CN_DIM) attributes |= A_DIM;
  if (bits & CN_UNDERLINE) attributes |= A_UNDERLINE;
  if (bits & CN_REVERSE) attributes |= A_REVERSE;
  return attributes;
}

static void fill(cchar_t *character, cn_cell cell) {
  wchar_t text[2] = {(wchar_t)cell.scalar, 0};
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
  int pair = cell.pair;
  setcchar(character, text, attributes_of(cell.attributes), 0, &pair);
#else
  setcchar(character, text, attributes_of(cell.attributes), (short)cell.pair, NULL);
#endif
}

void cn_put_run(int row, int column, const cn_cell *cells, int count) {
  cchar_t piece[PIECE];
  while (count > 0) {
    int length = count < PIECE ? count : PIECE;
    int width = 0;
    for (int index = 0; index < length; index += 1) {
      int columns = cn_width(cells[index].scalar);
      width += columns > 0 ? columns : 1;
      fill(&piece[index], cells[index]);
    }
    mvwadd_wchnstr(stdscr, row, column, piece, length);
    column += width;
    cells += length;
    count -= length;
  }
}

static void show_cursor(int visible) {
  if (visible == cursor_is_visible) return;
  cursor_is_visible = visible;
  curs_set(visible);
}

void cn_screen_leave(void) { show_cursor(1); }

void cn_screen_return(void) {
  cursor_is_visible = -1;
  cn_invalidate();
}

void cn_flush(int row, int column) {
  cn_frame_begin();
  leaveok(stdscr, row < 0);
  if (row >= 0) wmove(stdscr, row, column);
  wnoutrefresh(stdscr);
  doupdate();
  show_cursor(row >= 0);
  cn_frame_end();
}

void cn_invalidate(void) { clearok(curscr, TRUE); }
