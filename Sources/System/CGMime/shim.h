#ifndef OPENCX_CGMIME_SHIM_H
#define OPENCX_CGMIME_SHIM_H

#include <gmime/gmime.h>
#include <iconv.h>
#include <stdint.h>

/* GMime is GObject: casts are macros, and ownership is by convention. These wrappers fix both. An entity is a part of a
   message and lives as long as the message. Text that a function allocates is the caller's, who frees it with
   opencx_mime_free. */

typedef struct opencx_mime_message opencx_mime_message;
typedef struct opencx_mime_entity opencx_mime_entity;

enum opencx_mime_kind
{
  OPENCX_MIME_LEAF,
  OPENCX_MIME_MULTIPART,
  OPENCX_MIME_MESSAGE
};

static inline void
opencx_mime_free (void *memory)
{
  g_free (memory);
}

/* A message made of bytes, which are copied. */
static inline opencx_mime_message *
opencx_mime_parse (const char *bytes, size_t count)
{
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (bytes, count);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  g_mime_parser_set_persist_stream (parser, TRUE);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  g_object_unref (parser);
  g_object_unref (stream);
  return (opencx_mime_message *)message;
}

static inline void
opencx_mime_release (opencx_mime_message *message)
{
  g_object_unref (message);
}

static inline opencx_mime_entity *
opencx_mime_root (opencx_mime_message *message)
{
  return (opencx_mime_entity *)g_mime_message_get_mime_part ((GMimeMessage *)message);
}

/* The message within a message/rfc822 entity; null when there is none. */
static inline opencx_mime_message *
opencx_mime_inner (opencx_mime_entity *entity)
{
  return (opencx_mime_message *)g_mime_message_part_get_message ((GMimeMessagePart *)entity);
}

static inline enum opencx_mime_kind
opencx_mime_kind_of (opencx_mime_entity *entity)
{
  if (GMIME_IS_MULTIPART (entity))
    return OPENCX_MIME_MULTIPART;
  if (GMIME_IS_MESSAGE_PART (entity))
    return OPENCX_MIME_MESSAGE;
  return OPENCX_MIME_LEAF;
}

static inline int
opencx_mime_child_count (opencx_mime_entity *entity)
{
  return GMIME_IS_MULTIPART (entity) ? g_mime_multipart_get_count ((GMimeMultipart *)entity) : 0;
}

static inline opencx_mime_entity *
opencx_mime_child (opencx_mime_entity *entity, int index)
{
  return (opencx_mime_entity *)g_mime_multipart_get_part ((GMimeMultipart *)entity, index);
}

/* type/subtype; allocated. */
static inline char *
opencx_mime_type (opencx_mime_entity *entity)
{
  GMimeContentType *type = g_mime_object_get_content_type ((GMimeObject *)entity);
  return type ? g_mime_content_type_get_mime_type (type) : NULL;
}

static inline const char *
opencx_mime_type_parameter (opencx_mime_entity *entity, const char *name)
{
  return g_mime_object_get_content_type_parameter ((GMimeObject *)entity, name);
}

static inline const char *
opencx_mime_disposition (opencx_mime_entity *entity)
{
  return g_mime_object_get_disposition ((GMimeObject *)entity);
}

static inline const char *
opencx_mime_disposition_parameter (opencx_mime_entity *entity, const char *name)
{
  return g_mime_object_get_content_disposition_parameter ((GMimeObject *)entity, name);
}

static inline const char *
opencx_mime_content_id (opencx_mime_entity *entity)
{
  return g_mime_object_get_content_id ((GMimeObject *)entity);
}

static inline int
opencx_mime_header_count (void *object)
{
  return g_mime_header_list_get_count (g_mime_object_get_header_list ((GMimeObject *)object));
}

static inline const char *
opencx_mime_header_name (void *object, int index)
{
  return g_mime_header_get_name (
      g_mime_header_list_get_header_at (g_mime_object_get_header_list ((GMimeObject *)object), index));
}

/* As it stands in the message, folds and encoded words and all. */
static inline const char *
opencx_mime_header_raw (void *object, int index)
{
  return g_mime_header_get_raw_value (
      g_mime_header_list_get_header_at (g_mime_object_get_header_list ((GMimeObject *)object), index));
}

/* On one line, encoded words decoded; allocated. */
static inline char *
opencx_mime_decode_text (const char *raw)
{
  char *line = g_mime_utils_header_unfold (raw);
  char *text = g_mime_utils_header_decode_text (NULL, line);
  g_free (line);
  return text;
}

/* A name of a person or a file; allocated. */
static inline char *
opencx_mime_decode_phrase (const char *raw)
{
  char *line = g_mime_utils_header_unfold (raw);
  char *text = g_mime_utils_header_decode_phrase (NULL, line);
  g_free (line);
  return text;
}

/* Text as encoded words where it is not ASCII; allocated. */
static inline char *
opencx_mime_encode_text (const char *text)
{
  return g_mime_utils_header_encode_text (NULL, text, "UTF-8");
}

static inline char *
opencx_mime_encode_phrase (const char *text)
{
  return g_mime_utils_header_encode_phrase (NULL, text, "UTF-8");
}

typedef struct opencx_mime_addresses opencx_mime_addresses;

/* The addresses of a header's value; null when there are none. */
static inline opencx_mime_addresses *
opencx_mime_addresses_parse (const char *raw)
{
  return (opencx_mime_addresses *)internet_address_list_parse (NULL, raw);
}

