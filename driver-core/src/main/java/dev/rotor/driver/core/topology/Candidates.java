package dev.rotor.driver.core.topology;

import org.jspecify.annotations.Nullable;

/** The servers among which one selector chooses, worked out once per snapshot of the topology. */
final class Candidates {

    static final Candidates NONE = new Candidates(new ServerHandle[0], null);

    private final ServerHandle[] servers;
    /** Why this selector can never be served, or null. */
    final @Nullable String impossible;

    private Candidates(ServerHandle[] servers, @Nullable String impossible) {
        this.servers = servers;
        this.impossible = impossible;
    }

    static Candidates of(ServerHandle[] servers) {
        return servers.length == 0 ? NONE : new Candidates(servers, null);
    }

    static Candidates impossible(String reason) {
        return new Candidates(NONE.servers, reason);
    }

    /** Two at random, and of these the one that has less to do. */
    @Nullable
    ServerHandle pick(Randomness random) {
        int count = servers.length;
        if (count < 2) {
            return count == 0 ? null : servers[0];
        }
        int first = random.below(count);
        int second = random.below(count - 1);
        if (second >= first) {
            second++;
        }
        ServerHandle one = servers[first];
        ServerHandle other = servers[second];
        return one.operationCount() <= other.operationCount() ? one : other;
    }
}
