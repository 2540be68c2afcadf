package dev.rotor.testserver.cursor;

import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.storage.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * A cursor between two batches.
 *
 * @param id what clients know it by, never 0
 * @param namespace the namespace that a getMore must name
 * @param source its documents
 * @param member the member it was opened on
 * @param user whose it is
 * @param session the session it was opened in, or null
 * @param txnNumber the transaction it was opened in, or null
 * @param timeLimited whether the command that opened it had a time limit, which then holds for all of its batches
 */
public record OpenCursor(
        long id,
        Namespace namespace,
        CursorSource source,
        int member,
        String user,
        @Nullable SessionKey session,
        @Nullable Long txnNumber,
        boolean timeLimited) {}
