internal import OpenCXCore

/// How a value is written into an address, a header or a form (OpenAPI 3 `style` and `explode`, OpenAPI 2 `collectionFormat`).
struct ParameterStyle: Sendable, Hashable {
    enum Kind: String, Sendable {
        case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
        /// OpenAPI 2 only.
        case tabDelimited
    }

    var kind: Kind
    var explode: Bool
    var allowReserved = false

    /// What OpenAPI 2 calls the format of a collection.
    init?(collectionFormat: String) {
        switch collectionFormat {
        case "csv": self.init(.form, explode: false)
        case "ssv": self.init(.spaceDelimited, explode: false)
        case "tsv": self.init(.tabDelimited, explode: false)
        case "pipes": self.init(.pipeDelimited, explode: false)
        case "multi": self.init(.form, explode: true)
        default: return nil
        }
    }

    init(_ kind: Kind, explode: Bool, allowReserved: Bool = false) {
        self.kind = kind
        self.explode = explode
        self.allowReserved = allowReserved
    }

    // MARK: Paths and headers

    /// The value as part of a path.
    func pathText(_ name: String, _ value: JSONValue) -> String {
        let encode: (String) -> String = { PercentEncoding.encoded($0) }
        switch kind {
        case .label:
            let joined = pieces(value, encode, pair: explode ? "=" : ",").joined(separator: explode ? "." : ",")
            return "." + joined
        case .matrix: return matrixText(encode(name), value, encode)
        default: return pieces(value, encode, pair: explode ? "=" : ",").joined(separator: ",")
        }
    }

    private func matrixText(_ name: String, _ value: JSONValue, _ encode: (String) -> String) -> String {
        switch value {
        case .array(let items) where explode: items.map { ";\(name)=\(encode($0.argumentText))" }.joined()
        case .object where explode: pieces(value, encode, pair: "=").map { ";\($0)" }.joined()
        default: ";\(name)=" + pieces(value, encode, pair: ",").joined(separator: ",")
        }
    }

    /// The value of a header (always `simple`).
    func headerText(_ value: JSONValue) -> String {
        pieces(value, { $0 }, pair: explode ? "=" : ",").joined(separator: ",")
    }

    /// The texts of a value: one for a plain one, one for each item, name and value for each member.
    private func pieces(_ value: JSONValue, _ encode: (String) -> String, pair: String) -> [String] {
        switch value {
        case .array(let items): items.map { encode($0.argumentText) }
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { encode($0.key) + pair + encode($0.value.argumentText) }
        case .null: [""]
        default: [encode(value.argumentText)]
        }
    }

    // MARK: Queries, forms and cookies

    /// The value as pairs of name and value, both encoded.
    func pairs(_ name: String, _ value: JSONValue, keeping kept: PercentEncoding.Kept) -> [(String, String)] {
        let kept = allowReserved && kept == .unreserved ? .reservedInQuery : kept
        let encode: (String) -> String = { PercentEncoding.encoded($0, keeping: kept) }
        // A name in brackets is one that servers know by its brackets.
        let key = PercentEncoding.encodedName(name, keeping: kept)
        switch value {
        case .array(let items):
            if explode || kind == .deepObject { return items.map { (key, encode($0.argumentText)) } }
            return [(key, items.map { encode($0.argumentText) }.joined(separator: separator(kept)))]
        case .object(let members):
            if kind == .deepObject { return deepPairs(key, value, encode, depth: 0) }
            let sorted = members.sorted { $0.key < $1.key }
            if explode { return sorted.map { (encode($0.key), encode($0.value.argumentText)) } }
            let flat = sorted.flatMap { [encode($0.key), encode($0.value.argumentText)] }
            return [(key, flat.joined(separator: separator(kept)))]
        case .null: return [(key, "")]
        default: return [(key, encode(value.argumentText))]
        }
    }

    private func separator(_ kept: PercentEncoding.Kept) -> String {
        switch kind {
        case .spaceDelimited: kept == .form ? "+" : "%20"
        case .pipeDelimited: "%7C"
        case .tabDelimited: "%09"
        default: ","
        }
    }

    /// `filter[price][max]=5`.
    private func deepPairs(
        _ key: String, _ value: JSONValue, _ encode: (String) -> String, depth: Int
    ) -> [(String, String)] {
        guard depth < 16 else { return [(key, encode(value.argumentText))] }
        switch value {
        case .object(let members):
            return members.sorted { $0.key < $1.key }.flatMap {
                deepPairs("\(key)[\(encode($0.key))]", $0.value, encode, depth: depth + 1)
            }
        case .array(let items):
            return items.flatMap { deepPairs("\(key)[]", $0, encode, depth: depth + 1) }
        case .null: return [(key, "")]
        default: return [(key, encode(value.argumentText))]
        }
    }
}
