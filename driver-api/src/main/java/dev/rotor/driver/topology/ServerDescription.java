package dev.rotor.driver.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows about one server, from its latest hello reply or the latest failure. Immutable.
 *
 * <p>Two descriptions are equal when all that the Server Discovery and Monitoring specification counts for "Server
 * Description Equality" is equal: the round trip times, {@link #lastWriteDate}, {@link #lastUpdateTime} and the size
 * limits do not count, and errors are equal when class and message are.
 */
public final class ServerDescription {

    private final ServerAddress address;
    private final ServerType type;
    private final @Nullable MongoException error;
    private final @Nullable Duration roundTripTime;
    private final Duration minRoundTripTime;
    private final @Nullable Instant lastWriteDate;
    private final @Nullable ObjectId electionId;
    private final @Nullable Integer setVersion;
    private final @Nullable String setName;
    private final @Nullable ServerAddress me;
    private final @Nullable ServerAddress primary;
    private final Set<ServerAddress> hosts;
    private final Set<ServerAddress> passives;
    private final Set<ServerAddress> arbiters;
    private final TagSet tags;
    private final int minWireVersion;
    private final int maxWireVersion;
    private final @Nullable Integer logicalSessionTimeoutMinutes;
    private final @Nullable TopologyVersion topologyVersion;
    private final boolean iscryptd;
    private final int maxBsonObjectSize;
    private final int maxMessageSizeBytes;
    private final int maxWriteBatchSize;
    private final long lastUpdateTime;

    private ServerDescription(Builder builder) {
        this.address = builder.address;
        this.type = builder.type;
        this.error = builder.error;
        this.roundTripTime = builder.roundTripTime;
        this.minRoundTripTime = builder.minRoundTripTime;
        this.lastWriteDate = builder.lastWriteDate;
        this.electionId = builder.electionId;
        this.setVersion = builder.setVersion;
        this.setName = builder.setName;
        this.me = builder.me;
        this.primary = builder.primary;
        this.hosts = builder.hosts;
        this.passives = builder.passives;
        this.arbiters = builder.arbiters;
        this.tags = builder.tags;
        this.minWireVersion = builder.minWireVersion;
        this.maxWireVersion = builder.maxWireVersion;
        this.logicalSessionTimeoutMinutes = builder.logicalSessionTimeoutMinutes;
        this.topologyVersion = builder.topologyVersion;
        this.iscryptd = builder.iscryptd;
        this.maxBsonObjectSize = builder.maxBsonObjectSize;
        this.maxMessageSizeBytes = builder.maxMessageSizeBytes;
        this.maxWriteBatchSize = builder.maxWriteBatchSize;
        this.lastUpdateTime = builder.lastUpdateTime;
    }

    /**
     * The description of a server that has not been checked.
     *
     * @param address the server
     * @return its type is unknown and it has no error
     */
    public static ServerDescription unknown(ServerAddress address) {
        return builder(address).build();
    }

    /**
     * A builder that starts with the defaults: an unknown server.
     *
     * @param address the server
     * @return a new builder
     */
    public static Builder builder(ServerAddress address) {
        return new Builder(Objects.requireNonNull(address, "address"));
    }

    /**
     * A builder that starts with this description.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(address);
        builder.type = type;
        builder.error = error;
        builder.roundTripTime = roundTripTime;
        builder.minRoundTripTime = minRoundTripTime;
        builder.lastWriteDate = lastWriteDate;
        builder.electionId = electionId;
        builder.setVersion = setVersion;
        builder.setName = setName;
        builder.me = me;
        builder.primary = primary;
        builder.hosts = hosts;
        builder.passives = passives;
        builder.arbiters = arbiters;
        builder.tags = tags;
        builder.minWireVersion = minWireVersion;
        builder.maxWireVersion = maxWireVersion;
        builder.logicalSessionTimeoutMinutes = logicalSessionTimeoutMinutes;
        builder.topologyVersion = topologyVersion;
        builder.iscryptd = iscryptd;
        builder.maxBsonObjectSize = maxBsonObjectSize;
        builder.maxMessageSizeBytes = maxMessageSizeBytes;
        builder.maxWriteBatchSize = maxWriteBatchSize;
        builder.lastUpdateTime = lastUpdateTime;
        return builder;
    }

    /**
     * The address that the driver connects to.
     *
     * @return the address
     */
    public ServerAddress address() {
        return address;
    }

