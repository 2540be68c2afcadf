package dev.rotor.driver.core.dns;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.topology.Randomness;
import dev.rotor.driver.spi.DnsResolver;
import dev.rotor.driver.spi.DnsResolver.SrvRecord;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks DNS for the seeds of a {@code mongodb+srv://} client, and goes on asking for as long as the deployment is
 * unknown or sharded. One question at a time; nothing blocks, and each answer leads to the next timer.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/polling-srv-records-for-mongos-discovery/polling-srv-records-for-mongos-discovery.md">Polling
 *     SRV Records for mongos Discovery</a>
 */
public final class SrvDiscovery {

    private static final Logger LOGGER = LoggerFactory.getLogger("dev.rotor.driver.topology");

    /** Records are not asked for more often, whatever their time to live. */
    static final Duration MIN_INTERVAL = Duration.ofSeconds(60);

    /** Hears what DNS says. */
    public interface Listener {

        /** The first answer, once. */
        void onSeeds(Seeds seeds);

        /**
         * There is no usable first answer yet; it is asked for again.
         *
         * @param cause why
         * @param definite whether DNS has answered, so that waiting for a moment would be in vain
         */
        void onNoSeeds(MongoException cause, boolean definite);

        /** A later answer: every host that there should be. */
        void onHosts(Collection<ServerAddress> hosts);

        /** Whether the deployment is unknown or sharded, so that its hosts are those of DNS. */
        boolean followsDns();

        /** The hosts that are part of the deployment now. */
        Collection<ServerAddress> hosts();
    }

    private final TopologySettings settings;
    private final DnsResolver resolver;
    private final EventLoop timers;
    private final Randomness random;
    private final Listener listener;
    private final String srvHost;
    private final String queryName;

    private volatile boolean closed;
    private volatile @Nullable Cancellable timer;

    /**
     * Asks nothing before {@link #start}.
     *
     * @param settings with an SRV host
     * @param resolver asks
     * @param timers where the next time is waited for
     * @param random chooses hosts when {@code srvMaxHosts} limits them
     * @param listener hears the answers
     */
    public SrvDiscovery(
            TopologySettings settings, DnsResolver resolver, EventLoop timers, Randomness random, Listener listener) {
        this.settings = settings;
        this.resolver = resolver;
        this.timers = timers;
        this.random = random;
        this.listener = listener;
        this.srvHost = Objects.requireNonNull(settings.srvHost(), "srvHost");
        this.queryName = SrvRules.queryName(settings.srvServiceName(), srvHost);
    }

    /** Asks for the first time; does not wait for the answer. */
    public void start() {
        CompletionStage<List<SrvRecord>> srv = ask(() -> resolver.srv(queryName));
        CompletionStage<List<String>> txt = ask(() -> resolver.txt(srvHost));
        srv.whenComplete((records, srvFailure) -> txt.whenComplete((texts, txtFailure) -> {
            if (closed) {
                return;
            }
            if (records == null) {
                noSeeds(unanswered("SRV records of " + queryName, srvFailure), false);
            } else if (texts == null) {
                noSeeds(unanswered("TXT record of " + srvHost, txtFailure), false);
            } else {
                seed(records, texts);
            }
        }));
    }

    /** Asks no more. */
    public void close() {
        closed = true;
        Cancellable armed = timer;
        if (armed != null) {
            armed.cancel();
        }
    }

    private void seed(List<SrvRecord> records, List<String> texts) {
        Seeds seeds;
        try {
            TxtOptions txt = TxtOptions.parse(srvHost, texts);
            for (String warning : txt.warnings()) {
                LOGGER.warn("TXT record of {}: {}", srvHost, warning);
            }
            seeds = Seeds.of(settings, records, txt, random);
            listener.onSeeds(seeds);
        } catch (MongoConfigurationException e) {
            noSeeds(e, true);
            return;
        } catch (Throwable e) {
            // A resolver of the application's own may answer with anything.
            noSeeds(unanswered("records of " + srvHost, e), false);
            return;
        }
        if (!seeds.loadBalanced()) {
            schedule(interval(records), this::rescan);
        }
    }

    private void noSeeds(MongoException cause, boolean definite) {
        LOGGER.warn("The hosts of {} are not known: {}", srvHost, cause.getMessage());
        tell(() -> listener.onNoSeeds(cause, definite));
        schedule(settings.heartbeatFrequency(), this::start);
    }

    /** What comes of telling is no reason not to ask again. */
    private void tell(Runnable listening) {
        try {
            listening.run();
        } catch (Throwable e) {
            LOGGER.error("What DNS says of {} could not be followed", srvHost, e);
        }
    }

    private void rescan() {
        if (!listener.followsDns()) {
            // It never will again: a deployment that has been found to be something else remains so.
            return;
        }
        ask(() -> resolver.srv(queryName)).whenComplete((records, failure) -> {
            if (!closed) {
                schedule(records == null ? failed(failure) : follow(records), this::rescan);
            }
        });
    }

    private Duration failed(@Nullable Throwable failure) {
        LOGGER.warn(
                "The hosts of {} stay as they are: {}",
                srvHost,
                unanswered("SRV records of " + queryName, failure).getMessage());
        return settings.heartbeatFrequency();
    }

    /** Passes the hosts on; returns when to ask again. */
    private Duration follow(List<SrvRecord> records) {
        List<String> refusals = new ArrayList<>();
        List<ServerAddress> hosts;
        try {
            hosts = Seeds.verified(srvHost, records, refusals);
        } catch (Throwable e) {
            return failed(e);
        }
        refusals.forEach(refusal -> LOGGER.warn("A host is left out: {}", refusal));
        if (hosts.isEmpty()) {
            LOGGER.warn("The hosts of {} stay as they are: no SRV record names one that may be used", srvHost);
            return settings.heartbeatFrequency();
        }
        tell(() -> {
            if (listener.followsDns()) {
                listener.onHosts(SrvRules.follow(listener.hosts(), hosts, settings.srvMaxHosts(), random));
            }
        });
        return interval(records);
    }

    private static Duration interval(List<SrvRecord> records) {
        Duration least = null;
        for (SrvRecord record : records) {
            Duration timeToLive = record.timeToLive();
            if (timeToLive != null && (least == null || timeToLive.compareTo(least) < 0)) {
                least = timeToLive;
            }
        }
        return least == null || least.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : least;
    }

    private void schedule(Duration after, Runnable what) {
        try {
            Cancellable armed = timers.schedule(
                    () -> {
                        if (!closed) {
                            what.run();
                        }
                    },
                    TimeUnit.NANOSECONDS.convert(after),
                    TimeUnit.NANOSECONDS);
            timer = armed;
            if (closed) {
                armed.cancel();
            }
        } catch (RejectedExecutionException e) {
            // The client is being closed.
            closed = true;
        }
    }

    /** A resolver that misbehaves has failed like one that says so. */
    private static <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            CompletionStage<T> given = question.get();
            if (given == null) {
                throw new IllegalStateException("the resolver returned null");
            }
            var unused = given.whenComplete((found, failure) -> {
                if (failure == null) {
                    answer.complete(found);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static MongoException unanswered(String what, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : StageFailures.unwrapped(failure);
        String why = cause == null
                ? "no answer"
                : cause.getMessage() == null || cause instanceof Error ? cause.toString() : cause.getMessage();
        return new MongoException("The " + what + " could not be looked up: " + why, cause);
    }
}
