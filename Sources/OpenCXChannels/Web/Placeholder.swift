public import OpenCXCore
