package dev.rotor.driver.core.dns;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.topology.Randomness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What SRV records may say, and which of their hosts are used. Pure decisions: the caller asks the Domain Name System.
 * See "Querying DNS" of the Initial DNS Seedlist Discovery specification.
 */
public final class SrvRules {

    private SrvRules() {}

    /**
     * The name whose SRV records name the seeds.
     *
     * @param serviceName the service name of the topology settings
     * @param srvHost the host of the connection string
     * @return for example {@code _mongodb._tcp.cluster.example.com}
     */
    public static String queryName(String serviceName, String srvHost) {
        return "_" + serviceName + "._tcp." + srvHost;
    }

    /**
     * Why a host that a record names must not be connected to. Otherwise whoever answers DNS queries could send a
     * client, with its credentials, anywhere.
     *
     * @param srvHost the host of the connection string
     * @param returned the host that a record names; the dot at its end does not matter
     * @return what is wrong, or {@code null} when it is a host of the same domain
     */
    public static @Nullable String refusal(String srvHost, String returned) {
        String asked = normal(srvHost);
        String named = normal(returned);
        int askedParts = parts(asked);
        String domain = askedParts >= 3 ? asked.substring(asked.indexOf('.') + 1) : asked;
        if (askedParts < 3 && parts(named) <= askedParts) {
            return "SRV record of " + asked + " names " + named + ", which must have at least one more domain level";
        }
        if (!named.endsWith("." + domain)) {
            return "SRV record of " + asked + " names " + named + ", which is not in the domain " + domain;
        }
        return null;
    }

    /**
     * The hosts to use, by a Fisher-Yates shuffle that stops early.
     *
     * @param hosts of all records
     * @param srvMaxHosts how many to use; 0 for all
     * @param random where chance comes from
     * @return all hosts in their order when they are few enough, else that many in random order
     */
    public static List<ServerAddress> select(List<ServerAddress> hosts, int srvMaxHosts, Randomness random) {
        if (srvMaxHosts == 0 || srvMaxHosts >= hosts.size()) {
            return List.copyOf(hosts);
        }
        List<ServerAddress> shuffled = new ArrayList<>(hosts);
        for (int i = 0; i < srvMaxHosts; i++) {
            int j = i + random.below(shuffled.size() - i);
            ServerAddress chosen = shuffled.get(j);
            shuffled.set(j, shuffled.get(i));
            shuffled.set(i, chosen);
        }
        return List.copyOf(shuffled.subList(0, srvMaxHosts));
    }

    /**
     * The hosts to have after a later answer: those that are there stay, as far as they are still named, and new ones
     * are added by chance until there are enough.
     *
     * @param present the hosts that are part of the deployment
     * @param named the hosts of the records
     * @param srvMaxHosts how many to have; 0 for all
     * @param random where chance comes from
     */
    public static List<ServerAddress> follow(
            Collection<ServerAddress> present, List<ServerAddress> named, int srvMaxHosts, Randomness random) {
        if (srvMaxHosts == 0 || srvMaxHosts >= named.size()) {
            return List.copyOf(named);
        }
        List<ServerAddress> stay = new ArrayList<>();
        List<ServerAddress> come = new ArrayList<>();
        for (ServerAddress host : named) {
            (present.contains(host) ? stay : come).add(host);
        }
        if (stay.size() >= srvMaxHosts) {
            return List.copyOf(stay);
        }
        stay.addAll(select(come, srvMaxHosts - stay.size(), random));
        return List.copyOf(stay);
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static int parts(String host) {
        int parts = 1;
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) == '.') {
                parts++;
            }
        }
        return parts;
    }
}
