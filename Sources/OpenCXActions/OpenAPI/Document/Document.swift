internal import OpenCXCore
internal import YAML

/// An OpenAPI document as a tree of values, with its references.
struct Document: Sendable {
    let root: JSONValue
    let version: Version

    /// How large a document may be, in bytes.
    static let sizeLimit = 32 << 20
    static let yamlLimits = YAMLParser.Limits(depth: 120, nodes: 3_000_000, aliases: true)

    enum Version: Sendable, Hashable {
        case two(String), three(String), threeOne(String)

        var text: String {
            switch self {
            case .two(let text), .three(let text), .threeOne(let text): text
            }
        }

        var isTwo: Bool { if case .two = self { true } else { false } }
        var isThreeOne: Bool { if case .threeOne = self { true } else { false } }
    }

    init(_ bytes: [UInt8]) throws(OpenAPIError) {
        guard bytes.count <= Self.sizeLimit else {
            throw OpenAPIError(.failedToParseSpec, "The document is larger than \(Self.sizeLimit >> 20) MB.")
        }
        root = try Self.parse(bytes)
        version = try Self.version(of: root)
        try DocumentCheck.check(root, version)
    }

    var title: String { root["info"]?["title"]?.string ?? "" }

    private static func parse(_ bytes: [UInt8]) throws(OpenAPIError) -> JSONValue {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if first == UInt8(ascii: "{"), let value = try? JSONValue(parsing: bytes) { return value }
        // YAML may start with a brace too; what is wrong with JSON, libyaml can say as well.
        do throws(YAMLError) {
            guard let node = try YAMLParser.parse(bytes, limits: yamlLimits) else {
                throw YAMLError(line: 1, message: "it is empty")
            }
            return try node.json()
        } catch {
            throw OpenAPIError(
                .failedToParseSpec, "The document is neither JSON nor YAML: line \(error.line): \(error.message).")
        }
    }

    private static func version(of root: JSONValue) throws(OpenAPIError) -> Version {
        guard case .object = root else {
            throw OpenAPIError(.failedToParseSpec, "The document is no OpenAPI document; expected an object.")
        }
        if let swagger = root["swagger"] {
            let text = swagger.argumentText
            guard ["2.0", "2"].contains(text) else {
                throw OpenAPIError(
                    .failedToParseSpec, at: "/swagger", "Only versions 2.0, 3.0 and 3.1 of OpenAPI are understood.")
            }
            return .two("2.0")
        }
        guard let text = root["openapi"]?.string else {
            throw OpenAPIError(
                .failedToParseSpec,
                "The document is no OpenAPI document: neither `openapi` nor `swagger` says which version it is.")
        }
        if text.hasPrefix("3.0.") || text == "3.0" { return .three(text) }
        if text.hasPrefix("3.1.") || text == "3.1" { return .threeOne(text) }
        throw OpenAPIError(
            .failedToParseSpec, at: "/openapi", "Only versions 2.0, 3.0 and 3.1 of OpenAPI are understood.")
    }

    /// What stands at a place, references followed.
    ///
    /// - Throws: ``OpenAPIError`` with `badReference` where one leads nowhere, in a circle, or out of the document.
    func resolve(_ value: JSONValue, at place: Pointer) throws(OpenAPIError) -> (value: JSONValue, place: Pointer) {
        var (value, place) = (value, place)
        var seen: Set<Pointer> = [place]
        while let reference = value["$ref"] {
            place = try target(of: reference, at: place)
            guard seen.insert(place).inserted else {
                throw OpenAPIError(.badReference, at: "\(place)", "The reference leads back to itself.")
            }
            guard let next = place.value(in: root) else { throw Self.broken(place) }
            value = next
        }
        return (value, place)
    }

    /// Where a reference leads.
    func target(of reference: JSONValue, at place: Pointer) throws(OpenAPIError) -> Pointer {
        guard let text = reference.string else {
            throw OpenAPIError(.badReference, at: "\(place.at("$ref"))", "A reference must be a text.")
        }
        guard text.hasPrefix("#") else {
            throw OpenAPIError(
                .badReference, at: "\(place.at("$ref"))",
                "References to other documents are not followed; bundle the document into one file.")
        }
        guard let pointer = Pointer(fragment: text) else {
            throw OpenAPIError(
                .badReference, at: "\(place.at("$ref"))", "The reference is no JSON pointer such as #/components/….")
        }
        return pointer
    }

    static func broken(_ place: Pointer) -> OpenAPIError {
        OpenAPIError(.badReference, at: "\(place)", "A reference leads here, but nothing is here.")
    }
}
