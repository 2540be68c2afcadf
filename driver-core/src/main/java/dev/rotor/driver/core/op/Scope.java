package dev.rotor.driver.core.op;

import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.topology.ServerSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What one view of a client, database or collection has fixed for its operations. Made once per view, so that the
 * elements that are the same in each of its commands are encoded once.
 */
public final class Scope {

    private final String database;
    private final ReadPreference readPreference;
    private final ReadConcern readConcern;
    private final WriteConcern writeConcern;
    private final CodecRegistry codecRegistry;
    private final @Nullable Duration timeout;
    /**
     * Of what the view comes from, the client or a database: there a limit of the view's own that is taken back ends.
     */
    private final @Nullable Duration usualTimeout;
    /**
     * Whether the timeout was set on a view that was bound to the session already, for its operations in this session.
     */
    private final boolean ownTimeout;

    private final @Nullable BoundSession session;
    private final @Nullable Boolean rawData;

    private final ServerSelector readSelector;
    private final long timeoutNanos;
    private final byte[] databaseElement;
    private final byte @Nullable [] readPreferenceElement;
    private final byte @Nullable [] readConcernElement;
    private final byte @Nullable [] writeConcernElement;

    /** Makes the scope of a view that is bound to no session. */
    public Scope(
            String database,
            ReadPreference readPreference,
            ReadConcern readConcern,
            WriteConcern writeConcern,
            CodecRegistry codecRegistry,
            @Nullable Duration timeout) {
        this(database, readPreference, readConcern, writeConcern, codecRegistry, timeout, timeout, false, null, null);
    }

    private Scope(
            String database,
            ReadPreference readPreference,
            ReadConcern readConcern,
            WriteConcern writeConcern,
            CodecRegistry codecRegistry,
            @Nullable Duration timeout,
            @Nullable Duration usualTimeout,
            boolean ownTimeout,
            @Nullable BoundSession session,
            @Nullable Boolean rawData) {
        this.database = database;
        this.readPreference = readPreference;
        this.readConcern = readConcern;
        this.writeConcern = writeConcern;
        this.codecRegistry = codecRegistry;
        this.timeout = timeout;
        this.usualTimeout = usualTimeout;
        this.ownTimeout = ownTimeout;
        this.session = session;
        this.rawData = rawData;
        this.readSelector = ServerSelector.forReads(readPreference);
        this.timeoutNanos = timeout == null ? 0 : timeout.toNanos();
        BsonDocument concern = document(writeConcern, timeout == null);
        this.databaseElement = Elements.encode("$db", new BsonString(database));
        this.readPreferenceElement = readPreference.mode() == ReadPreference.Mode.PRIMARY
                ? null
                : Elements.encode("$readPreference", document(readPreference));
        this.readConcernElement = readConcern.isServerDefault()
                ? null
                : Elements.encode(
                        "readConcern",
                        new BsonDocument("level", new BsonString(Objects.requireNonNull(readConcern.level()))));
        this.writeConcernElement = concern.isEmpty() ? null : Elements.encode("writeConcern", concern);
    }

    /** The document of the command field {@code $readPreference}. */
    static BsonDocument document(ReadPreference readPreference) {
        BsonDocument document =
                new BsonDocument("mode", new BsonString(readPreference.mode().wireName()));
        if (!readPreference.tagSets().isEmpty()) {
            BsonArray tags = new BsonArray();
            for (TagSet tagSet : readPreference.tagSets()) {
                BsonDocument one = new BsonDocument();
                for (Map.Entry<String, String> tag : tagSet.tags().entrySet()) {
                    one.append(tag.getKey(), new BsonString(tag.getValue()));
                }
                tags.add(one);
            }
            document.append("tags", tags);
        }
        Duration maxStaleness = readPreference.maxStaleness();
        if (maxStaleness != null) {
            document.append("maxStalenessSeconds", new BsonInt64(maxStaleness.toSeconds()));
        }
        return document;
    }

    /** The document of the command field {@code writeConcern}. */
    static BsonDocument document(WriteConcern writeConcern) {
        return document(writeConcern, true);
    }

