#ifndef OPENCX_CGUMBO_SHIM_H
#define OPENCX_CGUMBO_SHIM_H

#include <gumbo.h>

/* Nodes hold a union, which Swift sees only with difficulty. */

static inline const GumboElement *
opencx_gumbo_element (const GumboNode *node)
{
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element : NULL;
}

static inline const char *
opencx_gumbo_text (const GumboNode *node)
{
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA
             ? node->v.text.text
             : NULL;
}

static inline const GumboNode *
opencx_gumbo_child (const GumboElement *element, unsigned int index)
{
  return (const GumboNode *)element->children.data[index];
}

static inline const char *
opencx_gumbo_attribute (const GumboElement *element, const char *name)
{
  const GumboAttribute *attribute = gumbo_get_attribute (&element->attributes, name);
  return attribute ? attribute->value : NULL;
}

static inline GumboOutput *
opencx_gumbo_parse (const char *bytes, size_t count)
{
  return gumbo_parse_with_options (&kGumboDefaultOptions, bytes, count);
}

static inline void
opencx_gumbo_free (GumboOutput *output)
{
  gumbo_destroy_output (&kGumboDefaultOptions, output);
}

#endif
