internal import OpenCXCore

/// A mailbox that customers' mails arrive in.
public struct MailboxSettings: Sendable {
    /// What becomes of a mail that has been taken in. Mails are never deleted.
    public enum Done: Sendable, Hashable {
        /// It gets the keyword `$OpenCXDone`, and stays where it is.
        case mark
        /// It goes into another folder of the mailbox, which must be there.
        case move(to: String)
    }

    /// The server.
    public var server: MailServer
    /// The folder that is watched.
    public var folder: String
    /// What becomes of a mail that has been taken in.
    public var done: Done
    /// Mails that arrived longer ago are left alone, so that an agent that is new does not answer old mails.
    public var maximumAge: Duration
    /// How long to wait between two looks, where the server cannot say that there is something new, and after a failure.
    public var pollInterval: Duration
    /// How long to wait for news at a time. Servers end a connection that is silent for half an hour.
    public var idleTime: Duration

    /// Makes settings; what is not given has the default.
    public init(
        server: MailServer, folder: String = "INBOX", done: Done = .mark,
        maximumAge: Duration = .seconds(7 * 24 * 3600),
        pollInterval: Duration = .seconds(60), idleTime: Duration = .seconds(20 * 60)
    ) {
        self.server = server
        self.folder = folder
        self.done = done
        self.maximumAge = maximumAge
        self.pollInterval = pollInterval
        self.idleTime = idleTime
    }
}
