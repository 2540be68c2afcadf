package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ProxySettings;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeWire;
import dev.rotor.driver.core.net.Socks5Proxy;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private static final String[] OVERLOAD = {MongoException.SYSTEM_OVERLOADED_ERROR, MongoException.RETRYABLE_ERROR};

    private final Rig rig = new Rig();

    private FakeMessage hello() {
        rig.startOpening();
        return rig.connect().lastSent();
    }

    private void replyToHello(String json) {
        hello();
        rig.reply(json);
        rig.transport.loop().run();
    }

    // ---- what is said first

    @Test
    void theFirstMessageIsLegacyHelloInOpMsgThatAsksForTheModernName() {
        FakeMessage hello = hello();
        assertThat(hello.opCode()).isEqualTo(FakeMessage.OP_MSG);
        assertThat(hello.body().keySet())
                .containsExactly("isMaster", "helloOk", "backpressure", "client", "compression", "$db");
        assertThat(hello.body().getBoolean("helloOk").getValue()).isTrue();
        assertThat(hello.body().getString("backpressure").getValue()).isEqualTo("2");
        assertThat(hello.body().getArray("compression")).isEmpty();
        assertThat(hello.body().getString("$db").getValue()).isEqualTo("admin");
        assertThat(hello.body().getDocument("client").getDocument("driver"))
                .isEqualTo(BsonDocument.parse("{name: 'rotor', version: '1.2.3'}"));
    }

    @Test
    void withAServerApiTheFirstMessageIsHelloAndDeclaresIt() {
        rig.serverApi = ServerApi.V1.withStrict(true).withDeprecationErrors(false);
        BsonDocument hello = hello().body();
        assertThat(hello.getFirstKey()).isEqualTo("hello");
        assertThat(hello).doesNotContainKey("helloOk").doesNotContainKey("loadBalanced");
        assertThat(hello.getString("apiVersion").getValue()).isEqualTo("1");
        assertThat(hello.getBoolean("apiStrict").getValue()).isTrue();
        assertThat(hello.getBoolean("apiDeprecationErrors").getValue()).isFalse();
    }

    @Test
    void aServerApiWithoutStrictnessSendsNone() {
        rig.serverApi = ServerApi.V1;
        assertThat(hello().body()).doesNotContainKey("apiStrict").doesNotContainKey("apiDeprecationErrors");
    }

    @Test
    void behindALoadBalancerTheFirstMessageIsHelloThatSaysSo() {
        rig.loadBalanced = true;
        BsonDocument hello = hello().body();
        assertThat(hello.getFirstKey()).isEqualTo("hello");
        assertThat(hello.getBoolean("loadBalanced").getValue()).isTrue();
    }

    @Test
    void theTransportIsToldWhatTheUserConfigured() {
        rig.startOpening();
        var request = rig.transport.lastAttempt().request;
        assertThat(request.host()).isEqualTo("db1");
        assertThat(request.port()).isEqualTo(27017);
        assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(request.tcp()).isEqualTo(rig.socket.tcp());
        assertThat(request.tls()).isNull();
    }

    // ---- what is learned

    @Test
    void theReplyDescribesTheConnection() {
        replyToHello(Rig.HELLO_REPLY);
        assertThat(rig.log).containsExactly("opened");
        assertThat(rig.connection().description())
                .isEqualTo(new ConnectionDescription(
                        Rig.SERVER, 5, 17, 0, 21, 16777216, 48000000, 100000, 30, false, true, null));
        assertThat(rig.wire().maxFrameBytes()).isEqualTo(48000000);
    }

    @Test
    void aReplyWithoutLimitsGetsTheSpecificationsDefaults() {
        replyToHello("{ok: 1, maxWireVersion: 8}");
        assertThat(rig.connection().description())
                .isEqualTo(new ConnectionDescription(
                        Rig.SERVER, 5, -1, 0, 8, 16777216, 48000000, 100000, null, false, true, null));
    }

    @Test
    void limitsThatMakeNoSenseAreNotBelieved() {
        replyToHello("{ok: 1, maxWireVersion: 8, maxBsonObjectSize: -1, maxMessageSizeBytes: 2147483647,"
                + " maxWriteBatchSize: 0, logicalSessionTimeoutMinutes: 'x'}");
        ConnectionDescription told = rig.connection().description();
        assertThat(told.maxDocumentSize()).isEqualTo(16777216);
        assertThat(told.maxMessageSize()).isEqualTo(128 * 1024 * 1024);
        assertThat(told.maxBatchCount()).isEqualTo(100000);
        assertThat(told.logicalSessionTimeoutMinutes()).isNull();
    }

    @Test
    void mongosAndReplicaSetMembersAreToldFromStandalones() {
        replyToHello("{ok: 1, maxWireVersion: 21, msg: 'isdbgrid'}");
        assertThat(rig.connection().description().mongos()).isTrue();
        assertThat(rig.connection().description().standalone()).isFalse();
        Rig member = new Rig();
        member.startOpening();
        member.connect();
        member.reply("{ok: 1, maxWireVersion: 21, setName: 'rs'}");
        assertThat(member.connection().description().mongos()).isFalse();
        assertThat(member.connection().description().standalone()).isFalse();
    }

    @Test
    void aServiceIdIsKeptBehindALoadBalancerOnly() {
        ObjectId service = new ObjectId();
        String reply = "{ok: 1, maxWireVersion: 21, serviceId: {$oid: '" + service + "'}}";
        rig.loadBalanced = true;
        replyToHello(reply);
        assertThat(rig.connection().serviceId()).isEqualTo(service);
        Rig direct = new Rig();
        direct.startOpening();
        direct.connect();
        direct.reply(reply);
        assertThat(direct.connection().serviceId()).isNull();
    }

    @Test
    void aServerThatIsBehindNoLoadBalancerIsRefusedInTheSpecificationsWords() {
        rig.loadBalanced = true;
        replyToHello(Rig.HELLO_REPLY);
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Driver attempted to initialize in load balancing mode, but the server does not support"
                        + " this mode.");
    }

    @Test
    void aServerThatIsTooOldIsRefusedInTheSpecificationsWords() {
        replyToHello("{ok: 1, minWireVersion: 0, maxWireVersion: 7}");
        assertThat(rig.failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Server at db1:27017 reports wire version 7, but this version of Rotor requires at least 8"
                        + " (MongoDB 4.2).");
        assertThat(rig.wire().isClosed()).isTrue();
    }

    @Test
    void aServerThatIsTooNewIsRefused() {
        replyToHello("{ok: 1, minWireVersion: 99, maxWireVersion: 120}");
        assertThat(rig.failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("requires wire version 99");
    }

    @Test
    void aRefusedHelloFailsWithTheServersCodeAndLabels() {
        replyToHello("{ok: 0, code: 91, codeName: 'ShutdownInProgress', errmsg: 'bye', errorLabels: ['A']}");
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure())
                .isInstanceOf(MongoCommandException.class)
                .hasMessage("db1:27017 refused hello with error 91 (ShutdownInProgress): bye");
        assertThat(rig.failure().code()).isEqualTo(91);
        assertThat(rig.failure().hasErrorLabel("A")).isTrue();
    }

    // ---- what goes wrong

    @Test
    void aNameThatCannotBeResolvedIsNamed() {
        rig.resolver = (address, callback) -> callback.onResolveFailed(new UnknownHostException("db1"));
        rig.startOpening();
        rig.transport.loop().run();
        assertThat(rig.failure())
                .isExactlyInstanceOf(MongoConnectionException.class)
                .hasMessage("The host name of db1:27017 could not be resolved: unknown host");
        assertThat(rig.failure().labels()).isEmpty();
        assertThat(rig.transport.attempts()).isEmpty();
    }

    @Test
    void whatTheSystemSaysOfANameIsPassedOn() {
        rig.resolver = (address, callback) ->
                callback.onResolveFailed(new UnknownHostException("db1: Temporary failure in name resolution"));
        rig.startOpening();
        rig.transport.loop().run();
        assertThat(rig.failure())
                .hasMessage("The host name of db1:27017 could not be resolved: unknown host (Temporary failure in name"
                        + " resolution)");
    }

    @Test
    void aProxyIsResolvedInTheServersPlaceAndTheTransportIsToldOfBoth() {
        List<ServerAddress> asked = new ArrayList<>();
        rig.resolver = (address, callback) -> {
            asked.add(address);
            callback.onResolved(Rig.ADDRESSES);
        };
        rig.proxy = Socks5Proxy.of(new ProxySettings("proxy.example", 1080));
        rig.startOpening();
        ConnectRequest request = rig.transport.lastAttempt().request;
        assertThat(asked).containsExactly(new ServerAddress("proxy.example", 1080));
        assertThat(request.proxy()).isSameAs(rig.proxy);
        assertThat(request.host()).isEqualTo("db1");
        assertThat(request.port()).isEqualTo(27017);
    }

    @Test
    void aProxyWhoseNameCannotBeResolvedIsNamedAsTheProxy() {
        rig.proxy = Socks5Proxy.of(new ProxySettings("proxy.example", 1080));
        rig.resolver = (address, callback) -> callback.onResolveFailed(new UnknownHostException("proxy.example"));
        rig.startOpening();
        rig.transport.loop().run();
        assertThat(rig.failure())
                .hasMessage("The host name of the proxy proxy.example:1080 could not be resolved: unknown host");
    }

    @Test
    void aFailureOfTheProxyIsNoSignOfAnOverloadedServer() {
        rig.proxy = Socks5Proxy.of(new ProxySettings("proxy.example", 1080));
        rig.startOpening();
        rig.transport
                .lastAttempt()
                .fail(new ConnectFailedException("could not connect to the proxy", new IOException("refused"), false));
        assertThat(rig.failure()).isExactlyInstanceOf(MongoConnectionException.class);
        assertThat(rig.failure().labels()).isEmpty();
    }

    @Test
    void aHelloThatIsNotAnsweredThroughAProxyMayStillBeOverload() {
        rig.proxy = Socks5Proxy.of(new ProxySettings("proxy.example", 1080));
        hello();
        rig.wire().fail(new EOFException("gone"));
        assertThat(rig.failure().labels()).containsExactlyInAnyOrder(OVERLOAD);
    }

    @Test
    void aRefusedConnectionCarriesTheTransportsWordsAndTheOverloadLabels() {
        rig.startOpening();
        rig.transport
                .lastAttempt()
                .fail(new ConnectFailedException(
                        "could not connect to db1:27017: /10.0.0.1:27017: Connection refused",
                        new IOException("Connection refused"),
                        false));
        assertThat(rig.failure()).hasMessage("Could not connect to db1:27017: /10.0.0.1:27017: Connection refused");
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isFalse();
        assertThat(rig.failure().labels()).containsExactlyInAnyOrder(OVERLOAD);
        assertThat(rig.connection().isClosed()).isTrue();
    }

    @Test
    void aConnectTimeoutOfTheTransportIsATimeout() {
        rig.startOpening();
        rig.transport
                .lastAttempt()
                .fail(new ConnectFailedException("could not connect", new SocketTimeoutException("slow"), true));
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isTrue();
        assertThat(rig.failure().labels()).containsExactlyInAnyOrder(OVERLOAD);
    }

    @Test
    void aCertificateThatDoesNotFitIsNamedAndIsNoOverload() {
        rig.startOpening();
        rig.transport.lastAttempt().fail(new SSLHandshakeException("No name matching db1 found"));
        assertThat(rig.failure()).hasMessage("TLS with db1:27017 failed while connecting: No name matching db1 found");
        assertThat(rig.failure().labels()).isEmpty();
    }

    @Test
    void anEndOfStreamInTheTlsHandshakeMayBeOverload() {
        rig.startOpening();
        SSLHandshakeException broken = new SSLHandshakeException("Remote host terminated the handshake");
        broken.initCause(new EOFException("end of stream"));
        rig.transport.lastAttempt().fail(broken);
        assertThat(rig.failure().labels()).containsExactlyInAnyOrder(OVERLOAD);
    }

    @Test
    void aServerThatClosesInsteadOfAnsweringHelloMayBeOverloaded() {
        hello();
        rig.wire().endOfStream();
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure())
                .hasMessage("The server at db1:27017 closed the connection while waiting for the reply to hello;"
                        + " does it expect TLS (tls=true)?");
        assertThat(rig.failure().labels()).containsExactlyInAnyOrder(OVERLOAD);
    }

    @Test
    void garbageInsteadOfAReplyToHelloIsNoOverload() {
        hello();
        rig.wire().deliver(FakeMessage.opMsg(4711, 0, BsonDocument.parse("{ok: 1}")));
        assertThat(rig.failure()).isInstanceOf(MongoProtocolException.class);
        assertThat(rig.failure().labels()).isEmpty();
    }

    @Test
    void theConnectTimeoutCoversResolving() {
        ArrayDeque<AddressResolver.Callback> waiting = new ArrayDeque<>();
        rig.resolver = (address, callback) -> waiting.add(callback);
        rig.startOpening();
        rig.transport.loop().advance(Duration.ofSeconds(10));
        assertThat(rig.failure()).hasMessage("Timed out after 10000 ms with db1:27017 while resolving its host name");
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isTrue();
        // The answer that comes too late opens nothing.
        waiting.remove().onResolved(Rig.ADDRESSES);
        assertThat(rig.transport.attempts()).isEmpty();
        assertThat(rig.log).containsExactly("open failed");
    }

    @Test
    void theTransportGetsWhatResolvingHasLeftOfTheConnectTimeout() {
        ArrayDeque<AddressResolver.Callback> waiting = new ArrayDeque<>();
        rig.resolver = (address, callback) -> waiting.add(callback);
        rig.startOpening();
        rig.transport.loop().advance(Duration.ofSeconds(4));
        waiting.remove().onResolved(Rig.ADDRESSES);
        assertThat(rig.transport.lastAttempt().request.timeout()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aTransportThatForgetsItsTimeoutIsNotWaitedForForEver() {
        rig.startOpening();
        rig.transport.loop().advance(Duration.ofSeconds(11));
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isTrue();
        assertThat(rig.transport.lastAttempt().isCancelled()).isTrue();
    }

    @Test
    void theConnectTimeoutCoversHello() {
        rig.startOpening();
        rig.transport.loop().advance(Duration.ofSeconds(7));
        rig.connect();
        rig.transport.loop().advance(Duration.ofMillis(2999));
        assertThat(rig.log).isEmpty();
        rig.transport.loop().advance(Duration.ofMillis(1));
        assertThat(rig.failure())
                .hasMessage("Timed out after 10000 ms with db1:27017 while waiting for the reply to hello");
        assertThat(rig.failure().labels()).containsExactlyInAnyOrder(OVERLOAD);
        assertThat(rig.wire().isAborted()).isTrue();
    }

    @Test
    void withoutAConnectTimeoutNothingTimesOut() {
        rig.socket = SocketSettings.builder().connectTimeout(Duration.ZERO).build();
        rig.startOpening();
        rig.connect();
        rig.transport.loop().advance(Duration.ofDays(1));
        assertThat(rig.log).isEmpty();
        rig.reply(Rig.HELLO_REPLY);
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void closingAtAnyStageFailsOpeningOnceWithTheReason() {
        MongoException reason = new MongoException("pool closed", null);
        Rig resolving = new Rig();
        resolving.resolver = (address, callback) -> {};
        Rig connecting = new Rig();
        Rig greeting = new Rig();
        Rig authenticating = new Rig();
        authenticating.authenticator = () -> new Silent();
        for (Rig each : List.of(resolving, connecting, greeting, authenticating)) {
            each.startOpening();
        }
        greeting.connect();
        authenticating.connect();
        authenticating.reply(Rig.HELLO_REPLY);
        for (Rig each : List.of(resolving, connecting, greeting, authenticating)) {
            each.connection().close(reason);
            each.transport.loop().run();
            assertThat(each.failures).containsExactly(reason);
            assertThat(each.log).containsExactly("open failed");
            assertThat(each.connection().isClosed()).isTrue();
            assertThat(each.transport.loop().armedTimers()).isZero();
        }
        assertThat(connecting.transport.lastAttempt().isCancelled()).isTrue();
        assertThat(greeting.wire().isClosed()).isTrue();
        assertThat(authenticating.wire().isClosed()).isTrue();
    }

    @Test
    void openingAConnectionThatWasClosedBeforeFailsWithThatReason() {
        MongoException reason = new MongoException("pool closed", null);
        rig.connection().close(reason);
        rig.startOpening();
        assertThat(rig.failures).containsExactly(reason);
        assertThat(rig.transport.attempts()).isEmpty();
    }

    @Test
    void aWireThatComesAfterTheConnectionWasClosedIsClosedToo() {
        rig.startOpening();
        // The connection is closed while the transport is about to tell of the wire.
        FakeWire wire = rig.transport.lastAttempt().succeed(connected -> rig.connection()
                .close(new MongoException("pool closed", null)));
        assertThat(wire.isClosed()).isTrue();
        assertThat(rig.log).containsExactly("open failed");
    }

    @Test
    void aConnectionIsOpenedOnce() {
        rig.open();
        assertThatThrownBy(rig::startOpening).isInstanceOf(IllegalStateException.class);
    }

    // ---- authentication

    @Test
    void anAuthenticatorSpeaksInHelloAndAfterItBeforeTheConnectionIsOpen() {
        Silent conversation = new Silent();
        rig.authenticator = () -> conversation;
        FakeMessage hello = hello();
        assertThat(hello.body().getString("saslSupportedMechs").getValue()).isEqualTo("admin.ada");
        rig.reply(Rig.HELLO_REPLY.replace("{", "{saslSupportedMechs: ['SCRAM-SHA-256'], "));
        assertThat(rig.log).isEmpty();
        assertThat(conversation.reply().getArray("saslSupportedMechs")).hasSize(1);
        conversation.callback().onAuthenticated();
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void anAuthenticatorThatThrowsAnErrorAtAnyStageFailsOpeningAtOnceWithIt() {
        NoClassDefFoundError absent = new NoClassDefFoundError("org/example/Absent");
        Rig conversing = new Rig();
        conversing.authenticator = () -> {
            throw absent;
        };
        Rig greeting = new Rig();
        greeting.authenticator = () -> new Silent() {
            @Override
            public void appendToHello(CommandWriter hello, ServerAddress server) {
                throw absent;
            }
        };
        Rig authenticating = new Rig();
        authenticating.authenticator = () -> new Silent() {
            @Override
            public void authenticate(
                    Connection connection, BsonDocument helloReply, long deadline, Authenticator.Callback callback) {
                throw absent;
            }
        };
        for (Rig each : List.of(conversing, greeting, authenticating)) {
            each.startOpening();
            each.transport.loop().run();
        }
        greeting.connect();
        authenticating.connect();
        authenticating.reply(Rig.HELLO_REPLY);
        for (Rig each : List.of(conversing, greeting, authenticating)) {
            failedBy(each, absent);
        }
    }

    @Test
    void anErrorOfTheResolverOrWhileConnectingFailsOpeningAtOnceWithIt() {
        NoClassDefFoundError absent = new NoClassDefFoundError("org/example/Absent");
        Rig resolving = new Rig();
        resolving.resolver = (address, callback) -> {
            throw absent;
        };
        Rig connecting = new Rig();
        connecting.resolver = (address, callback) -> {
            try {
                callback.onResolved(new AbstractList<>() {
                    @Override
                    public SocketAddress get(int index) {
                        throw absent;
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                });
            } catch (NoClassDefFoundError swallowed) {
                // As a completion stage does.
            }
        };
        for (Rig each : List.of(resolving, connecting)) {
            each.startOpening();
            each.transport.loop().run();
            failedBy(each, absent);
        }
    }

    @Test
    void anErrorOfWhoHearsOfTheServiceFailsOpeningAtOnceWithIt() {
        NoClassDefFoundError absent = new NoClassDefFoundError("org/example/Absent");
        rig.loadBalanced = true;
        rig.connection().open(new PooledConnection.OpenListener() {
            @Override
            public void onServiceKnown() {
                throw absent;
            }

            @Override
            public void onOpened() {
                rig.onOpened();
            }

            @Override
            public void onOpenFailed(MongoException cause) {
                rig.onOpenFailed(cause);
            }
        });
        rig.connect();
        rig.reply("{ok: 1, maxWireVersion: 21, serviceId: {$oid: '" + new ObjectId() + "'}}");
        failedBy(rig, absent);
    }

    private static void failedBy(Rig rig, Error thrown) {
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure())
                .hasMessageContaining("db1:27017")
                .hasMessageContaining("org/example/Absent")
                .hasCause(thrown);
        assertThat(rig.connection().isClosed()).isTrue();
        rig.transport.loop().run();
        assertThat(rig.transport.loop().armedTimers()).isZero();
    }

    @Test
    void aRefusedAuthenticationFailsOpeningAndClosesTheConnection() {
        Silent conversation = new Silent();
        rig.authenticator = () -> conversation;
        hello();
        rig.reply(Rig.HELLO_REPLY);
        MongoException refused = new MongoException("wrong password", null);
        conversation.callback().onAuthenticationFailed(refused);
        assertThat(rig.failures).containsExactly(refused);
        assertThat(rig.wire().isClosed()).isTrue();
        assertThat(refused.labels()).isEmpty();
    }

    @Test
    void anAuthenticationThatNeverEndsIsTimedOut() {
        rig.authenticator = Silent::new;
        hello();
        rig.reply(Rig.HELLO_REPLY);
        rig.transport.loop().advance(Duration.ofSeconds(10));
        assertThat(rig.failure()).hasMessage("Timed out after 10000 ms with db1:27017 while authenticating");
        assertThat(rig.failure().labels()).isEmpty();
    }

    @Test
    void arbitersAreNotAuthenticatedWith() {
        Silent conversation = new Silent();
        rig.authenticator = () -> conversation;
        hello();
        rig.reply("{ok: 1, maxWireVersion: 21, setName: 'rs', arbiterOnly: true}");
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void test2TheDriverAcceptsAnArbitraryAuthMechanism() {
        replyToHello(Rig.HELLO_REPLY.replace("{", "{saslSupportedMechs: ['TELEPATHY'], "));
        assertThat(rig.log).containsExactly("opened");
    }

    /** Asks for mechanisms, then says nothing until the test does. */
    private static class Silent implements Authenticator.Conversation {
        private @Nullable BsonDocument reply;
        private Authenticator.@Nullable Callback callback;

        BsonDocument reply() {
            if (reply == null) {
                throw new IllegalStateException("not asked yet");
            }
            return reply;
        }

        Authenticator.Callback callback() {
            if (callback == null) {
                throw new IllegalStateException("not asked yet");
            }
            return callback;
        }

        @Override
        public void appendToHello(CommandWriter hello, ServerAddress server) {
            hello.putString(CommandWriter.name("saslSupportedMechs"), "admin.ada");
        }

        @Override
        public void authenticate(
                Connection connection, BsonDocument helloReply, long deadline, Authenticator.Callback callback) {
            this.reply = helloReply;
            this.callback = callback;
        }
    }
}
