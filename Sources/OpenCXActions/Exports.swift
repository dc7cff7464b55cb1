@_exported public import OpenCXMCP
@_exported public import OpenCXOpenAPI
