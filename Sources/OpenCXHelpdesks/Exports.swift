@_exported public import OpenCXFileDrop
@_exported public import OpenCXFront
@_exported public import OpenCXHubSpot
@_exported public import OpenCXSunshine
@_exported public import OpenCXZendesk
