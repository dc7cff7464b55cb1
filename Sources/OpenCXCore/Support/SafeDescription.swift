/// What may be kept of an error: the description of one of ours, which never holds a customer's words; of any other only the
/// type, for its text may hold anything.
package func safeDescription(of error: any Error) -> String {
    switch error {
    case let error as StoreError: error.description
    case let error as ChannelError: error.description
    case let error as HelpdeskError: error.description
    case let error as KnowledgeSourceError: error.description
    case let error as EventError: error.description
    case let error as HTTPClientError: error.description
    case let error as ActionError: error.description
    case let error as ModelError: error.description
    default: "\(type(of: error))"
    }
}
