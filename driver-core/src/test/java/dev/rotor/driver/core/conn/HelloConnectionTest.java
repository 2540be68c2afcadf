package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeWire;
import dev.rotor.driver.topology.TopologyVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class HelloConnectionTest implements MonitorConnection.Listener {

    private static final TopologyVersion VERSION = new TopologyVersion(new ObjectId(), 6);
    private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();

    private final Rig rig = new Rig();
    private final List<String> log = new ArrayList<>();
    private final List<MongoException> failures = new ArrayList<>();
    private final List<Long> roundTrips = new ArrayList<>();

    private HelloConnection make() {
        return new HelloConnection(rig.config(), rig.transport.loop());
    }

    private HelloConnection open(String reply) {
        HelloConnection hello = make();
        hello.open(TEN_SECONDS, this);
        rig.connect();
        rig.reply(reply);
        rig.transport.loop().run();
        return hello;
    }

    private FakeWire wire() {
        return rig.wire();
    }

    @Override
    public void onHello(BsonDocument reply, boolean moreToCome, long roundTripNanos) {
        log.add(moreToCome ? "more" : "hello");
        roundTrips.add(roundTripNanos);
    }

    @Override
    public void onFailure(MongoException failure) {
        log.add("failure");
        failures.add(failure);
    }

    @Test
    void openingSaysHelloWithMetadataAndWithoutAuthentication() {
        rig.authenticator = () -> {
            throw new AssertionError("monitors are not authenticated");
        };
        HelloConnection hello = make();
        hello.open(TEN_SECONDS, this);
        rig.transport.loop().advance(Duration.ofSeconds(2));
        rig.connect();
        rig.transport.loop().advance(Duration.ofMillis(3));
        BsonDocument first = wire().lastSent().body();
        assertThat(first).containsKey("client").doesNotContainKeys("saslSupportedMechs", "speculativeAuthenticate");
        rig.reply(Rig.HELLO_REPLY);
        assertThat(log).containsExactly("hello");
        // Measured from the request, not from the start of connecting.
        assertThat(roundTrips).containsExactly(3_000_000L);
    }

    @Test
    void aServerThatKnowsHelloIsAskedByThatNameWithoutHandshakeArguments() {
        HelloConnection hello = open(Rig.HELLO_REPLY);
        hello.hello(TEN_SECONDS, this);
        assertThat(wire().lastSent().body()).isEqualTo(BsonDocument.parse("{hello: 1, $db: 'admin'}"));
        rig.transport.loop().advance(Duration.ofMillis(7));
        rig.reply("{ok: 1}");
        assertThat(log).containsExactly("hello", "hello");
        assertThat(roundTrips.get(1)).isEqualTo(7_000_000L);
    }

    @Test
    void aServerThatDoesNotKnowHelloIsAskedByTheLegacyName() {
        HelloConnection hello = open("{ok: 1, maxWireVersion: 8}");
        hello.hello(TEN_SECONDS, this);
        assertThat(wire().lastSent().body())
                .isEqualTo(BsonDocument.parse("{isMaster: 1, helloOk: true, $db: 'admin'}"));
    }

    @Test
    void theStableApiIsDeclaredInEveryHello() {
        rig.serverApi = ServerApi.V1;
        HelloConnection hello = open("{ok: 1, maxWireVersion: 21}");
        hello.hello(TEN_SECONDS, this);
        assertThat(wire().lastSent().body()).isEqualTo(BsonDocument.parse("{hello: 1, $db: 'admin', apiVersion: '1'}"));
    }

    @Test
    void anAwaitedHelloHearsEachReplyUntilTheLast() {
        HelloConnection hello = open(Rig.HELLO_REPLY);
        hello.awaitHello(VERSION, 10_000, TEN_SECONDS, this);
        FakeMessage sent = wire().lastSent();
        assertThat(sent.flags()).isEqualTo(1 << 16);
        assertThat(sent.body())
                .isEqualTo(BsonDocument.parse("{hello: 1, topologyVersion: {processId: {$oid: '" + VERSION.processId()
                        + "'}, counter: {$numberLong: '6'}}, maxAwaitTimeMS: {$numberLong: '10000'}, $db: 'admin'}"));
        BsonDocument body = BsonDocument.parse("{ok: 1}");
        wire().deliver(FakeMessage.opMsg(sent.requestId(), FakeMessage.MORE_TO_COME, body));
        wire().deliver(FakeMessage.opMsg(77, FakeMessage.MORE_TO_COME, body));
        wire().deliver(FakeMessage.opMsg(77, 0, body));
        assertThat(log).containsExactly("hello", "more", "more", "hello");
        hello.hello(TEN_SECONDS, this);
        rig.reply("{ok: 1}");
        assertThat(log).hasSize(5);
    }

    @Test
    void eachAwaitedReplyHasTheWholeTimeout() {
        HelloConnection hello = open(Rig.HELLO_REPLY);
        hello.awaitHello(VERSION, 10_000, TEN_SECONDS, this);
        BsonDocument body = BsonDocument.parse("{ok: 1}");
        int responseTo = wire().lastSent().requestId();
        for (int i = 0; i < 5; i++) {
            rig.transport.loop().advance(Duration.ofSeconds(9));
            wire().deliver(FakeMessage.opMsg(responseTo, FakeMessage.MORE_TO_COME, body));
            responseTo = 77;
        }
        assertThat(log).hasSize(6).doesNotContain("failure");
        rig.transport.loop().advance(Duration.ofSeconds(10));
        assertThat(log).endsWith("failure");
        assertThat(((MongoConnectionException) failures.get(0)).isTimeout()).isTrue();
        assertThat(wire().isClosed()).isTrue();
    }

    @Test
    void aRefusedHelloIsACommandFailure() {
        open("{ok: 0, code: 13, errmsg: 'no'}");
        assertThat(log).containsExactly("failure");
        assertThat(failures.get(0)).isInstanceOf(MongoCommandException.class);
        log.clear();
        failures.clear();
        Rig other = new Rig();
        HelloConnection later = new HelloConnection(other.config(), other.transport.loop());
        later.open(TEN_SECONDS, this);
        other.connect();
        other.reply(Rig.HELLO_REPLY);
        later.hello(TEN_SECONDS, this);
        other.reply("{ok: 0, code: 91, errmsg: 'bye'}");
        assertThat(log).containsExactly("hello", "failure");
        assertThat(failures.get(0).code()).isEqualTo(91);
    }

    @Test
    void aBrokenReplyIsAProtocolFailureOnce() {
        HelloConnection hello = open(Rig.HELLO_REPLY);
        hello.hello(TEN_SECONDS, this);
        // The frame of the nested document is right, its contents are not.
        byte[] reply = FakeMessage.reply(wire().lastSent(), "{ok: 1, x: {a: 1}}");
        reply[reply.length - 9] = 0x55;
        wire().deliver(reply);
        assertThat(log).containsExactly("hello", "failure");
        assertThat(failures.get(0)).isInstanceOf(MongoProtocolException.class);
        assertThat(wire().isClosed()).isTrue();
    }

    @Test
    void aServerThatGoesAwayIsAFailureOnce() {
        HelloConnection hello = open(Rig.HELLO_REPLY);
        hello.hello(TEN_SECONDS, this);
        wire().endOfStream();
        assertThat(log).containsExactly("hello", "failure");
    }

    @Test
    void afterCloseNobodyIsCalled() {
        HelloConnection opening = make();
        opening.open(TEN_SECONDS, this);
        opening.close();
        opening.close();
        rig.transport.loop().run();
        assertThat(rig.transport.lastAttempt().isCancelled()).isTrue();
        HelloConnection waiting = open(Rig.HELLO_REPLY);
        log.clear();
        waiting.awaitHello(VERSION, 10_000, TEN_SECONDS, this);
        waiting.close();
        rig.reply("{ok: 1}");
        rig.transport.loop().advance(Duration.ofMinutes(1));
        assertThat(log).isEmpty();
        assertThat(rig.transport.loop().armedTimers()).isZero();
    }

    @Test
    void closingWhileAReplyIsHeardEndsTheStream() {
        HelloConnection hello = open(Rig.HELLO_REPLY);
        log.clear();
        hello.awaitHello(VERSION, 10_000, TEN_SECONDS, new MonitorConnection.Listener() {
            @Override
            public void onHello(BsonDocument reply, boolean moreToCome, long roundTripNanos) {
                log.add("first");
                hello.close();
            }

            @Override
            public void onFailure(MongoException failure) {
                log.add("failure");
            }
        });
        wire().deliver(FakeMessage.opMsg(
                wire().lastSent().requestId(), FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1}")));
        rig.transport.loop().run();
        assertThat(log).containsExactly("first");
    }
}