    /**
     * What the server was last seen to be.
     *
     * @return the type
     */
    public ServerType type() {
        return type;
    }

    /**
     * Why the server is unknown.
     *
     * @return the failure, or {@code null} if there was none
     */
    public @Nullable MongoException error() {
        return error;
    }

    /**
     * The moving average of how long a hello takes.
     *
     * @return {@code null} while the server is unknown
     */
    public @Nullable Duration roundTripTime() {
        return roundTripTime;
    }

    /**
     * The shortest of the last ten hellos; zero until two were measured.
     *
     * @return zero or more
     */
    public Duration minRoundTripTime() {
        return minRoundTripTime;
    }

    /**
     * When the server last wrote, by its own clock.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable Instant lastWriteDate() {
        return lastWriteDate;
    }

    /**
     * The election that made the server primary.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable ObjectId electionId() {
        return electionId;
    }

    /**
     * The version of the replica set's configuration.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable Integer setVersion() {
        return setVersion;
    }

    /**
     * The replica set's name.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable String setName() {
        return setName;
    }

    /**
     * The address by which the replica set knows the server.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable ServerAddress me() {
        return me;
    }

    /**
     * Who the server thinks is primary.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable ServerAddress primary() {
        return primary;
    }

    /**
     * The replica set's members that can become primary, as the server sees it.
     *
     * @return unmodifiable, empty if the server did not say
     */
    public Set<ServerAddress> hosts() {
        return hosts;
    }

    /**
     * The replica set's members that cannot become primary, as the server sees it.
     *
     * @return unmodifiable, empty if the server did not say
     */
    public Set<ServerAddress> passives() {
        return passives;
    }

    /**
     * The replica set's arbiters, as the server sees it.
     *
     * @return unmodifiable, empty if the server did not say
     */
    public Set<ServerAddress> arbiters() {
        return arbiters;
    }

    /**
     * The member's tags.
     *
     * @return empty if it has none
     */
    public TagSet tags() {
        return tags;
    }

    /**
     * The oldest wire version that the server speaks; for compatibility only.
     *
     * @return 0 if the server did not say
     */
    public int minWireVersion() {
        return minWireVersion;
    }

    /**
     * The newest wire version that the server speaks; for compatibility only.
     *
     * @return 0 if the server did not say
     */
    public int maxWireVersion() {
        return maxWireVersion;
    }

    /**
     * How many minutes the server keeps an unused session.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable Integer logicalSessionTimeoutMinutes() {
        return logicalSessionTimeoutMinutes;
    }

    /**
     * How fresh this description is.
     *
     * @return {@code null} if the server did not say
     */
    public @Nullable TopologyVersion topologyVersion() {
        return topologyVersion;
    }

    /**
     * Whether the server is a mongocryptd.
     *
     * @return {@code false} for every other server
     */
    public boolean iscryptd() {
        return iscryptd;
    }

    /**
     * How many bytes one document may have, as the server says.
     *
     * @return 0 if the server did not say
     */
    public int maxBsonObjectSize() {
        return maxBsonObjectSize;
    }

    /**
     * How many bytes one message may have, as the server says.
     *
     * @return 0 if the server did not say
     */
    public int maxMessageSizeBytes() {
        return maxMessageSizeBytes;
    }

    /**
     * How many writes one command may have, as the server says.
     *
     * @return 0 if the server did not say
     */
    public int maxWriteBatchSize() {
        return maxWriteBatchSize;
    }

    /**
     * When this description was made, in nanoseconds of a monotonic clock with an arbitrary origin.
     *
     * @return nanoseconds; only differences between descriptions mean anything
     */
    public long lastUpdateTime() {
        return lastUpdateTime;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof ServerDescription that
                && address.equals(that.address)
                && type == that.type
                && sameError(error, that.error)
                && Objects.equals(electionId, that.electionId)
                && Objects.equals(setVersion, that.setVersion)
                && Objects.equals(setName, that.setName)
                && Objects.equals(me, that.me)
                && Objects.equals(primary, that.primary)
                && Objects.equals(hosts, that.hosts)
                && Objects.equals(passives, that.passives)
                && Objects.equals(arbiters, that.arbiters)
                && Objects.equals(tags, that.tags)
                && minWireVersion == that.minWireVersion
                && maxWireVersion == that.maxWireVersion
                && Objects.equals(logicalSessionTimeoutMinutes, that.logicalSessionTimeoutMinutes)
                && Objects.equals(topologyVersion, that.topologyVersion)
                && iscryptd == that.iscryptd;
    }

