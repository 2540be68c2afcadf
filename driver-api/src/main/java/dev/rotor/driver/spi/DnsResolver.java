package dev.rotor.driver.spi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the Domain Name System for the records behind a {@code mongodb+srv://} connection string. A client has one of
 * its own that asks through the JDK; {@code MongoClientSettings.Builder.dnsResolver} replaces it.
 *
 * <p>The methods return at once and may be called from any thread, event loops included, so they must not block. What
 * they return must complete at some time, on any thread: with a failure when nobody answers.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/initial-dns-seedlist-discovery/initial-dns-seedlist-discovery.md">Initial
 *     DNS Seedlist Discovery</a>
 */
public interface DnsResolver {

    /**
     * Looks the SRV records of a name up.
     *
     * @param name for example {@code _mongodb._tcp.cluster.example.com}
     * @return the records in the order of the answer; empty when the name does not exist or has none; fails when that
     *     cannot be found out
     */
    CompletionStage<List<SrvRecord>> srv(String name);

    /**
     * Looks the TXT records of a name up.
     *
     * @param name for example {@code cluster.example.com}
     * @return a text for each record, its character strings joined without anything between them; empty when the name
     *     does not exist or has none; fails when that cannot be found out
     */
    CompletionStage<List<String>> txt(String name);

    /**
     * One SRV record. Priority and weight are of no interest.
     *
     * @param target the host, with or without a dot at its end
     * @param port the port, 1 to 65535
     * @param timeToLive how long the record may be kept; {@code null} where that is not known
     */
    record SrvRecord(String target, int port, @Nullable Duration timeToLive) {

        public SrvRecord {
            Objects.requireNonNull(target, "target");
        }
    }
}
