package dev.rotor.driver.model;

/**
 * Whether a cursor ends with the last document, or stays to see what is added, as the CRUD specification defines it;
 * and in which way its batches come.
 *
 * <p><b>Tailing a capped collection, or the oplog.</b> A tailable cursor outlives empty batches, but not everything: it
 * ends when the collection is dropped, when documents are overwritten faster than they are read (the next call fails
 * with code 136), and <em>at once when nothing in the collection matched when it was opened</em>, above all when that
 * was empty. So a program that is to go on for ever opens it again, from where it was, after a pause of its own choice:
 *
 * <pre>{@code
 * CompletionStage<Void> follow(BsonTimestamp last) {
 *     return oplog.find(gt("ts", last)).cursorType(TAILABLE_AWAIT).open()
 *             .thenCompose(cursor -> cursor.forEach(entry -> handle(entry)).whenComplete((end, failure) -> cursor.close()))
 *             .handle((end, failure) -> null)                     // the cursor has ended, or failed
 *             .thenComposeAsync(end -> follow(lastHandled), delayedExecutor(1, SECONDS));
 * }
 * }</pre>
 */
public enum CursorType {
    /** It ends with the last document: the default. */
    NON_TAILABLE,
    /**
     * On a capped collection: it stays at the last document and can be asked again; the server answers at once, with
     * nothing if there is nothing new. {@code next()}, {@code nextBatch()} and {@code forEach()} ask again and again
     * without a pause while there is nothing new: {@code tryNext()}, with a pause of your own, or
     * {@link #TAILABLE_AWAIT} is what you want.
     */
    TAILABLE,
    /** The same, but the server waits a while for new documents before it answers with nothing. */
    TAILABLE_AWAIT,
    /**
     * It ends with the last document, but after the first batch the server sends the others without being asked for
     * each: one round trip less per batch, for large results over slow networks.
     *
     * <p>From the second batch on, a connection is in use for this cursor alone until it ends. The driver stops reading
     * from it while two batches wait for their consumer, so memory stays bounded. To close the cursor before its end
     * closes the connection, since nothing else stops the server.
     *
     * <p>It cannot be had together with a limit: asking fails with an {@link IllegalArgumentException}. Where the
     * server or the situation does not allow it (a mongos before 7.1, a load balancer, a transaction, a timeout for
     * each iteration), the cursor is an ordinary one, with the same documents. Listeners hear of each batch as of a
     * {@code getMore} of its own.
     *
     * @see <a
     *     href="https://github.com/mongodb/specifications/blob/master/source/find_getmore_killcursors_commands/find_getmore_killcursors_commands.md">Find,
     *     getMore and killCursors commands, "Exhaust"</a>
     */
    EXHAUST;

    /**
     * Whether the cursor stays open at the last document.
     *
     * @return {@code true} for {@link #TAILABLE} and {@link #TAILABLE_AWAIT}
     */
    public boolean isTailable() {
        return this == TAILABLE || this == TAILABLE_AWAIT;
    }
}
