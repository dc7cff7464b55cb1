@_exported public import OpenCXHelpCenter
@_exported public import OpenCXSearch
