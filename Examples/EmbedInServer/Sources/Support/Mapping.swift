import OpenCXCore
import SomeFramework

// The only place where the framework and OpenCX meet. The path and the query arrive decoded, the body as it came in.

extension WebhookRequest {
    init(_ request: Server.Request) {
        self.init(
            method: request.method,
            path: request.path,
            query: request.query.map { (name: $0.key, value: $0.value) },
            headers: request.headers.map { (name: $0.key, value: $0.value) },
            body: Array(request.body.utf8))
    }
}

extension Server.Response {
    init(_ response: WebhookResponse) {
        self.init(status: response.status)
        for header in response.headers { headers[header.name] = header.value }
        body = String(decoding: response.body, as: UTF8.self)
    }
}
