/// Words what an action returned where the team has not: the plain members of the result, one a line.
enum ResultWording {
    /// How many members are told.
    static let limit = 12

    static func text(
        of record: ActionRecord, _ definition: ActionDefinition?, in language: LanguageTag
    ) -> RedactedText {
        if let definition, definition.reply(in: language) != nil { return record.result }
        // Members inside others have dots in their names, and the status is nothing for a customer.
        let plain = record.fields.filter { !$0.key.contains(".") && $0.key != "http_status" && !$0.value.isEmpty }
        if plain.isEmpty { return record.result }
        let lines = plain.sorted { $0.key < $1.key }.prefix(limit).map { name, value in
            RedactedText(derived: "- \(label(name)): ") + value
        }
        return lines.joined(separator: "\n")
    }

    /// `expectedDelivery` and `expected_delivery` as words: "Expected delivery".
    private static func label(_ name: String) -> String {
        var words = ""
        for character in name {
            if character == "_" || character == "-" {
                words.append(" ")
            } else if character.isUppercase, words.last?.isLowercase == true {
                words += " " + character.lowercased()
            } else {
                words.append(character)
            }
        }
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
