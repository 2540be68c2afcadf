package dev.rotor.testserver.session;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The sessions of a deployment. All members share them, as the members of a replica set do through
 * {@code config.transactions}: a retry at a new primary finds what the old one has recorded.
 */
public final class SessionCatalog {

    private final Clock clock;
    private final Map<SessionKey, SessionRecord> sessions = new ConcurrentHashMap<>();

    public SessionCatalog(Clock clock) {
        this.clock = clock;
    }

    /** The session of that key, made if it is new; it counts as used now. */
    public SessionRecord use(SessionKey key) {
        SessionRecord session = sessions.computeIfAbsent(key, each -> new SessionRecord(each, clock.instant()));
        session.touch(clock.instant());
        return session;
    }

    /** Forgets the session. The records of its retryable writes go as well, as after the time-out. */
    public void end(SessionKey key) {
        sessions.remove(key);
    }

    /** The keys of the sessions that fit. */
    public List<SessionKey> keys(Predicate<SessionKey> fits) {
        return sessions.keySet().stream().filter(fits).toList();
    }

    /** What {@code $listLocalSessions} shows: of one user, or of all if {@code user} is null. */
    public List<Document> describe(Predicate<SessionKey> fits) {
        List<Document> described = new ArrayList<>();
        for (SessionRecord each : sessions.values()) {
            if (fits.test(each.key())) {
                Document id = new Document("id", each.key().id())
                        .append("uid", new BinData(digest(each.key().user())));
                described.add(new Document("_id", id).append("lastUse", each.lastUse()));
            }
        }
        return described;
    }

    /** {@code lsid.uid}: the digest of the user's name. */
    private static byte[] digest(String user) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
