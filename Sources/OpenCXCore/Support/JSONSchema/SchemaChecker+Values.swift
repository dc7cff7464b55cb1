extension SchemaChecker {
    // MARK: Texts

    mutating func checkText(_ text: String, _ keywords: [String: JSONValue], at place: String) {
        let bounds = (keywords["minLength"]?.double, keywords["maxLength"]?.double)
        if bounds.0 != nil || bounds.1 != nil {
            let length = Double(text.unicodeScalars.count)
            if let least = bounds.0, length < least {
                report(place, least == 1 ? "must not be empty" : "must have at least \(Self.plain(least)) characters")
            }
            if let most = bounds.1, length > most {
                report(place, "must have at most \(Self.plain(most)) characters")
            }
        }
        if let source = keywords["pattern"]?.string, let pattern = Pattern.known(source) {
            switch pattern.isFound(in: text) {
            case true?: break
            case false?: report(place, "must match the pattern \(source.prefix(200))")
            case nil: report(place, "is too long to be checked against its pattern")
            }
        }
        if let name = keywords["format"]?.string, let format = StringFormat(rawValue: name), !format.matches(text) {
            report(place, "must be \(format.wording)")
        }
    }

    // MARK: Numbers

    mutating func checkNumber(_ value: JSONValue, _ keywords: [String: JSONValue], at place: String) {
        guard let number = value.double else { return }
        if let least = keywords["minimum"]?.double, number < least {
            report(place, "must be at least \(Self.plain(least))")
        }
        if let most = keywords["maximum"]?.double, number > most {
            report(place, "must be at most \(Self.plain(most))")
        }
        if let bound = keywords["exclusiveMinimum"]?.double, number <= bound {
            report(place, "must be more than \(Self.plain(bound))")
        }
        if let bound = keywords["exclusiveMaximum"]?.double, number >= bound {
            report(place, "must be less than \(Self.plain(bound))")
        }
        if let step = keywords["multipleOf"]?.double, step > 0 {
            let count = number / step
            // Steps such as 0.01 have no exact binary form.
            if abs(count - count.rounded()) > 1e-9 * max(1, abs(count)) {
                report(place, "must be a multiple of \(Self.plain(step))")
            }
        }
        if keywords["format"]?.string == "int32", !(-2_147_483_648...2_147_483_647).contains(number) {
            report(place, "must fit 32 bits")
        }
    }

    /// A number without a needless fraction.
    static func plain(_ number: Double) -> String {
        Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    // MARK: Lists

    mutating func checkItems(_ items: [JSONValue], _ keywords: [String: JSONValue], at place: String) -> [JSONValue] {
        if let least = keywords["minItems"]?.double, Double(items.count) < least {
            report(place, "must have at least \(Self.plain(least)) \(least == 1 ? "item" : "items")")
        }
        if let most = keywords["maxItems"]?.double, Double(items.count) > most {
            report(place, "must have at most \(Self.plain(most)) \(most == 1 ? "item" : "items")")
        }
        if keywords["uniqueItems"] == true, Set(items.map(\.canonical)).count < items.count {
            report(place, "must not hold the same item twice")
        }
        var first: [JSONValue] = []
        if case .array(let schemas)? = keywords["prefixItems"] { first = schemas }
        var checked = items
        for index in items.indices {
            guard let schema = index < first.count ? first[index] : keywords["items"] else { continue }
            checked[index] = check(items[index], schema, at: "\(place)[\(index)]")
            if violations.count > Self.violationLimit { break }
        }
        if let wanted = keywords["contains"] {
            let count = items.filter { fits($0, wanted) }.count
            let least = keywords["minContains"]?.double ?? 1
            let most = keywords["maxContains"]?.double ?? .infinity
            if Double(count) < least || Double(count) > most {
                report(place, "does not hold as many items of a certain form as it must")
            }
        }
        return checked
    }

    private func fits(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        var checker = SchemaChecker(definitions: definitions, isOpen: isOpen)
        checker.coerces = false
        _ = checker.check(value, schema, at: "")
        return checker.violations.isEmpty
    }

    // MARK: Objects

    mutating func checkMembers(
        _ members: [String: JSONValue], _ keywords: [String: JSONValue], at place: String
    ) -> [String: JSONValue] {
        checkNames(of: members, keywords, at: place)
        var properties: [String: JSONValue] = [:]
        if case .object(let schemas)? = keywords["properties"] { properties = schemas }
        var patterns: [(Pattern, JSONValue)] = []
        if case .object(let schemas)? = keywords["patternProperties"] {
            patterns = schemas.compactMap { source, schema in Pattern.known(source).map { ($0, schema) } }
        }
        var checked = members
        var hasUnknown = false
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if violations.count > Self.violationLimit { break }
            var isKnown = false
            if let schema = properties[name] {
                isKnown = true
                checked[name] = check(value, schema, at: Self.place(place, name))
            }
            // A name that the schema does not give may be anybody's data, so it is not quoted.
            for (pattern, schema) in patterns where pattern.isFound(in: name) == true {
                isKnown = true
                checked[name] = check(checked[name] ?? value, schema, at: Self.place(place, "*"))
            }
            guard !isKnown, let rest = keywords["additionalProperties"] else { continue }
            if rest == false {
                hasUnknown = true
            } else {
                checked[name] = check(value, rest, at: Self.place(place, "*"))
            }
        }
        if hasUnknown {
            let known = properties.keys.sorted().prefix(30).joined(separator: ", ")
            report(place, known.isEmpty ? "must be empty" : "must have no other members than \(known)")
        }
        return checked
    }

    private mutating func checkNames(
        of members: [String: JSONValue], _ keywords: [String: JSONValue], at place: String
    ) {
        if case .array(let names)? = keywords["required"] {
            for name in names.compactMap(\.string) where members[name] == nil {
                report(Self.place(place, name), "is missing")
            }
        }
        if case .object(let rules)? = keywords["dependentRequired"] {
            for (name, wanted) in rules.sorted(by: { $0.key < $1.key }) where members[name] != nil {
                guard case .array(let names) = wanted else { continue }
                for other in names.compactMap(\.string) where members[other] == nil {
                    report(Self.place(place, other), "is missing; it is needed with \(name)")
                }
            }
        }
        if let least = keywords["minProperties"]?.double, Double(members.count) < least {
            report(place, "must have at least \(Self.plain(least)) members")
        }
        if let most = keywords["maxProperties"]?.double, Double(members.count) > most {
            report(place, "must have at most \(Self.plain(most)) members")
        }
        if let schema = keywords["propertyNames"], !members.keys.allSatisfy({ fits(.string($0), schema) }) {
            report(place, "has a member whose name is not allowed")
        }
    }

    private static func place(_ place: String, _ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
}
