@_exported public import OpenCXWeb
