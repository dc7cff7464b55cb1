@_exported public import OpenCXSQLite
