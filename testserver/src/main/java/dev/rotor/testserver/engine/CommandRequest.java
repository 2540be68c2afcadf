package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One command as it comes to the engine.
 *
 * @param database the value of {@code $db}
 * @param name the first key of the command, spelled as the client spelled it
 * @param command the whole command; document sequences stand in it as lists of documents ({@code documents},
 *     {@code updates}, {@code deletes}, {@code ops}, {@code nsInfo}). Arguments that any command takes are still there:
 *     {@link GenericArguments}
 * @param session the {@code lsid} and what came with it, or null
 * @param readConcern what {@code readConcern} says; the wait for {@code afterClusterTime} is over
 * @param api the Stable API parameters
 * @param statements where results of retryable statements are kept, or null if this is not a retryable write
 * @param server the member that was asked
 * @param waiting how the command waits
 */
public record CommandRequest(
        String database,
        String name,
        Document command,
        @Nullable SessionRequest session,
        ReadConcern readConcern,
        ApiParameters api,
        @Nullable RetryableStatements statements,
        ServerContext server,
        Waiting waiting) {

    /**
     * Whether the command runs in, starts, commits or aborts a multi-document transaction ({@code autocommit: false}).
     */
    public boolean inTransaction() {
        return session != null && session.autocommit() != null;
    }

    /** The version of the member that was asked. */
    public ServerVersion version() {
        return server.version();
    }
}
