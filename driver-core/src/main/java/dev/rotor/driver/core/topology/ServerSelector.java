package dev.rotor.driver.core.topology;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an operation needs of its server. Compared by identity where it can be: make one per collection view, not one
 * per operation.
 *
 * @param write whether the server must accept writes; the read preference is then ignored
 * @param readPreference which servers a read may go to
 * @param address exactly this server (pinned transactions, getMore), or {@code null}
 * @param primaryIfAnyIsOld whether the read preference counts only where all servers are 5.0 or newer, as for pipelines
 *     that write
 */
public record ServerSelector(
        boolean write, ReadPreference readPreference, @Nullable ServerAddress address, boolean primaryIfAnyIsOld) {

    /** What an operation needs that is no pipeline that writes. */
    public ServerSelector(boolean write, ReadPreference readPreference, @Nullable ServerAddress address) {
        this(write, readPreference, address, false);
    }

    /** Any server that accepts writes. */
    public static final ServerSelector WRITABLE = new ServerSelector(true, ReadPreference.PRIMARY, null);

    /** Reads with read preference primary. */
    public static final ServerSelector PRIMARY = new ServerSelector(false, ReadPreference.PRIMARY, null);

    /** Servers for an aggregation that ends in {@code $out} or {@code $merge}, which secondaries can do since 5.0. */
    public static ServerSelector forWritingPipelines(ReadPreference readPreference) {
        return readPreference.equals(ReadPreference.PRIMARY)
                ? WRITABLE
                : new ServerSelector(false, readPreference, null, true);
    }

    /** Servers for reads with this preference. */
    public static ServerSelector forReads(ReadPreference readPreference) {
        return readPreference.equals(ReadPreference.PRIMARY)
                ? PRIMARY
                : new ServerSelector(false, readPreference, null);
    }
}
