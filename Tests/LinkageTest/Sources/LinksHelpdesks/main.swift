import OpenCXCore
import OpenCXHelpdesks

print("LinksHelpdesks: \(FileDropHelpdesk(directory: "handoffs").id)")