static inline void
opencx_mime_addresses_release (opencx_mime_addresses *list)
{
  g_object_unref (list);
}

static inline int
opencx_mime_addresses_count (opencx_mime_addresses *list)
{
  return internet_address_list_length ((InternetAddressList *)list);
}

/* The members, when the address at this place is a group. They belong to the list. */
static inline opencx_mime_addresses *
opencx_mime_addresses_group (opencx_mime_addresses *list, int index)
{
  InternetAddress *address = internet_address_list_get_address ((InternetAddressList *)list, index);
  return INTERNET_ADDRESS_IS_GROUP (address)
             ? (opencx_mime_addresses *)internet_address_group_get_members ((InternetAddressGroup *)address)
             : NULL;
}

static inline const char *
opencx_mime_address_name (opencx_mime_addresses *list, int index)
{
  return internet_address_get_name (internet_address_list_get_address ((InternetAddressList *)list, index));
}

/* user@host; null for a group. */
static inline const char *
opencx_mime_address (opencx_mime_addresses *list, int index)
{
  InternetAddress *address = internet_address_list_get_address ((InternetAddressList *)list, index);
  return INTERNET_ADDRESS_IS_MAILBOX (address) ? internet_address_mailbox_get_addr ((InternetAddressMailbox *)address)
                                               : NULL;
}

/* Seconds since 1970; false where the text is no date. */
static inline int
opencx_mime_date (const char *text, int64_t *seconds)
{
  GDateTime *date = g_mime_utils_header_decode_date (text);
  if (!date)
    return 0;
  *seconds = g_date_time_to_unix (date);
  g_date_time_unref (date);
  return 1;
}

/* Text of a date as headers have it; allocated. */
static inline char *
opencx_mime_format_date (int64_t seconds)
{
  GDateTime *date = g_date_time_new_from_unix_utc (seconds);
  if (!date)
    return NULL;
  char *text = g_mime_utils_header_format_date (date);
  g_date_time_unref (date);
  return text;
}

typedef struct opencx_mime_bytes
{
  void *owner;
  const unsigned char *data;
  size_t count;
} opencx_mime_bytes;

/* What a leaf holds with its transfer encoding undone, or a message within a message as it came. */
static inline opencx_mime_bytes
opencx_mime_content (opencx_mime_entity *entity)
{
  GMimeStream *stream = g_mime_stream_mem_new ();
  if (GMIME_IS_PART (entity))
    {
      GMimeDataWrapper *content = g_mime_part_get_content ((GMimePart *)entity);
      if (content)
        g_mime_data_wrapper_write_to_stream (content, stream);
    }
  else if (GMIME_IS_MESSAGE_PART (entity) && opencx_mime_inner (entity))
    g_mime_object_write_to_stream ((GMimeObject *)opencx_mime_inner (entity), NULL, stream);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array ((GMimeStreamMem *)stream);
  opencx_mime_bytes result = { stream, bytes->data, bytes->len };
  return result;
}

static inline int
opencx_mime_is_base64 (opencx_mime_entity *entity)
{
  return GMIME_IS_PART (entity)
         && g_mime_part_get_content_encoding ((GMimePart *)entity) == GMIME_CONTENT_ENCODING_BASE64;
}

/* What a leaf holds, as it came. */
static inline opencx_mime_bytes
opencx_mime_encoded_content (opencx_mime_entity *entity)
{
  GMimeStream *stream = g_mime_stream_mem_new ();
  GMimeDataWrapper *content = g_mime_part_get_content ((GMimePart *)entity);
  if (content)
    {
      GMimeStream *source = g_mime_data_wrapper_get_stream (content);
      g_mime_stream_reset (source);
      g_mime_stream_write_to_stream (source, stream);
      g_mime_stream_reset (source);
    }
  GByteArray *bytes = g_mime_stream_mem_get_byte_array ((GMimeStreamMem *)stream);
  opencx_mime_bytes result = { stream, bytes->data, bytes->len };
  return result;
}

static inline void
opencx_mime_bytes_release (opencx_mime_bytes bytes)
{
  g_object_unref (bytes.owner);
}

/* Quoted-printable or base64, in lines; allocated, with a NUL at its end. */
static inline char *
opencx_mime_encode (const unsigned char *bytes, size_t count, int is_base64)
{
  GMimeEncoding state;
  g_mime_encoding_init_encode (&state,
                               is_base64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  char *text = (char *)g_malloc (g_mime_encoding_outlen (&state, count) + 16);
  size_t length = g_mime_encoding_flush (&state, (const char *)bytes, count, text);
  text[length] = 0;
  return text;
}

static inline const char *
opencx_mime_charset (const char *name)
{
  return g_mime_charset_iconv_name (name);
}

/* iconv_open answers with (iconv_t)-1, which is no pointer to Swift. */
static inline void *
opencx_iconv_open (const char *from)
{
  iconv_t converter = iconv_open ("UTF-8", from);
  return converter == (iconv_t)-1 ? NULL : (void *)converter;
}

/* Converts up to what is wrong or has no room; what is left is told by the counts. */
static inline void
opencx_iconv (void *converter, const char **input, size_t *input_count, char **output, size_t *output_count)
{
  iconv ((iconv_t)converter, (char **)input, input_count, output, output_count);
}

static inline void
opencx_iconv_close (void *converter)
{
  iconv_close ((iconv_t)converter);
}

#endif
