@_exported public import OpenCXEmail
@_exported public import OpenCXTwilio
@_exported public import OpenCXWeb
@_exported public import OpenCXWidget
