/// How often the widget's routes may be asked, in requests a minute. As many may come at once, and more as the minute passes; whoever
/// asks more often is answered 429.
///
/// The defaults are far above what the widget does: a page that polls every ten seconds makes seven requests a minute. Counted is in
/// memory and per process.
public struct WidgetLimits: Sendable, Hashable {
    /// What a visitor, as their contact token says, may ask without changing anything; `nil` for any number.
    public var readsPerVisitor: Int?
    /// What a visitor may begin, write, rate and upload; `nil` for any number.
    public var writesPerVisitor: Int?
    /// What may be asked from one address (``/OpenCXCore/WebhookRequest/clientAddress``), whoever asks; `nil` for any number. An
    /// office may be behind one, and whoever has an IPv6 network of 64 bits counts as one.
    public var readsPerAddress: Int?
    /// What may be changed from one address; `nil` for any number.
    public var writesPerAddress: Int?
    /// How many contacts may be made from one address; `nil` for any number.
    public var contactsPerAddress: Int?

    /// Makes limits.
    public init(
        readsPerVisitor: Int? = 1200, writesPerVisitor: Int? = 120, readsPerAddress: Int? = 12_000,
        writesPerAddress: Int? = 1200, contactsPerAddress: Int? = 120
    ) {
        self.readsPerVisitor = readsPerVisitor
        self.writesPerVisitor = writesPerVisitor
        self.readsPerAddress = readsPerAddress
        self.writesPerAddress = writesPerAddress
        self.contactsPerAddress = contactsPerAddress
    }

    /// No limits.
    public static let none = WidgetLimits(
        readsPerVisitor: nil, writesPerVisitor: nil, readsPerAddress: nil, writesPerAddress: nil,
        contactsPerAddress: nil)
}
