/// How much a session takes besides what is said in it. What is larger is refused (``StoreError/Code/refused``).
public enum SessionLimits {
    /// How many tags.
    public static let tags = 50
    /// The length of a tag, in UTF-8 bytes.
    public static let tagBytes = 100
    /// How many members of custom data.
    public static let attributes = 50
    /// The length of a member's name, in UTF-8 bytes.
    public static let attributeNameBytes = 100
    /// The length of a member's value, in UTF-8 bytes.
    public static let attributeBytes = 2000
    /// The length of a checkpoint, in UTF-8 bytes of JSON.
    public static let checkpointBytes = 16_384
    /// The length of the words that come with a rating, in UTF-8 bytes.
    public static let commentBytes = 4000
}
