#define _GNU_SOURCE
#include "csockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/sock_diag.h>
#endif

#define CS_BACKLOG 128
#define CS_DATAGRAMS 64

static int cs_prepare(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0) return -1;
  return fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static int cs_fail(int descriptor) {
  int error = errno;
  close(descriptor);
  errno = error;
  return -1;
}

static struct addrinfo *cs_resolve(const char *host, const char *port, int type) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = type, .ai_flags = AI_PASSIVE};
  struct addrinfo *list = NULL;
  if (getaddrinfo(host, port, &hints, &list) != 0) {
    errno = EADDRNOTAVAIL;
    return NULL;
  }
  return list;
}

static uint16_t cs_port(int descriptor) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  if (getsockname(descriptor, (struct sockaddr *)&address, &length) < 0) return 0;
  if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
  return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

// Tries the addresses of a host, one after the other, until a socket is made that `attempt` accepts.
static int cs_first(const char *host, const char *port, int type, int argument,
                    int (*attempt)(int descriptor, const struct addrinfo *address, int argument)) {
  struct addrinfo *list = cs_resolve(host, port, type);
  if (list == NULL) return -1;
  int result = -1;
  int error = EADDRNOTAVAIL;
  for (struct addrinfo *each = list; each != NULL && result < 0; each = each->ai_next) {
    int descriptor = socket(each->ai_family, type, 0);
    if (descriptor < 0) {
      error = errno;
    } else if (attempt(descriptor, each, argument) < 0) {
      error = errno;
      close(descriptor);
    } else {
      result = descriptor;
    }
  }
  freeaddrinfo(list);
  if (result < 0) errno = error;
  return result;
}

static int cs_try_bind(int descriptor, const struct addrinfo *address, int reuses) {
  if (reuses) setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, sizeof reuses);
  if (cs_prepare(descriptor) < 0) return -1;
  return bind(descriptor, address->ai_addr, address->ai_addrlen);
}

static int cs_bind(const char *host, const char *port, int type, uint16_t *bound_port) {
  int result = cs_first(host, port, type, type == SOCK_STREAM, cs_try_bind);
  if (result >= 0 && bound_port != NULL) *bound_port = cs_port(result);
  return result;
}

// Room for bursts: more than the system's limit where the process may ask for it.
static void cs_tune(int descriptor, int receive_buffer) {
#ifdef SO_RCVBUFFORCE
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof receive_buffer) == 0)
    return;
#endif
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
}

int cs_listen_tcp(const char *host, const char *port, uint16_t *bound_port) {
  int descriptor = cs_bind(host, port, SOCK_STREAM, bound_port);
  if (descriptor < 0) return -1;
  return listen(descriptor, CS_BACKLOG) < 0 ? cs_fail(descriptor) : descriptor;
}

int cs_bind_udp(const char *host, const char *port, int receive_buffer, uint16_t *bound_port) {
  int descriptor = cs_bind(host, port, SOCK_DGRAM, bound_port);
  if (descriptor >= 0) cs_tune(descriptor, receive_buffer);
  return descriptor;
}

int cs_is_loopback(const char *host) {
  struct addrinfo *list = cs_resolve(host, NULL, SOCK_STREAM);
  int result = list != NULL;
  for (struct addrinfo *each = list; each != NULL; each = each->ai_next) {
    if (each->ai_family == AF_INET) {
      uint32_t address = ntohl(((struct sockaddr_in *)each->ai_addr)->sin_addr.s_addr);
      if (address >> 24 != 127) result = 0;
    } else if (each->ai_family == AF_INET6) {
      if (!IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)each->ai_addr)->sin6_addr)) result = 0;
    } else {
      result = 0;
    }
  }
  if (list != NULL) freeaddrinfo(list);
  return result;
}

// A socket at the path that nobody listens on any more is removed.
static int cs_make_room(const struct sockaddr_un *address, int type) {
  struct stat record;
  if (lstat(address->sun_path, &record) < 0) return errno == ENOENT ? 0 : -1;
  if (!S_ISSOCK(record.st_mode)) {
    errno = EEXIST;
    return -1;
  }
  int probe = socket(AF_UNIX, type, 0);
  if (probe < 0) return -1;
  int connected = connect(probe, (const struct sockaddr *)address, sizeof *address);
  int error = errno;
  close(probe);
  if (connected == 0 || error != ECONNREFUSED) {
    errno = EADDRINUSE;
    return -1;
  }
  return unlink(address->sun_path);
}

