@_exported public import OpenCXAnthropic
@_exported public import OpenCXOpenAI
