// Signals: the terminal is given back before the process dies of one; the others wake the loop.
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static const int deadly[] = {SIGABRT, SIGSEGV, SIGBUS,  SIGILL,  SIGTRAP, SIGFPE,
                             SIGHUP,  SIGTERM, SIGQUIT, SIGINT};
static const int waking[] = {SIGWINCH, SIGTSTP, SIGCONT};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
/// More than the number of any signal that is handled.
#define SIGNAL_LIMIT 64
/// For a crash by stack overflow.
#define STACK_BYTES 65536

static struct sigaction first_action[SIGNAL_LIMIT];
static int wake_pipe[2] = {-1, -1};
static volatile sig_atomic_t pending[SIGNAL_LIMIT];
static char handler_stack[STACK_BYTES];

static void set_handler(int number, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action = {0};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | flags;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

/// A fault of the processor happens again when the handler returns; a trap instruction does not.
static int happens_again(int number, const siginfo_t *information) {
  if (information->si_code <= 0) return 0;
  return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
}

static void die(int number, siginfo_t *information, void *context) {
  (void)context;
  cn_restore_at_once();
  if (number == SIGINT) _exit(128 + SIGINT);
  sigaction(number, &first_action[number], NULL);
  if (!happens_again(number, information)) raise(number);
}

static void wake(int number, siginfo_t *information, void *context) {
  (void)information;
  (void)context;
  int saved = errno;
  pending[number] = 1;
  char byte = 0;
  if (write(wake_pipe[1], &byte, 1) < 0) {
    // Full: the loop will wake anyway.
  }
  errno = saved;
}

static void make_pipe(void) {
  if (wake_pipe[0] >= 0 || pipe(wake_pipe) != 0) return;
  for (int end = 0; end < 2; end += 1) {
    fcntl(wake_pipe[end], F_SETFL, O_NONBLOCK);
    fcntl(wake_pipe[end], F_SETFD, FD_CLOEXEC);
  }
}

static void make_stack(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
  stack_t own = {0};
  own.ss_sp = handler_stack;
  own.ss_size = sizeof handler_stack;
  sigaltstack(&own, NULL);
}

void cn_signals_remember(void) {
  for (size_t index = 0; index < COUNT(deadly); index += 1)
    sigaction(deadly[index], NULL, &first_action[deadly[index]]);
  for (size_t index = 0; index < COUNT(waking); index += 1)
    sigaction(waking[index], NULL, &first_action[waking[index]]);
}

/// Whether whoever started the process wants it to live on, as `nohup` does.
static int is_ignored(int number) { return first_action[number].sa_handler == SIG_IGN; }

void cn_signals_install(void) {
  make_pipe();
  make_stack();
  for (size_t index = 0; index < COUNT(deadly); index += 1)
    if (!is_ignored(deadly[index])) set_handler(deadly[index], die, SA_ONSTACK);
  for (size_t index = 0; index < COUNT(waking); index += 1)
    if (!is_ignored(waking[index])) set_handler(waking[index], wake, 0);
}

void cn_signals_remove(void) {
  for (size_t index = 0; index < COUNT(deadly); index += 1)
    sigaction(deadly[index], &first_action[deadly[index]], NULL);
  for (size_t index = 0; index < COUNT(waking); index += 1)
    sigaction(waking[index], &first_action[waking[index]], NULL);
}

void cn_signals_stop_here(void) {
  struct sigaction plain = {0};
  plain.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &plain, NULL);
  raise(SIGTSTP);
  set_handler(SIGTSTP, wake, 0);
  pending[SIGTSTP] = 0;
  pending[SIGCONT] = 0;
}

int cn_signal_descriptor(void) { return wake_pipe[0]; }

static unsigned take(int number, unsigned bit) {
  if (!pending[number]) return 0;
  pending[number] = 0;
  return bit;
}

unsigned cn_take_signals(void) {
  char bytes[64];
  while (read(wake_pipe[0], bytes, sizeof bytes) > 0) {
  }
  return take(SIGWINCH, CN_RESIZED) | take(SIGTSTP, CN_STOP_ASKED) | take(SIGCONT, CN_CONTINUED);
}
