package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandEngine;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The cluster time: what the log has reached, or what clients have told of. */
public final class ClusterClock {

    /** {@code maxAcceptableLogicalClockDriftSecs}: one year. */
    private static final Duration MAX_DRIFT = Duration.ofDays(365);

    private final CommandEngine engine;
    private final Clock clock;
    private final AtomicReference<BsonTimestamp> heard = new AtomicReference<>(new BsonTimestamp(0));

    /** Above the log of the engine. */
    public ClusterClock(CommandEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    BsonTimestamp now() {
        BsonTimestamp logged = engine.lastOperationTime();
        BsonTimestamp gossiped = Objects.requireNonNull(heard.get());
        return logged.compareTo(gossiped) >= 0 ? logged : gossiped;
    }

    /** A client tells of a time: the clock never goes back, and does not follow into the far future. */
    void hear(BsonTimestamp time) {
        long limit = clock.instant().plus(MAX_DRIFT).getEpochSecond();
        if (Integer.toUnsignedLong(time.getTime()) > limit) {
            throw new CommandError(
                    ErrorCode.CLUSTER_TIME_FAILS_RATE_LIMITER,
                    "New cluster time, " + Integer.toUnsignedLong(time.getTime())
                            + ", is too far from this node's wall clock time");
        }
        heard.accumulateAndGet(time, (old, other) -> old.compareTo(other) >= 0 ? old : other);
    }

    /** {@code $clusterTime} of a reply. Without keys the signature is empty, as without authentication. */
    Document document() {
        return new Document("clusterTime", now())
                .append("signature", new Document("hash", new BinData(new byte[20])).append("keyId", 0L));
    }
}
