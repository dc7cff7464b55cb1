internal import CCurl
internal import OpenCXCore

// A request in curl's words.

extension EasyHandle {
    /// Sets the method and the body.
    func setMethod(_ request: HTTPRequest) {
        let method = request.method
        set(CURLOPT_NOBODY, method == "HEAD" ? 1 : 0)
        let sendsBody = request.sendsBody
        if sendsBody {
            _ = opencx_curl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
            if request.body.isEmpty {
                set(CURLOPT_COPYPOSTFIELDS, "")
            } else {
                request.body.withUnsafeBytes { bytes in
                    _ = opencx_curl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
                }
            }
        } else if method != "HEAD" {
            set(CURLOPT_HTTPGET, 1)
        }
        if method == (sendsBody ? "POST" : "GET") || method == "HEAD" {
            _ = opencx_curl_set_text(pointer, CURLOPT_CUSTOMREQUEST, nil)
        } else {
            set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    /// Sets the headers; false when there is no memory.
    func setHeaders(_ request: HTTPRequest) -> Bool {
        var hasContentType = false
        for (name, value) in request.headers {
            let lowercased = name.lowercased()
            if lowercased == "content-length" { continue }
            if lowercased == "content-type" { hasContentType = true }
            // Curl takes "Name:" as the wish not to send the header at all.
            guard append(value.utf8.allSatisfy { $0 <= 0x20 } ? name + ";" : name + ": " + value) else { return false }
        }
        if request.sendsBody {
            // What curl adds by itself to a body: a type that is wrong for most, and a question that costs a second.
            if !hasContentType && !append("Content-Type:") { return false }
            if request.body.count > 1024 && !append("Expect:") { return false }
        }
        useHeaders()
        return true
    }
}

extension HTTPRequest {
    /// Whether the request says how long its body is, also when it is empty.
    fileprivate var sendsBody: Bool {
        !body.isEmpty || method == "POST" || method == "PUT" || method == "PATCH"
    }
}
