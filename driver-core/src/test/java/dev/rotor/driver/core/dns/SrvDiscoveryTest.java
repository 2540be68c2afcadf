package dev.rotor.driver.core.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.fake.FakeDns;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.spi.DnsResolver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DNS is asked again, whatever a resolver or a listener does. */
class SrvDiscoveryTest {

    private static final String HOST = "cluster.example.com";
    private static final String QUERY = "_mongodb._tcp." + HOST;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** What a faulty resolver may do instead of answering. */
    enum Fault {
        RETURNS_NULL("the resolver returned null"),
        THROWS("java.lang.InternalError: unable to create native thread"),
        FAILS("java.lang.InternalError: unable to create native thread"),
        RETURNS_A_STAGE_THAT_THROWS("nobody may depend on it"),
        ANSWERS_NULL("no answer");

        private final String words;

        Fault(String words) {
            this.words = words;
        }

        @SuppressWarnings("NullAway") // on purpose
        <T> CompletionStage<T> instead() {
            InternalError error = new InternalError("unable to create native thread");
            return switch (this) {
                case RETURNS_NULL -> null;
                case THROWS -> throw error;
                case FAILS -> CompletableFuture.failedFuture(error);
                case RETURNS_A_STAGE_THAT_THROWS ->
                    new CompletableFuture<>() {
                        @Override
                        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
                            throw new UnsupportedOperationException("nobody may depend on it");
                        }
                    };
                case ANSWERS_NULL -> CompletableFuture.completedFuture(null);
            };
        }
    }

    private final ManualLoop loop = new ManualLoop();
    private final FakeDns dns = new FakeDns();
    private int polls;
    private @Nullable Fault ofSrv;
    private @Nullable Fault ofTxt;

    private final DnsResolver resolver = new DnsResolver() {
        @Override
        public CompletionStage<List<SrvRecord>> srv(String name) {
            polls++;
            return ofSrv == null ? dns.srv(name) : ofSrv.instead();
        }

        @Override
        public CompletionStage<List<String>> txt(String name) {
            return ofTxt == null ? dns.txt(name) : ofTxt.instead();
        }
    };

    private final List<String> heard = new ArrayList<>();
    /** What the listener throws, one by one. */
    private final Queue<Throwable> throwing = new ArrayDeque<>();

    private Collection<ServerAddress> hosts = List.of();

    private final SrvDiscovery.Listener listener = new SrvDiscovery.Listener() {
        @Override
        public void onSeeds(Seeds seeds) {
            hear("seeds " + seeds.hosts());
            hosts = seeds.hosts();
        }

        @Override
        public void onNoSeeds(MongoException cause, boolean definite) {
            hear((definite ? "none: " : "not known: ") + cause.getMessage());
        }

        @Override
        public void onHosts(Collection<ServerAddress> changed) {
            hear("hosts " + changed);
            hosts = changed;
        }

        @Override
        public boolean followsDns() {
            return true;
        }

        @Override
        public Collection<ServerAddress> hosts() {
            return hosts;
        }
    };

    private final SrvDiscovery discovery =
            new SrvDiscovery(TopologySettings.builder().srvHost(HOST).build(), resolver, loop, bound -> 0, listener);

    private void hear(String what) {
        Throwable now = throwing.poll();
        if (now instanceof Error error) {
            throw error;
        } else if (now instanceof RuntimeException exception) {
            throw exception;
        }
        heard.add(what);
    }

    private void records(int port, @Nullable Duration timeToLive) {
        dns.remove(QUERY).srv(QUERY, port, "db.example.com.", timeToLive);
    }

    private void startWith(int port) {
        records(port, null);
        discovery.start();
        assertThat(heard).containsExactly("seeds [db.example.com:" + port + "]");
        heard.clear();
    }

    @AfterEach
    void assertNothingWasLostOnTheLoop() {
        assertThat(loop.failures()).isEmpty();
        discovery.close();
        assertThat(loop.armedTimers()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultyAnswerAtTheStartIsToldInWordsAndDnsIsAskedAgain(Fault fault) {
        ofSrv = fault;
        discovery.start();
        assertThat(heard)
                .containsExactly("not known: The SRV records of " + QUERY + " could not be looked up: " + fault.words);
        ofSrv = null;
        heard.clear();
        records(1, null);
        loop.advance(HEARTBEAT);
        assertThat(heard).containsExactly("seeds [db.example.com:1]");
    }

    @ParameterizedTest
    @EnumSource
    void aFaultyAnswerAboutOptionsIsToldInWordsAndDnsIsAskedAgain(Fault fault) {
        ofTxt = fault;
        records(1, null);
        discovery.start();
        assertThat(heard)
                .containsExactly("not known: The TXT record of " + HOST + " could not be looked up: " + fault.words);
        ofTxt = null;
        heard.clear();
        loop.advance(HEARTBEAT);
        assertThat(heard).containsExactly("seeds [db.example.com:1]");
    }

    @ParameterizedTest
    @EnumSource
    void afterAFaultyAnswerLaterTheHostsStayAndDnsIsAskedAgain(Fault fault) {
        startWith(1);
        ofSrv = fault;
        loop.advance(SrvDiscovery.MIN_INTERVAL);
        assertThat(polls).isEqualTo(2);
        assertThat(heard).isEmpty();
        ofSrv = null;
        records(2, null);
        loop.advance(HEARTBEAT);
        assertThat(polls).isEqualTo(3);
        assertThat(heard).containsExactly("hosts [db.example.com:2]");
    }

    @Test
    void aListenerThatThrowsAtTheStartHearsOfSeedsAgain() {
        records(1, null);
        throwing.add(new NoClassDefFoundError("acme/Listener"));
        discovery.start();
        assertThat(heard)
                .containsExactly("not known: The records of " + HOST
                        + " could not be looked up: java.lang.NoClassDefFoundError: acme/Listener");
        heard.clear();
        loop.advance(HEARTBEAT);
        assertThat(heard).containsExactly("seeds [db.example.com:1]");
    }

    @Test
    void aListenerThatThrowsWhenThereAreNoSeedsHearsOfThemLater() {
        throwing.add(new IllegalStateException("not now"));
        discovery.start();
        assertThat(heard).isEmpty();
        records(1, null);
        loop.advance(HEARTBEAT);
        assertThat(heard).containsExactly("seeds [db.example.com:1]");
    }

    @Test
    void aListenerThatThrowsLaterHearsOfHostsAgain() {
        startWith(1);
        records(2, null);
        throwing.add(new IllegalStateException("not now"));
        throwing.add(new NoClassDefFoundError("acme/Hosts"));
        loop.advance(SrvDiscovery.MIN_INTERVAL);
        assertThat(polls).isEqualTo(2);
        loop.advance(SrvDiscovery.MIN_INTERVAL);
        assertThat(polls).isEqualTo(3);
        assertThat(heard).isEmpty();
        loop.advance(SrvDiscovery.MIN_INTERVAL);
        assertThat(heard).containsExactly("hosts [db.example.com:2]");
    }

    @Test
    void recordsThatMayBeKeptForEverAreNoFault() {
        records(1, Duration.ofSeconds(Long.MAX_VALUE));
        discovery.start();
        assertThat(heard).containsExactly("seeds [db.example.com:1]");
        assertThat(loop.armedTimers()).isEqualTo(1);
    }
}
