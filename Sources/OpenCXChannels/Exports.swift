@_exported public import OpenCXWeb
@_exported public import OpenCXWidget
