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
 */
public record ServerSelector(boolean write, ReadPreference readPreference, @Nullable ServerAddress address) {

    /** Any server that accepts writes. */
    public static final ServerSelector WRITABLE = new ServerSelector(true, ReadPreference.PRIMARY, null);

    /** Reads with read preference primary. */
    public static final ServerSelector PRIMARY = new ServerSelector(false, ReadPreference.PRIMARY, null);

    /** Servers for reads with this preference. */
    public static ServerSelector forReads(ReadPreference readPreference) {
        return readPreference.equals(ReadPreference.PRIMARY)
                ? PRIMARY
                : new ServerSelector(false, readPreference, null);
    }
}
