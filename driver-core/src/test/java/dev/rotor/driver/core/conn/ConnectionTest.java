package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final Rig rig = new Rig();

    @Test
    void aReplyReachesTheHandlerOfItsRequest() {
        rig.open().send("ping").reply("{ok: 1, n: 7}");
        assertThat(rig.log).containsExactly("reply");
        assertThat(rig.replies.get(0).n()).isEqualTo(7);
        assertThat(rig.wire().lastSent().commandName()).isEqualTo("ping");
    }

    @Test
    void manyRequestsFollowEachOtherOnOneConnection() {
        rig.open();
        for (int i = 0; i < 100; i++) {
            rig.send("ping").reply("{ok: 1}");
        }
        assertThat(rig.replies).hasSize(100);
        assertThat(rig.connection().isClosed()).isFalse();
    }

    @Test
    void aReplyThatComesInsideSendIsHeardBeforeSendReturns() {
        rig.open();
        rig.wire().respondInsideSend(message -> List.of(FakeMessage.reply(message, "{ok: 1}")));
        rig.send("ping");
        assertThat(rig.log).containsExactly("reply");
        rig.send("ping");
        assertThat(rig.log).containsExactly("reply", "reply");
    }

    @Test
    void aHandlerMaySendTheNextRequestWhileItHearsTheReply() {
        rig.open();
        rig.wire().respond(message -> List.of(FakeMessage.reply(message, "{ok: 1}")));
        List<String> heard = new ArrayList<>();
        rig.connection()
                .send(
                        rig.command("first"),
                        new Handler() {
                            @Override
                            public void onReply(Connection connection, ReplyEnvelope reply) {
                                heard.add("first");
                                connection.send(rig.command("second"), rig, Deadline.NONE);
                            }
                        },
                        Deadline.NONE);
        rig.transport.loop().run();
        assertThat(heard).containsExactly("first");
        assertThat(rig.log).containsExactly("reply");
        assertThat(rig.wire().lastSent().commandName()).isEqualTo("second");
    }

    @Test
    void aSecondRequestWhileOneIsInFlightIsRefusedAndHarmsNothing() {
        rig.open().send("ping");
        assertThatThrownBy(() -> rig.send("pong")).isInstanceOf(IllegalStateException.class);
        rig.reply("{ok: 1}");
        assertThat(rig.log).containsExactly("reply");
    }

    @Test
    void sendingBeforeTheConnectionIsOpenIsRefused() {
        assertThatThrownBy(() -> rig.send("ping")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCommandLargerThanTheServerAcceptsIsRefusedAndTheConnectionStaysUsable() {
        rig.startOpening();
        rig.connect();
        rig.reply(Rig.HELLO_REPLY.replace("48000000", "1000"));
        CommandWriter large = rig.connection().beginCommand();
        large.putString(CommandWriter.name("ping"), "x".repeat(2000));
        large.endBody();
        assertThatThrownBy(() -> rig.connection().send(large, rig, Deadline.NONE))
                .isInstanceOf(BsonMaximumSizeExceededException.class)
                .hasMessageContaining("1000 bytes that db1:27017 accepts");
        rig.send("ping").reply("{ok: 1}");
        assertThat(rig.log).containsExactly("opened", "reply");
    }

    @Test
    void theMemoryOfASmallCommandIsUsedAgain() {
        rig.open().send("ping").reply("{ok: 1}");
        CommandWriter first = rig.connection().beginCommand();
        first.discard();
        rig.send("ping").reply("{ok: 1}");
        CommandWriter second = rig.connection().beginCommand();
        assertThat(second).isSameAs(first);
    }

    @Test
    void memoryThatTheTransportStillHasIsNotUsedAgain() {
        rig.open().wire().holdBuffers(true);
        CommandWriter command = rig.command("ping");
        rig.connection().send(command, rig, Deadline.NONE);
        CommandWriter other = rig.connection().beginCommand();
        assertThat(other).isNotSameAs(command);
        other.discard();
        // A reply before the buffers are back, and another request: neither frees what the transport has.
        rig.reply("{ok: 1}");
        rig.send("pong");
        assertThat(rig.connection().beginCommand()).isNotSameAs(command);
        rig.wire().giveBackBuffers();
        assertThat(rig.connection().beginCommand()).isSameAs(command);
        rig.reply("{ok: 1}");
        assertThat(rig.log).containsExactly("reply", "reply");
    }

    @Test
    void anUnacknowledgedRequestEndsWhenItsBuffersAreBack() {
        rig.open().wire().holdBuffers(true);
        rig.sendUnacknowledged("insert");
        assertThat(rig.log).isEmpty();
        assertThat(rig.wire().lastSent().flags()).isEqualTo(FakeMessage.MORE_TO_COME);
        rig.wire().giveBackBuffers();
        assertThat(rig.log).containsExactly("sent");
        rig.wire().holdBuffers(false);
        rig.sendUnacknowledged("insert");
        assertThat(rig.log).containsExactly("sent", "sent");
        rig.send("ping").reply("{ok: 1}");
        assertThat(rig.log).containsExactly("sent", "sent", "reply");
    }

    @Test
    void aReplyToAnUnacknowledgedRequestBreaksTheConnection() {
        rig.open().wire().holdBuffers(true);
        rig.sendUnacknowledged("insert").reply("{ok: 1}");
        assertThat(rig.failure())
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("while sending insert");
    }

    // ---- several replies

    @Test
    void eachOfSeveralRepliesIsHeardAndMustAnswerTheOneBefore() {
        rig.open().sendExhaust("hello");
        int request = rig.wire().lastSent().requestId();
        BsonDocument body = BsonDocument.parse("{ok: 1}");
        rig.wire().deliver(FakeMessage.opMsg(request, FakeMessage.MORE_TO_COME, body));
        rig.wire().deliver(FakeMessage.opMsg(77, FakeMessage.MORE_TO_COME, body));
        rig.wire().deliver(FakeMessage.opMsg(77, 0, body));
        assertThat(rig.log).containsExactly("reply", "reply", "reply");
        rig.send("ping").reply("{ok: 1}");
        assertThat(rig.log).hasSize(4);
    }

    @Test
    void aFollowUpReplyThatAnswersTheRequestInsteadOfThePreviousReplyBreaksTheConnection() {
        rig.open().sendExhaust("hello");
        int request = rig.wire().lastSent().requestId();
        BsonDocument body = BsonDocument.parse("{ok: 1}");
        rig.wire().deliver(FakeMessage.opMsg(request, FakeMessage.MORE_TO_COME, body));
        rig.wire().deliver(FakeMessage.opMsg(request, 0, body));
        assertThat(rig.log).containsExactly("reply", "failure");
        assertThat(rig.failure()).isInstanceOf(MongoProtocolException.class);
    }

    @Test
    void aPromiseOfMoreThatWasNotAllowedBreaksTheConnection() {
        rig.open().send("ping");
        rig.wire()
                .deliver(FakeMessage.opMsg(
                        rig.wire().lastSent().requestId(), FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1}")));
        assertThat(rig.failure()).isInstanceOf(MongoProtocolException.class).hasMessageContaining("not allowed");
    }

    @Test
    void whoWantsMoreRepliesWhileAnotherThreadTellsOfOneIsNotForgotten() {
        rig.open();
        CommandWriter out = rig.command("hello");
        out.exhaustAllowed();
        rig.connection()
                .send(
                        out,
                        new Handler() {
                            @Override
                            public void onReply(Connection from, ReplyEnvelope reply) {
                                from.pauseReplies();
                                assertThat(rig.wire().readInterest()).isFalse();
                                from.resumeReplies();
                                // As if this reply were not told on the loop.
                                rig.transport.loop().run();
                            }
                        },
                        Deadline.NONE);
        rig.wire()
                .deliver(FakeMessage.opMsg(
                        rig.wire().lastSent().requestId(), FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1}")));

        assertThat(rig.wire().readInterest()).isTrue();
    }

    @Test
    void aConnectionClosedWhileAHandlerHearsOneOfSeveralRepliesFailsItOnceAfterwards() {
        rig.open();
        List<String> heard = new ArrayList<>();
        CommandWriter out = rig.command("hello");
        out.exhaustAllowed();
        rig.connection()
                .send(
                        out,
                        new Handler() {
                            @Override
                            public void onReply(Connection connection, ReplyEnvelope reply) {
                                connection.close(new MongoException("enough", null));
                                heard.add("reply");
                            }

                            @Override
                            public void onConnectionFailure(Connection connection, MongoException failure) {
                                heard.add(failure.getMessage());
                            }
                        },
                        Deadline.NONE);
        rig.wire()
                .deliver(FakeMessage.opMsg(
                        rig.wire().lastSent().requestId(), FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1}")));
        rig.transport.loop().run();
        assertThat(heard).containsExactly("reply", "enough");
    }

    // ---- the end

    @Test
    void aServerThatClosesWhileAReplyIsAwaitedIsNamedWithTheCommand() {
        rig.open().send("find");
        rig.wire().endOfStream();
        assertThat(rig.log).containsExactly("failure");
        assertThat(rig.failure())
                .isExactlyInstanceOf(MongoConnectionException.class)
                .hasMessage("The server at db1:27017 closed the connection while waiting for the reply to find");
        assertThat(rig.failure().server()).isEqualTo(Rig.SERVER);
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isFalse();
        assertThat(rig.connection().isClosed()).isTrue();
    }

    @Test
    void aResetIsNamedWithItsCause() {
        rig.open().send("find");
        IOException reset = new IOException("Connection reset");
        rig.wire().fail(reset);
        assertThat(rig.failure())
                .hasMessage("The connection to db1:27017 broke while waiting for the reply to find: Connection reset")
                .hasCause(reset);
    }

    @Test
    void thePoolHearsOfAnIdleConnectionThatGoesAwayAndOfNoOther() {
        rig.open().wire().endOfStream();
        assertThat(rig.log).containsExactly("perished 5");
        Rig busy = new Rig();
        busy.open().send("ping").wire().endOfStream();
        assertThat(busy.log).containsExactly("failure");
        Rig closed = new Rig();
        closed.open().connection().close(new MongoException("enough", null));
        closed.transport.loop().run();
        assertThat(closed.log).isEmpty();
        assertThat(closed.wire().isClosed()).isTrue();
    }

    @Test
    void closingFailsTheRequestInFlightOnceWithTheReason() {
        rig.open().send("find");
        MongoException reason = new MongoException("pool cleared", null);
        rig.connection().close(reason);
        rig.connection().close(new MongoException("again", null));
        rig.transport.loop().run();
        rig.reply("{ok: 1}");
        assertThat(rig.failures).containsExactly(reason);
        assertThat(rig.log).containsExactly("failure");
        assertThat(rig.wire().isAborted()).isTrue();
    }

    @Test
    void sendingOnAClosedConnectionFailsTheHandlerAndGivesTheMemoryBack() {
        rig.open();
        MongoException reason = new MongoException("pool cleared", null);
        rig.connection().close(reason);
        CommandWriter command = rig.command("ping");
        rig.connection().send(command, rig, Deadline.NONE);
        assertThat(rig.failures).containsExactly(reason);
        assertThat(rig.connection().beginCommand()).isSameAs(command);
    }

    @Test
    void aReplyToAnotherRequestBreaksTheConnection() {
        rig.open().send("find");
        rig.wire().deliver(FakeMessage.opMsg(12345, 0, BsonDocument.parse("{ok: 1}")));
        assertThat(rig.failure())
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("a reply to request 12345")
                .hasMessageContaining("find");
        assertThat(rig.wire().isAborted()).isTrue();
    }

    @Test
    void aMessageThatNobodyAskedForBreaksTheIdleConnectionAndThePoolHears() {
        rig.open();
        rig.wire().deliver(FakeMessage.opMsg(1, 0, BsonDocument.parse("{ok: 1}")));
        assertThat(rig.log).containsExactly("perished 5");
        assertThat(rig.connection().isClosed()).isTrue();
    }

    @Test
    void anotherOperationThanOpMsgBreaksTheConnection() {
        rig.open().send("find");
        rig.wire().deliver(FakeMessage.opReply(rig.wire().lastSent().requestId(), BsonDocument.parse("{ok: 1}")));
        assertThat(rig.failure()).isInstanceOf(MongoProtocolException.class).hasMessageContaining("OP_REPLY");
    }

    @Test
    void aPeerThatSpeaksAnotherProtocolIsToldApart() {
        rig.open().send("find");
        rig.wire().deliver("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(rig.failure())
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("not a MongoDB message")
                .hasMessageContaining("find");
    }

    @Test
    void aHandlerThatThrowsHarmsNeitherTheLoopNorTheConnection() {
        rig.open();
        rig.connection()
                .send(
                        rig.command("first"),
                        new Handler() {
                            @Override
                            public void onReply(Connection connection, ReplyEnvelope reply) {
                                throw new AssertionError("a bug");
                            }
                        },
                        Deadline.NONE);
        rig.reply("{ok: 1}");
        assertThat(rig.transport.loop().failures()).isEmpty();
        rig.send("ping").reply("{ok: 1}");
        assertThat(rig.log).containsExactly("reply");
    }

    // ---- time

    @Test
    void aRequestWhoseDeadlinePassesFailsAndTheConnectionIsClosed() {
        rig.open();
        long now = rig.transport.clock().nanoTime();
        rig.send("find", Deadline.after(now, Duration.ofMillis(500).toNanos()));
        rig.transport.loop().advance(Duration.ofMillis(499));
        assertThat(rig.log).isEmpty();
        rig.transport.loop().advance(Duration.ofMillis(1));
        assertThat(rig.failure())
                .isExactlyInstanceOf(MongoConnectionException.class)
                .hasMessage("Timed out after 500 ms with db1:27017 while waiting for the reply to find");
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isTrue();
        assertThat(rig.connection().isClosed()).isTrue();
        assertThat(rig.wire().isAborted()).isTrue();
    }

    @Test
    void theSocketTimeoutEndsARequestWithoutADeadline() {
        rig.socketTimeout(Duration.ofSeconds(3)).open().send("find");
        rig.transport.loop().advance(Duration.ofSeconds(3));
        assertThat(((MongoConnectionException) rig.failure()).isTimeout()).isTrue();
    }

    @Test
    void theNearerOfDeadlineAndSocketTimeoutCounts() {
        rig.socketTimeout(Duration.ofSeconds(3)).open();
        long now = rig.transport.clock().nanoTime();
        rig.send("find", Deadline.after(now, Duration.ofSeconds(1).toNanos()));
        rig.transport.loop().advance(Duration.ofSeconds(1));
        assertThat(rig.log).containsExactly("failure");
    }

    @Test
    void theSocketTimeoutStartsAnewWhenTheRequestHasGoneOut() {
        rig.socketTimeout(Duration.ofSeconds(3)).open().wire().holdBuffers(true);
        rig.send("insert");
        rig.transport.loop().advance(Duration.ofSeconds(2));
        rig.wire().giveBackBuffers();
        rig.transport.loop().advance(Duration.ofSeconds(2));
        assertThat(rig.log).isEmpty();
        rig.transport.loop().advance(Duration.ofSeconds(1));
        assertThat(rig.log).containsExactly("failure");
    }

    @Test
    void aRequestThatEndedInTimeIsNotTimedOutLaterNorIsTheNextOne() {
        rig.socketTimeout(Duration.ofSeconds(3)).open();
        for (int i = 0; i < 10; i++) {
            rig.send("ping");
            rig.transport.loop().advance(Duration.ofSeconds(2));
            rig.reply("{ok: 1}");
        }
        rig.transport.loop().advance(Duration.ofMinutes(1));
        assertThat(rig.replies).hasSize(10);
        assertThat(rig.connection().isClosed()).isFalse();
        assertThat(rig.transport.loop().armedTimers()).isZero();
    }

    @Test
    void aThousandQuickRequestsWithATimeoutSetOneTimer() {
        rig.socketTimeout(Duration.ofSeconds(3)).open();
        long before = rig.transport.loop().scheduledTimers();
        for (int i = 0; i < 1000; i++) {
            rig.send("ping").reply("{ok: 1}");
        }
        assertThat(rig.transport.loop().scheduledTimers() - before).isLessThanOrEqualTo(1);
        rig.send("find");
        rig.transport.loop().advance(Duration.ofSeconds(3));
        assertThat(rig.log).endsWith("failure");
    }

    @Test
    void requestsWithoutAnyTimeoutSetNoTimerAndWaitForEver() {
        rig.open();
        rig.transport.loop().advance(Duration.ofMinutes(1));
        long before = rig.transport.loop().scheduledTimers();
        rig.send("find");
        rig.transport.loop().advance(Duration.ofDays(1));
        assertThat(rig.transport.loop().scheduledTimers()).isEqualTo(before);
        rig.reply("{ok: 1}");
        assertThat(rig.log).containsExactly("reply");
    }

    @Test
    void aNearDeadlineAfterAFarOneIsKept() {
        rig.open();
        long now = rig.transport.clock().nanoTime();
        rig.send("ping", Deadline.after(now, Duration.ofHours(1).toNanos())).reply("{ok: 1}");
        rig.send("find", Deadline.after(now, Duration.ofSeconds(1).toNanos()));
        rig.transport.loop().advance(Duration.ofSeconds(1));
        assertThat(rig.log).containsExactly("reply", "failure");
    }

    @Test
    void aClosedConnectionLeavesNoTimerBehind() {
        rig.socketTimeout(Duration.ofSeconds(3)).open().send("find");
        assertThat(rig.transport.loop().armedTimers()).isEqualTo(1);
        rig.connection().close(new MongoException("enough", null));
        assertThat(rig.transport.loop().armedTimers()).isZero();
    }

    // ---- a wire with a defect

    @Test
    void anErrorThatTheWireThrowsIsTheFailureOfTheRequest() {
        Error broken = new LinkageError("no such method");
        rig.open().wire().breakSend(broken);
        rig.send("ping");
        assertThat(rig.log).containsExactly("failure");
        assertThat(rig.failure()).isInstanceOf(MongoConnectionException.class).hasCause(broken);
        assertThat(rig.connection().isClosed()).isTrue();
    }

    @Test
    void aLoopThatSetsNoTimerIsTheFailureOfTheRequest() {
        rig.socketTimeout(Duration.ofSeconds(3)).open();
        Error broken = new LinkageError("no timer");
        rig.transport.loop().breakSchedule(broken);
        rig.send("ping");
        assertThat(rig.log).containsExactly("failure");
        assertThat(rig.failure()).hasCause(broken);
        assertThat(rig.connection().isClosed()).isTrue();
    }

    @Test
    void aWireThatThrowsWhenItIsAbortedDoesNotKeepTheHandlerFromHearing() {
        rig.open().send("ping").wire().breakEnd(new LinkageError("no such method"));
        MongoException reason = new MongoException("enough", null);
        rig.connection().close(reason);
        assertThat(rig.log).containsExactly("failure");
        assertThat(rig.failure()).isSameAs(reason);
    }

    @Test
    void aWireThatThrowsWhenItIsAbortedDoesNotKeepWhoeverOpenedItFromHearing() {
        rig.startOpening();
        rig.connect().breakEnd(new LinkageError("no such method"));
        MongoException reason = new MongoException("enough", null);
        rig.connection().close(reason);
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).isSameAs(reason);
    }

    @Test
    void anAttemptThatThrowsWhenItIsCancelledDoesNotKeepWhoeverOpenedItFromHearing() {
        rig.startOpening();
        rig.transport.lastAttempt().breakCancel(new LinkageError("no such method"));
        MongoException reason = new MongoException("enough", null);
        rig.connection().close(reason);
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).isSameAs(reason);
    }

    /** A handler of which a test overrides what it expects. */
    private abstract static class Handler implements ReplyHandler {
        @Override
        public void onSentUnacknowledged(Connection connection) {
            throw new AssertionError("unexpected");
        }

        @Override
        public void onConnectionFailure(Connection connection, MongoException failure) {
            throw new AssertionError("unexpected", failure);
        }
    }
}
