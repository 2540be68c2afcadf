package dev.rotor.benchmarks;

import java.time.Instant;
import org.bson.Document;
import org.bson.types.ObjectId;

/** What is sent, the same for every driver. */
public final class People {

    /** When she was seen. */
    public static final Instant SEEN = Instant.parse("2026-01-01T00:00:00Z");

    private People() {}

    /** A new command document; drivers may keep it for all operations, none writes to it. */
    static Document ping() {
        return new Document("ping", 1);
    }

    /** A document of ten fields with an {@code _id}, so that no driver has to add one. */
    static Document ada() {
        return ada(1, SEEN);
    }

    /**
     * The same ten fields, as one of many or for another codec.
     *
     * @param id stored as {@code _id}
     * @param seen the time {@link #SEEN}, of a class that the codec knows
     * @return a new document
     */
    public static Document ada(int id, Object seen) {
        return new Document("_id", id)
                .append("name", "Ada Lovelace")
                .append("email", "ada@example.org")
                .append("city", "London")
                .append("age", 36)
                .append("visits", 1_815_121_000_000L)
                .append("score", 0.875)
                .append("active", true)
                .append("seen", seen)
                .append("account", new ObjectId("65f1a2b3c4d5e6f708192a3b"));
    }
}
