@_exported public import OpenCXFileDrop
