#ifndef OPENCX_CCURL_SHIM_H
#define OPENCX_CCURL_SHIM_H

/* The checks are macros around every call; the wrappers below fix the types instead. */
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

/* curl's setters and getters are variadic, which Swift cannot call. One wrapper per type of argument. */

static inline CURLcode
opencx_curl_set_long (CURL *easy, CURLoption option, long value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
opencx_curl_set_size (CURL *easy, CURLoption option, curl_off_t value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
opencx_curl_set_text (CURL *easy, CURLoption option, const char *value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
opencx_curl_set_pointer (CURL *easy, CURLoption option, const void *value)
{
  return curl_easy_setopt (easy, option, value);
}

static inline CURLcode
opencx_curl_set_headers (CURL *easy, struct curl_slist *headers)
{
  return curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers);
}

/* All callbacks of an easy handle. `context` goes to every one but `close_socket`, which may be called long after the
   easy handle is gone and gets `loop`. */
static inline void
opencx_curl_set_callbacks (CURL *easy, void *context, void *loop, curl_write_callback header, curl_write_callback body,
                           curl_opensocket_callback open_socket, curl_closesocket_callback close_socket,
                           curl_prereq_callback before_request)
{
  curl_easy_setopt (easy, CURLOPT_PRIVATE, context);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, context);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, context);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, context);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETDATA, loop);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, before_request);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, context);
}

static inline CURLcode
opencx_curl_set_list (CURL *easy, CURLoption option, struct curl_slist *list)
{
  return curl_easy_setopt (easy, option, list);
}

/* What an upload reads from, and where what comes back goes. */
static inline void
opencx_curl_set_upload (CURL *easy, void *context, curl_read_callback read, curl_write_callback written)
{
  curl_easy_setopt (easy, CURLOPT_READFUNCTION, read);
  curl_easy_setopt (easy, CURLOPT_READDATA, context);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, written);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, context);
}

/* Called at least once a second while a transfer lasts; anything but 0 ends it. */
static inline void
opencx_curl_set_progress (CURL *easy, void *context, curl_xferinfo_callback progress)
{
  curl_easy_setopt (easy, CURLOPT_XFERINFOFUNCTION, progress);
  curl_easy_setopt (easy, CURLOPT_XFERINFODATA, context);
  curl_easy_setopt (easy, CURLOPT_NOPROGRESS, 0L);
}

static inline long
opencx_curl_response_code (CURL *easy)
{
  long code = 0;
  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

/* The socket of a connection; negative when there is none. */
static inline curl_socket_t
opencx_curl_socket (CURL *easy)
{
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo (easy, CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

static inline void *
opencx_curl_context (CURL *easy)
{
  void *context = NULL;
  curl_easy_getinfo (easy, CURLINFO_PRIVATE, &context);
  return context;
}

static inline void
opencx_curl_multi_set_callbacks (CURLM *multi, void *loop, curl_socket_callback socket,
                                 curl_multi_timer_callback timer)
{
  curl_multi_setopt (multi, CURLMOPT_SOCKETFUNCTION, socket);
  curl_multi_setopt (multi, CURLMOPT_SOCKETDATA, loop);
  curl_multi_setopt (multi, CURLMOPT_TIMERFUNCTION, timer);
  curl_multi_setopt (multi, CURLMOPT_TIMERDATA, loop);
}

static inline CURLMcode
opencx_curl_multi_set_long (CURLM *multi, CURLMoption option, long value)
{
  return curl_multi_setopt (multi, option, value);
}

/* The next message that says a transfer is done; null when there is none. The message holds a union. */
static inline CURL *
opencx_curl_next_done (CURLM *multi, CURLcode *result)
{
  int rest = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read (multi, &rest)))
    if (message->msg == CURLMSG_DONE)
      {
        *result = message->data.result;
        return message->easy_handle;
      }
  return NULL;
}

static inline void
opencx_name_thread (const char *name)
{
  prctl (PR_SET_NAME, name, 0, 0, 0);
}

static inline int
opencx_epoll_control (int epoll, int operation, int descriptor, uint32_t events)
{
  struct epoll_event event = { .events = events, .data.fd = descriptor };
  return epoll_ctl (epoll, operation, descriptor, &event);
}

#endif