static int cs_unix_address(const char *path, struct sockaddr_un *address) {
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address->sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address->sun_path, path);
  return 0;
}

int cs_bind_unix(const char *path, int is_stream, int receive_buffer) {
  struct sockaddr_un address;
  if (cs_unix_address(path, &address) < 0) return -1;
  int type = is_stream ? SOCK_STREAM : SOCK_DGRAM;
  if (cs_make_room(&address, type) < 0) return -1;
  int descriptor = socket(AF_UNIX, type, 0);
  if (descriptor < 0) return -1;
  // The mode holds from the start: nobody can connect between bind and chmod.
  mode_t mask = umask(0177);
  int bound = bind(descriptor, (struct sockaddr *)&address, sizeof address);
  umask(mask);
  if (bound < 0 || cs_prepare(descriptor) < 0) return cs_fail(descriptor);
  if (!is_stream) cs_tune(descriptor, receive_buffer);
  if (is_stream && listen(descriptor, CS_BACKLOG) < 0) return cs_fail(descriptor);
  return descriptor;
}

int cs_accept(int listener) {
  int descriptor = accept(listener, NULL, NULL);
  if (descriptor < 0) return -1;
  return cs_prepare(descriptor) < 0 ? cs_fail(descriptor) : descriptor;
}

static int cs_set_timeout(int descriptor, int milliseconds) {
  struct timeval time = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
  if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0) return -1;
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) < 0) return -1;
  return setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

static int cs_try_connect(int descriptor, const struct addrinfo *address, int milliseconds) {
  if (cs_set_timeout(descriptor, milliseconds) < 0) return -1;
  return connect(descriptor, address->ai_addr, address->ai_addrlen);
}

int cs_connect_tcp(const char *host, const char *port, int timeout_milliseconds) {
  return cs_first(host, port, SOCK_STREAM, timeout_milliseconds, cs_try_connect);
}

int cs_connect_unix(const char *path, int timeout_milliseconds) {
  struct sockaddr_un address;
  if (cs_unix_address(path, &address) < 0) return -1;
  int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  if (descriptor < 0) return -1;
  if (cs_set_timeout(descriptor, timeout_milliseconds) < 0) return cs_fail(descriptor);
  if (connect(descriptor, (struct sockaddr *)&address, sizeof address) < 0) return cs_fail(descriptor);
  return descriptor;
}

ptrdiff_t cs_send(int descriptor, const void *bytes, size_t count) {
#ifdef MSG_NOSIGNAL
  return send(descriptor, bytes, count, MSG_NOSIGNAL);
#else
  return send(descriptor, bytes, count, 0);
#endif
}

#ifdef __linux__

int cs_receive(int descriptor, uint8_t *slots, size_t slot_size, int count, uint32_t *lengths) {
  struct mmsghdr messages[CS_DATAGRAMS];
  struct iovec parts[CS_DATAGRAMS];
  if (count > CS_DATAGRAMS) count = CS_DATAGRAMS;
  memset(messages, 0, sizeof messages);
  for (int index = 0; index < count; index++) {
    parts[index] = (struct iovec){.iov_base = slots + slot_size * index, .iov_len = slot_size};
    messages[index].msg_hdr.msg_iov = &parts[index];
    messages[index].msg_hdr.msg_iovlen = 1;
  }
  int received = recvmmsg(descriptor, messages, count, MSG_DONTWAIT | MSG_TRUNC, NULL);
  if (received < 0) return errno == EAGAIN || errno == EINTR ? 0 : -1;
  for (int index = 0; index < received; index++) lengths[index] = messages[index].msg_len;
  return received;
}

void cs_dropped(int descriptor, uint32_t *dropped) {
  uint32_t memory[SK_MEMINFO_VARS];
  socklen_t length = sizeof memory;
  if (getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, memory, &length) < 0) return;
  if (length > SK_MEMINFO_DROPS * sizeof memory[0]) *dropped = memory[SK_MEMINFO_DROPS];
}

#else

int cs_receive(int descriptor, uint8_t *slots, size_t slot_size, int count, uint32_t *lengths) {
  int received = 0;
  while (received < count) {
    ssize_t length = recv(descriptor, slots + slot_size * received, slot_size, MSG_DONTWAIT);
    if (length < 0) break;
    lengths[received++] = (uint32_t)length;
  }
  return received > 0 || errno == EAGAIN || errno == EINTR ? received : -1;
}

void cs_dropped(int descriptor, uint32_t *dropped) {}

#endif