    /** The same, without {@code wtimeout} where {@code timeoutMS} replaces that. */
    static BsonDocument document(WriteConcern writeConcern, boolean withTimeout) {
        BsonDocument document = new BsonDocument();
        Object w = writeConcern.w();
        if (w instanceof Integer members) {
            document.append("w", new BsonInt32(members));
        } else if (w instanceof String name) {
            document.append("w", new BsonString(name));
        }
        Boolean journal = writeConcern.journal();
        if (journal != null) {
            document.append("j", BsonBoolean.valueOf(journal));
        }
        Duration wTimeout = writeConcern.wTimeout();
        if (wTimeout != null && withTimeout) {
            document.append("wtimeout", new BsonInt64(Fields.millis(wTimeout)));
        }
        return document;
    }

    /** The same view of another database. */
    public Scope withDatabase(String database) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                ownTimeout,
                session,
                rawData);
    }

    /** The same view with another read preference. */
    public Scope withReadPreference(ReadPreference readPreference) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                ownTimeout,
                session,
                rawData);
    }

    /** The same view with another read concern. */
    public Scope withReadConcern(ReadConcern readConcern) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                ownTimeout,
                session,
                rawData);
    }

    /** The same view with another write concern. */
    public Scope withWriteConcern(WriteConcern writeConcern) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                ownTimeout,
                session,
                rawData);
    }

    /** The same view with another codec registry. */
    public Scope withCodecRegistry(CodecRegistry codecRegistry) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                ownTimeout,
                session,
                rawData);
    }

    /** The same view with another operation timeout; {@code null} for that of what the view comes from. */
    public Scope withTimeout(@Nullable Duration timeout) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout == null ? usualTimeout : timeout,
                usualTimeout,
                session != null && timeout != null,
                session,
                rawData);
    }

    /** What views that come from this one start with: its timeout is the one to which theirs return. */
    public Scope inherited() {
        if (Objects.equals(timeout, usualTimeout)) {
            return this;
        }
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                timeout,
                ownTimeout,
                session,
                rawData);
    }

    /** The same view bound to a session, or to none. */
    public Scope withSession(@Nullable BoundSession session) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                false,
                session,
                rawData);
    }

    /** The same view that says whether documents are seen as they are stored. */
    public Scope withRawData(@Nullable Boolean rawData) {
        return new Scope(
                database,
                readPreference,
                readConcern,
                writeConcern,
                codecRegistry,
                timeout,
                usualTimeout,
                ownTimeout,
                session,
                rawData);
    }

    public String database() {
        return database;
    }

    public ReadPreference readPreference() {
        return readPreference;
    }

    public ReadConcern readConcern() {
        return readConcern;
    }

    public WriteConcern writeConcern() {
        return writeConcern;
    }

    public CodecRegistry codecRegistry() {
        return codecRegistry;
    }

    public @Nullable Duration timeout() {
        return timeout;
    }

    /** The explicit session, or {@code null}. */
    public @Nullable BoundSession session() {
        return session;
    }

    /** Whether documents are seen as they are stored, or {@code null} to leave it to the server. */
    @Nullable
    Boolean rawData() {
        return rawData;
    }

    ServerSelector readSelector() {
        return readSelector;
    }

    /** Whether {@code timeoutMS} is set, be it to "no limit": then the options that it replaces are passed over. */
    boolean hasTimeout() {
        return timeout != null || (session != null && session.isLimited());
    }

    /** Whether the timeout is meant for operations in this very session, and not only for all of a collection's. */
    boolean overridesTimeout() {
        return ownTimeout;
    }

    /** Whether writes are acknowledged; those in a session always are. */
    public boolean isAcknowledged() {
        return session != null || writeConcern.isAcknowledged();
    }

    /** Another write concern as the finished element {@code writeConcern}; {@code null} for the server's default. */
    byte @Nullable [] encoded(WriteConcern other) {
        BsonDocument concern = document(other, !hasTimeout());
        return concern.isEmpty() ? null : Elements.encode("writeConcern", concern);
    }

    /** {@code timeoutMS} in nanoseconds, 0 for none. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    byte[] databaseElement() {
        return databaseElement;
    }

    /** {@code $readPreference}, or {@code null} for primary. */
    byte @Nullable [] readPreferenceElement() {
        return readPreferenceElement;
    }

    /** {@code readConcern}, or {@code null} for the server's default. */
    byte @Nullable [] readConcernElement() {
        return readConcernElement;
    }

    /** {@code writeConcern}, or {@code null} for the server's default. */
    byte @Nullable [] writeConcernElement() {
        return writeConcernElement;
    }
}
