package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;

/** Knows no command yet: holds the place until storage lands. */
final class UnfinishedEngine implements CommandEngine {

    private final Instant started;

    UnfinishedEngine(EngineSettings settings) {
        started = settings.clock().instant();
    }

    @Override
    public Document execute(CommandRequest request) {
        throw CommandError.commandNotFound(request.name());
    }

    @Override
    public boolean executes(String commandName) {
        return false;
    }

    @Override
    public BsonTimestamp lastOperationTime() {
        return new BsonTimestamp(started, 1);
    }

    @Override
    public Instant lastWriteDate() {
        return started;
    }

    @Override
    public void advanceTo(BsonTimestamp time) {
        // There is no log.
    }

    @Override
    public void primaryLeft() {
        // There are no transactions.
    }

    @Override
    public void memberStopped(int member) {
        // There are no cursors.
    }

    @Override
    public void sessionEnded(SessionKey session) {
        // There are no transactions.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
