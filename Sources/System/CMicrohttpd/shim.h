#ifndef OPENCX_CMICROHTTPD_SHIM_H
#define OPENCX_CMICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <string.h>

/* Leaves a request's target as the client sent it: the Swift side decodes it strictly and refuses what is not valid,
   where the library's own decoder lets mistakes through. */
static inline size_t
opencx_mhd_keep_escapes (void *context, struct MHD_Connection *connection, char *text)
{
  (void) context;
  (void) connection;
  return strlen (text);
}

/* Takes the query away from the library once the Swift side has its own copy of the target. The library would make an entry of
   each parameter in the connection's memory, and with a few hundred of them it neither answers nor closes. */
static inline void
opencx_mhd_drop_query (const char *target)
{
  char *query = strchr ((char *) (size_t) target, '?');
  if (NULL != query && '\0' != query[1])
    query[1] = '\0';
}

/* MHD_start_daemon with the options that the demo's listener uses; variadic C functions cannot be called from Swift.
   The socket must be bound and listening; the daemon closes it when it is stopped. */
static inline struct MHD_Daemon *
opencx_mhd_start (int listening_socket,
                  unsigned int threads,
                  unsigned int connection_limit,
                  unsigned int connections_per_address,
                  unsigned int idle_seconds,
                  size_t memory_per_connection,
                  void *context,
                  MHD_AcceptPolicyCallback accept,
                  void *(*target) (void *context, const char *uri, struct MHD_Connection *connection),
                  MHD_AccessHandlerCallback access,
                  MHD_RequestCompletedCallback completed,
                  MHD_NotifyConnectionCallback connection)
{
  return MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME,
                           0,
                           accept, context,
                           access, context,
                           MHD_OPTION_LISTEN_SOCKET, (MHD_socket) listening_socket,
                           MHD_OPTION_THREAD_POOL_SIZE, threads,
                           MHD_OPTION_CONNECTION_LIMIT, connection_limit,
                           MHD_OPTION_PER_IP_CONNECTION_LIMIT, connections_per_address,
                           MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds,
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory_per_connection,
                           MHD_OPTION_UNESCAPE_CALLBACK, &opencx_mhd_keep_escapes, (void *) 0,
                           MHD_OPTION_URI_LOG_CALLBACK, target, context,
                           MHD_OPTION_NOTIFY_COMPLETED, completed, context,
                           MHD_OPTION_NOTIFY_CONNECTION, connection, context,
                           MHD_OPTION_END);
}

/* A response with a copy of the bytes; MHD_RESPMEM_MUST_COPY is passed here because the pointer's constness differs. */
static inline struct MHD_Response *
opencx_mhd_response (const void *bytes, size_t count)
{
  return MHD_create_response_from_buffer (count, (void *) (size_t) bytes, MHD_RESPMEM_MUST_COPY);
}

/* A connection's socket; -1 if the library does not know it. */
static inline int
opencx_mhd_socket (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
    MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return NULL == info ? -1 : (int) info->connect_fd;
}

/* The address of a connection's other side; NULL if the library does not know it. */
static inline const struct sockaddr *
opencx_mhd_peer (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
    MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return NULL == info ? NULL : info->client_addr;
}

/* What the application keeps for a connection, as its notification callback has set it. */
static inline void *
opencx_mhd_kept (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
    MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return NULL == info ? NULL : info->socket_context;
}

/* MHD_SIZE_UNKNOWN and the two ends of a growing body are macros that Swift does not see. */
static inline struct MHD_Response *
opencx_mhd_growing_response (size_t block, MHD_ContentReaderCallback reader, void *context,
                             MHD_ContentReaderFreeCallback release)
{
  return MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, block, reader, context, release);
}

static const ssize_t opencx_mhd_end = MHD_CONTENT_READER_END_OF_STREAM;
static const ssize_t opencx_mhd_broken = MHD_CONTENT_READER_END_WITH_ERROR;

#endif
