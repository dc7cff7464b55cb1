/// How what is due is found.
enum OutboxSchema {
    /// What has a lease is looked for by the lease. A reply is taken up by the commit that writes it and settled under that lease, so
    /// nearly none ever comes into the indexes of what waits.
    static let version10: StaticString = """
        DROP INDEX outbox_due;
        DROP INDEX outbox_due_by_lane;
        CREATE INDEX outbox_due ON outbox (due_at, number) WHERE state = 'pending' AND lease IS NULL;
        CREATE INDEX outbox_due_by_lane ON outbox (lane, due_at, number) WHERE state = 'pending' AND lease IS NULL;

        PRAGMA user_version = 10;
        """
}
