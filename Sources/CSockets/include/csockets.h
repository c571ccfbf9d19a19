#ifndef CSOCKETS_H
#define CSOCKETS_H

#include <stddef.h>
#include <stdint.h>

// Plain sockets, as far as Swift cannot call them comfortably: addresses, ancillary data, many
// datagrams a call. All descriptors are non-blocking and closed on exec. What fails returns -1 and
// sets errno; an address that cannot be resolved sets EADDRNOTAVAIL.

// A listening TCP socket, or a bound UDP one; `bound_port` is set where port was 0.
int cs_listen_tcp(const char *host, const char *port, uint16_t *bound_port);
int cs_bind_udp(const char *host, const char *port, int receive_buffer, uint16_t *bound_port);

// Whether a host is this machine only: 127.0.0.0/8, ::1, localhost.
int cs_is_loopback(const char *host);

// A unix socket with mode 0600 at a path; a stale socket there is replaced, anything else is not.
int cs_bind_unix(const char *path, int is_stream, int receive_buffer);

// The next connection.
int cs_accept(int listener);

// A connection to a TCP server; connecting, reading and writing give up after the timeout (EAGAIN).
int cs_connect_tcp(const char *host, const char *port, int timeout_milliseconds);

// The same to a unix stream socket.
int cs_connect_unix(const char *path, int timeout_milliseconds);

// Sends bytes; a peer that is gone is an error, and no signal.
ptrdiff_t cs_send(int descriptor, const void *bytes, size_t count);

// Receives up to `count` datagrams, each into a slot of `slot_size` bytes; returns how many, 0 where
// none waits. `lengths` are theirs; one that did not fit is as long as it was.
int cs_receive(int descriptor, uint8_t *slots, size_t slot_size, int count, uint32_t *lengths);

// What the kernel has thrown away since the socket was made, for want of room in its queue; left alone
// where the kernel does not tell. Known at any time, not only with the next datagram.
void cs_dropped(int descriptor, uint32_t *dropped);

#endif
