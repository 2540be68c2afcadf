package dev.rotor.driver.core.client;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeTransport;
import dev.rotor.driver.core.fake.FakeWire;
import dev.rotor.driver.transport.ConnectFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One server of a {@link ClusterRig}: what it says of itself, and what it answers. */
final class FakeMember {

    /** An answer: the server breaks the connection. */
    static final String BREAK = "break";
    /** An answer: a reply with something inside that is no BSON. */
    static final String MALFORMED_INSIDE = "malformed inside";

    /** Some answers to one command, taken before the script's: a fail point, in a word. */
    private record Fault(String command, Duration delay, String answer) {}

    final ServerAddress address;
    /** What hello says, apart from versions and sizes. */
    String hello;

    boolean reachable = true;
    /** How long it takes to connect. */
    Duration connectDelay = Duration.ZERO;
    /** How long hellos take. */
    Duration helloDelay = Duration.ZERO;
    /** How long other commands take. */
    Duration delay = Duration.ZERO;

    final List<FakeMessage> received = new ArrayList<>();
    /** The first messages of connections, and what monitors ask. */
    final List<FakeMessage> hellos = new ArrayList<>();

    final List<String> said = new ArrayList<>();
    private final ArrayDeque<Fault> faults = new ArrayDeque<>();

    /** Answers what no fault does. */
    Function<FakeMessage, @Nullable String> script;

    private final ClusterRig rig;

    FakeMember(ClusterRig rig, ServerAddress address, String hello) {
        this.rig = rig;
        this.address = address;
        this.hello = hello;
        this.script = message -> switch (message.commandName()) {
            case "find", "aggregate" -> ClientRig.batch("firstBatch", 0, 1, 1);
            case "getMore" -> ClientRig.batch("nextBatch", 0, 3, 1);
            default -> "{ok: 1, n: 1}";
        };
    }

    /** The next so many commands of that name are answered like this. */
    FakeMember fail(int times, String command, String answer) {
        return fail(times, command, Duration.ZERO, answer);
    }

    /** The same, after a while. */
    FakeMember fail(int times, String command, Duration after, String answer) {
        for (int i = 0; i < times; i++) {
            faults.add(new Fault(command, after, answer));
        }
        return this;
    }

    void accept(FakeTransport.Attempt attempt) {
        said.add("client connected");
        if (reachable) {
            Runnable connected = () -> attempt.succeed(wire -> wire.respond(message -> respond(wire, message)));
            if (connectDelay.isZero()) {
                connected.run();
            } else {
                rig.transport.loop().schedule(connected, connectDelay.toNanos(), TimeUnit.NANOSECONDS);
            }
        } else {
            attempt.fail(new ConnectFailedException("connection refused by " + address, new IOException(), false));
        }
    }

    private List<byte[]> respond(FakeWire wire, FakeMessage message) {
        String name = message.commandName();
        boolean isHello = name.equals("hello") || name.equals("isMaster");
        if (isHello) {
            said.add("client hello received");
            hellos.add(message);
        } else {
            received.add(message);
        }
        Fault fault = null;
        for (Fault one : faults) {
            if (one.command().equals(isHello ? "hello" : name)) {
                fault = one;
                break;
            }
        }
        if (fault != null) {
            faults.remove(fault);
            return answer(wire, message, fault.delay(), fault.answer());
        }
        if (isHello) {
            return answer(
                    wire,
                    message,
                    helloDelay,
                    "{ok: 1, helloOk: true, minWireVersion: 0, maxWireVersion: 25, maxBsonObjectSize: 16777216,"
                            + " maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000, " + hello + "}");
        }
        return answer(wire, message, delay, script.apply(message));
    }

    private List<byte[]> answer(FakeWire wire, FakeMessage message, Duration after, @Nullable String answer) {
        if (answer == null) {
            return List.of();
        }
        if (answer.equals(MALFORMED_INSIDE)) {
            return List.of(FakeMessage.replyMalformedInside(message));
        }
        if (after.isZero() && !answer.equals(BREAK)) {
            return List.of(FakeMessage.reply(message, answer));
        }
        Runnable later = () -> {
            if (answer.equals(BREAK)) {
                wire.fail(new IOException("connection reset"));
            } else {
                wire.deliver(FakeMessage.reply(message, answer));
            }
        };
        rig.transport.loop().schedule(later, after.toNanos(), TimeUnit.NANOSECONDS);
        return List.of();
    }

    /** How many commands of that name came. */
    long count(String command) {
        return received.stream()
                .filter(message -> message.commandName().equals(command))
                .count();
    }
}
