package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.SessionKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Commands about sessions. */
final class SessionCommands {

    private static final int MAX_SESSIONS = 10_000;

    private SessionCommands() {}

    static Document start(Invocation invocation) {
        SessionKey key = new SessionKey(UUID.randomUUID(), invocation.user());
        invocation.cluster().sessions().use(key);
        return new Document("id", new Document("id", key.id())).append("timeoutMinutes", 30);
    }

    /** Sessions of other users, and such that are not there, are passed over. */
    static Document end(Invocation invocation) {
        for (SessionKey each : keys(invocation, "endSessions")) {
            invocation.cluster().engine().sessionEnded(each);
            invocation.cluster().sessions().end(each);
        }
        return new Document();
    }

    static Document refresh(Invocation invocation) {
        for (SessionKey each : keys(invocation, "refreshSessions")) {
            invocation.cluster().sessions().use(each);
        }
        return new Document();
    }

    /** Interrupts what the sessions run, and ends their transactions and cursors; none named means all of this user. */
    static Document kill(Invocation invocation) {
        List<SessionKey> keys = keys(invocation, "killSessions");
        if (keys.isEmpty()) {
            keys = invocation.cluster().sessions().keys(each -> each.user().equals(invocation.user()));
        }
        kill(invocation, keys);
        return new Document();
    }

    static Document killAll(Invocation invocation) {
        kill(invocation, invocation.cluster().sessions().keys(each -> true));
        return new Document();
    }

    private static void kill(Invocation invocation, List<SessionKey> keys) {
        invocation
                .process()
                .interruptIf(
                        each -> each != invocation && each.runsIn(keys),
                        new CommandError(ErrorCode.INTERRUPTED, "operation was interrupted"));
        for (SessionKey each : keys) {
            invocation.cluster().engine().sessionEnded(each);
        }
    }

    private static List<SessionKey> keys(Invocation invocation, String field) {
        if (!(invocation.command().get(field) instanceof Collection<?> given)) {
            throw Arguments.wrongType(field + "." + field, "array");
        }
        if (given.size() > MAX_SESSIONS) {
            throw new CommandError(ErrorCode.TOO_MANY_LOGICAL_SESSIONS, "too many sessions: " + given.size());
        }
        List<SessionKey> keys = new ArrayList<>();
        for (Object each : given) {
            if (!(each instanceof Document lsid) || !(lsid.get("id") instanceof UUID id)) {
                throw Arguments.wrongType(field + ".id", "binData (UUID)");
            }
            keys.add(new SessionKey(id, invocation.user()));
        }
        return keys;
    }
}
