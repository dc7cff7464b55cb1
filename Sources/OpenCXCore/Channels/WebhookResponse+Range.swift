extension WebhookResponse {
    /// The part of the body that the request asks for (RFC 9110, section 14), where it asks for one part and the whole was found:
    /// some browsers play a video only if they can have it in parts. Everything else is answered as a whole, as is a request that
    /// wants a part of a certain version only, for there are no versions here.
    package func answeringRange(of request: WebhookRequest) -> WebhookResponse {
        guard status == 200, request.method == "GET" else { return self }
        var response = self
        response.headers.append(("accept-ranges", "bytes"))
        guard let header = request.header("range"), request.header("if-range") == nil,
            let wanted = Self.range(header, of: body.count)
        else { return response }
        if let range = wanted {
            response.status = 206
            response.headers.append(
                ("content-range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(body.count)"))
            response.body = Array(body[range])
        } else {
            response = .error(416, "There is no such part of it.")
            response.headers.append(("content-range", "bytes */\(body.count)"))
        }
        return response
    }

    /// The bytes that a header names; `.some(nil)` where there are none of them, and `nil` for what is no range of bytes, or several.
    private static func range(_ header: String, of count: Int) -> Range<Int>?? {
        let text = header.filter { $0 != " " }.lowercased()
        guard text.hasPrefix("bytes=") else { return nil }
        let sides = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard sides.count == 2, sides.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else { return nil }
        // More digits than fit are more bytes than there are.
        func number(_ digits: Substring) -> Int { Int(digits) ?? .max }
        if sides[0].isEmpty {
            guard !sides[1].isEmpty else { return nil }
            let last = min(number(sides[1]), count)
            return .some(last > 0 ? count - last..<count : nil)
        }
        let first = number(sides[0])
        let last = sides[1].isEmpty ? .max : number(sides[1])
        guard first <= last else { return nil }
        return .some(first < count ? first..<min(last, count - 1) + 1 : nil)
    }
}