    private static boolean sameError(@Nullable MongoException a, @Nullable MongoException b) {
        if (a == null || b == null) {
            return a == b;
        }
        return a.getClass() == b.getClass() && Objects.equals(a.getMessage(), b.getMessage());
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, type, setName, setVersion, electionId, primary, topologyVersion);
    }

    /** The address, the type and, where there is one, the error; for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(80)
                .append('{')
                .append(address)
                .append(", type ")
                .append(type);
        Duration rtt = roundTripTime;
        if (rtt != null) {
            text.append(", round trip ").append(rtt.toNanos() / 1e6).append(" ms");
        }
        if (setName != null) {
            text.append(", set ").append(setName);
        }
        if (!tags.tags().isEmpty()) {
            text.append(", tags ").append(tags.tags());
        }
        MongoException failure = error;
        if (failure != null) {
            text.append(", error: ").append(failure.getMessage());
        }
        return text.append('}').toString();
    }

    /** Collects what is known about a server. Not for use by several threads at once. */
    public static final class Builder {
        private final ServerAddress address;
        private ServerType type = ServerType.UNKNOWN;
        private @Nullable MongoException error;
        private @Nullable Duration roundTripTime;
        private Duration minRoundTripTime = Duration.ZERO;
        private @Nullable Instant lastWriteDate;
        private @Nullable ObjectId electionId;
        private @Nullable Integer setVersion;
        private @Nullable String setName;
        private @Nullable ServerAddress me;
        private @Nullable ServerAddress primary;
        private Set<ServerAddress> hosts = Set.of();
        private Set<ServerAddress> passives = Set.of();
        private Set<ServerAddress> arbiters = Set.of();
        private TagSet tags = TagSet.EMPTY;
        private int minWireVersion;
        private int maxWireVersion;
        private @Nullable Integer logicalSessionTimeoutMinutes;
        private @Nullable TopologyVersion topologyVersion;
        private boolean iscryptd;
        private int maxBsonObjectSize;
        private int maxMessageSizeBytes;
        private int maxWriteBatchSize;
        private long lastUpdateTime;

        private Builder(ServerAddress address) {
            this.address = address;
        }

        /**
         * Sets what the server was last seen to be.
         *
         * @param type the value
         * @return this
         */
        public Builder type(ServerType type) {
            this.type = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Sets why the server is unknown.
         *
         * @param error the value, or {@code null}
         * @return this
         */
        public Builder error(@Nullable MongoException error) {
            this.error = error;
            return this;
        }

        /**
         * Sets the moving average of how long a hello takes.
         *
         * @param roundTripTime the value, or {@code null}
         * @return this
         */
        public Builder roundTripTime(@Nullable Duration roundTripTime) {
            this.roundTripTime = roundTripTime;
            return this;
        }

        /**
         * Sets the shortest of the last ten hellos; zero until two were measured.
         *
         * @param minRoundTripTime the value
         * @return this
         */
        public Builder minRoundTripTime(Duration minRoundTripTime) {
            this.minRoundTripTime = Objects.requireNonNull(minRoundTripTime, "minRoundTripTime");
            return this;
        }

        /**
         * Sets when the server last wrote, by its own clock.
         *
         * @param lastWriteDate the value, or {@code null}
         * @return this
         */
        public Builder lastWriteDate(@Nullable Instant lastWriteDate) {
            this.lastWriteDate = lastWriteDate;
            return this;
        }

        /**
         * Sets the election that made the server primary.
         *
         * @param electionId the value, or {@code null}
         * @return this
         */
        public Builder electionId(@Nullable ObjectId electionId) {
            this.electionId = electionId;
            return this;
        }

        /**
         * Sets the version of the replica set's configuration.
         *
         * @param setVersion the value, or {@code null}
         * @return this
         */
        public Builder setVersion(@Nullable Integer setVersion) {
            this.setVersion = setVersion;
            return this;
        }

        /**
         * Sets the replica set's name.
         *
         * @param setName the value, or {@code null}
         * @return this
         */
        public Builder setName(@Nullable String setName) {
            this.setName = setName;
            return this;
        }

        /**
         * Sets the address by which the replica set knows the server.
         *
         * @param me the value, or {@code null}
         * @return this
         */
        public Builder me(@Nullable ServerAddress me) {
            this.me = me;
            return this;
        }

        /**
         * Sets who the server thinks is primary.
         *
         * @param primary the value, or {@code null}
         * @return this
         */
        public Builder primary(@Nullable ServerAddress primary) {
            this.primary = primary;
            return this;
        }

        /**
         * Sets the replica set's members that can become primary, as the server sees it.
         *
         * @param hosts the value
         * @return this
         */
        public Builder hosts(Set<ServerAddress> hosts) {
            this.hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
            return this;
        }

        /**
         * Sets the replica set's members that cannot become primary, as the server sees it.
         *
         * @param passives the value
         * @return this
         */
        public Builder passives(Set<ServerAddress> passives) {
            this.passives = Collections.unmodifiableSet(new LinkedHashSet<>(passives));
            return this;
        }

        /**
         * Sets the replica set's arbiters, as the server sees it.
         *
         * @param arbiters the value
         * @return this
         */
        public Builder arbiters(Set<ServerAddress> arbiters) {
            this.arbiters = Collections.unmodifiableSet(new LinkedHashSet<>(arbiters));
            return this;
        }

        /**
         * Sets the member's tags.
         *
         * @param tags the value
         * @return this
         */
        public Builder tags(TagSet tags) {
            this.tags = Objects.requireNonNull(tags, "tags");
            return this;
        }

        /**
         * Sets the oldest wire version that the server speaks; for compatibility only.
         *
         * @param minWireVersion the value
         * @return this
         */
        public Builder minWireVersion(int minWireVersion) {
            this.minWireVersion = minWireVersion;
            return this;
        }

        /**
         * Sets the newest wire version that the server speaks; for compatibility only.
         *
         * @param maxWireVersion the value
         * @return this
         */
        public Builder maxWireVersion(int maxWireVersion) {
            this.maxWireVersion = maxWireVersion;
            return this;
        }

        /**
         * Sets how many minutes the server keeps an unused session.
         *
         * @param logicalSessionTimeoutMinutes the value, or {@code null}
         * @return this
         */
        public Builder logicalSessionTimeoutMinutes(@Nullable Integer logicalSessionTimeoutMinutes) {
            this.logicalSessionTimeoutMinutes = logicalSessionTimeoutMinutes;
            return this;
        }

        /**
         * Sets how fresh this description is.
         *
         * @param topologyVersion the value, or {@code null}
         * @return this
         */
        public Builder topologyVersion(@Nullable TopologyVersion topologyVersion) {
            this.topologyVersion = topologyVersion;
            return this;
        }

        /**
         * Sets how many bytes one document may have.
         *
         * @param maxBsonObjectSize the value, or 0
         * @return this
         */
        public Builder maxBsonObjectSize(int maxBsonObjectSize) {
            this.maxBsonObjectSize = maxBsonObjectSize;
            return this;
        }

        /**
         * Sets how many bytes one message may have.
         *
         * @param maxMessageSizeBytes the value, or 0
         * @return this
         */
        public Builder maxMessageSizeBytes(int maxMessageSizeBytes) {
            this.maxMessageSizeBytes = maxMessageSizeBytes;
            return this;
        }

        /**
         * Sets how many writes one command may have.
         *
         * @param maxWriteBatchSize the value, or 0
         * @return this
         */
        public Builder maxWriteBatchSize(int maxWriteBatchSize) {
            this.maxWriteBatchSize = maxWriteBatchSize;
            return this;
        }

        /**
         * Sets whether the server is a mongocryptd.
         *
         * @param iscryptd the value
         * @return this
         */
        public Builder iscryptd(boolean iscryptd) {
            this.iscryptd = iscryptd;
            return this;
        }

        /**
         * Sets when this description was made, in nanoseconds of a monotonic clock with an arbitrary origin.
         *
         * @param lastUpdateTime the value
         * @return this
         */
        public Builder lastUpdateTime(long lastUpdateTime) {
            this.lastUpdateTime = lastUpdateTime;
            return this;
        }

        /**
         * The description.
         *
         * @return an immutable value
         */
        public ServerDescription build() {
            return new ServerDescription(this);
        }
    }
}
