@_exported public import OpenCXFileDrop
@_exported public import OpenCXZendesk
