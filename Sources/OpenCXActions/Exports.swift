@_exported public import OpenCXOpenAPI
