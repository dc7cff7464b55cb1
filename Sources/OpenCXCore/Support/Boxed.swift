/// A large value that has one place in memory, however often it is passed on.
///
/// A session has three dozen fields. Each copy of it copies them all and counts a reference for each, and each asynchronous
/// function that it passes through keeps room for it on its task; the copy of a box is a pointer.
struct Boxed<Value: Sendable>: Sendable {
    private final class Place: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var place: Place

    init(_ value: Value) { place = Place(value) }

    /// Setting it makes a new place: other copies keep what they have.
    var value: Value {
        get { place.value }
        set { place = Place(newValue) }
    }
}

extension Boxed: Equatable where Value: Equatable {
    static func == (one: Boxed, other: Boxed) -> Bool { one.place === other.place || one.value == other.value }
}

extension Boxed: Hashable where Value: Hashable {
    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
