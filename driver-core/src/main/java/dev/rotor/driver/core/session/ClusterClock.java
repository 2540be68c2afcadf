package dev.rotor.driver.core.session;

import dev.rotor.driver.core.wire.LittleEndian;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * The highest {@code $clusterTime} that the client has seen, kept as the bytes in which it came, to be sent along with
 * the next command. An atomic of its own: a reply that advances it touches nothing else.
 */
public final class ClusterClock {

    /** The element {@code $clusterTime: {…}}, finished, and its timestamp. */
    private static final class Time {
        final long timestamp;
        final byte[] element;

        Time(long timestamp, byte[] element) {
            this.timestamp = timestamp;
            this.element = element;
        }
    }

    private static final byte[] ELEMENT_HEAD = {0x03, '$', 'c', 'l', 'u', 's', 't', 'e', 'r', 'T', 'i', 'm', 'e', 0};
    private static final byte[] FIRST_FIELD = {0x11, 'c', 'l', 'u', 's', 't', 'e', 'r', 'T', 'i', 'm', 'e', 0};

    private final AtomicReference<@Nullable Time> highest = new AtomicReference<>();

    /** Creates a clock that has seen nothing. */
    public ClusterClock() {}

    /** The finished element to send along, or {@code null} when no server has sent one. */
    public byte @Nullable [] element() {
        Time time = highest.get();
        return time == null ? null : time.element;
    }

    /** The time as a document of its own, or {@code null} when none was seen. */
    public @Nullable BsonDocument document() {
        Time time = highest.get();
        return time == null
                ? null
                : new RawBsonDocument(Arrays.copyOfRange(time.element, ELEMENT_HEAD.length, time.element.length));
    }

    /** The finished element of whichever of the two is later, or {@code null} when neither has seen any. */
    public byte @Nullable [] elementOfLater(ClusterClock other) {
        Time mine = highest.get();
        Time theirs = other.highest.get();
        Time later = mine == null || (theirs != null && Long.compareUnsigned(theirs.timestamp, mine.timestamp) > 0)
                ? theirs
                : mine;
        return later == null ? null : later.element;
    }

    /**
     * Takes note of a {@code $clusterTime} that a user has brought from elsewhere.
     *
     * @throws IllegalArgumentException if it has no timestamp {@code clusterTime}
     */
    public void advance(BsonDocument clusterTime) {
        if (!(clusterTime.get("clusterTime") instanceof BsonTimestamp timestamp)) {
            throw new IllegalArgumentException("A cluster time has a timestamp \"clusterTime\"");
        }
        // In the order in which servers send it, whatever the order in which it was put together.
        BsonDocument ordered = new BsonDocument("clusterTime", timestamp);
        clusterTime.forEach(ordered::putIfAbsent);
        byte[] document = new RawBsonDocument(ordered, new BsonDocumentCodec())
                .getByteBuffer()
                .array();
        advance(Arrays.copyOf(document, LittleEndian.getInt(document, 0)), 0);
    }

    /**
     * Takes note of the {@code $clusterTime} document that starts at an offset of a reply that was checked already. A
     * document that does not start with the field {@code clusterTime} is passed over.
     */
    public void advance(byte[] frame, int offset) {
        int length = LittleEndian.getInt(frame, offset);
        int value = offset + 4 + FIRST_FIELD.length;
        if (length < 4 + FIRST_FIELD.length + 8 + 1) {
            return;
        }
        for (int i = 0; i < FIRST_FIELD.length; i++) {
            if (frame[offset + 4 + i] != FIRST_FIELD[i]) {
                return;
            }
        }
        long timestamp = LittleEndian.getLong(frame, value);
        Time seen = highest.get();
        if (seen != null && Long.compareUnsigned(timestamp, seen.timestamp) <= 0) {
            return;
        }
        byte[] element = new byte[ELEMENT_HEAD.length + length];
        System.arraycopy(ELEMENT_HEAD, 0, element, 0, ELEMENT_HEAD.length);
        System.arraycopy(frame, offset, element, ELEMENT_HEAD.length, length);
        Time time = new Time(timestamp, element);
        while (seen == null || Long.compareUnsigned(timestamp, seen.timestamp) > 0) {
            if (highest.compareAndSet(seen, time)) {
                return;
            }
            seen = highest.get();
        }
    }
}
