#ifndef OPENCX_CEPOLL_SHIM_H
#define OPENCX_CEPOLL_SHIM_H

#include <sys/epoll.h>

/* The event's payload is a union, which Swift fills less readily. */
static inline int
opencx_epoll_watch (int epoll, int operation, int descriptor, unsigned int events)
{
  struct epoll_event event = { .events = events, .data = { .fd = descriptor } };
  return epoll_ctl (epoll, operation, descriptor, &event);
}

static inline int
opencx_epoll_descriptor (const struct epoll_event *event)
{
  return event->data.fd;
}

#endif
