package dev.rotor.transport.tck;

import dev.rotor.driver.transport.Wire;
import java.nio.ByteBuffer;
import java.util.Random;

/** A driver's end of one wire that goes wrong in a way of its own, drawn by lot. */
final class FaultyOwner extends RecordingListener {

    /** What an owner does. */
    enum Fault {
        NONE,
        CLOSES_WHEN_CONNECTED,
        ABORTS_WHEN_CONNECTED,
        THROWS_WHEN_CONNECTED,
        CLOSES_WHILE_WRITING,
        ABORTS_WHILE_WRITING,
        CLOSES_WHEN_SENT,
        THROWS_WHEN_SENT,
        ABORTS_WHILE_READING,
        THROWS_WHILE_READING,
        CLOSES_IN_A_MESSAGE,
        THROWS_IN_A_MESSAGE,
        STOPS_READING,
        ABANDONS_AT_ONCE,
        ABANDONS_SOON,
        HAS_LITTLE_TIME,
        IS_REFUSED,
        IS_REFUSED_AT_FIRST,
        IS_NOT_ANSWERED
    }

    final Fault fault;
    private final byte[] message;
    /** Messages to send after the first; the loop's. */
    private int exchanges;

    FaultyOwner(Random random) {
        Fault[] faults = Fault.values();
        fault = faults[random.nextInt(faults.length)];
        boolean large = fault == Fault.CLOSES_WHILE_WRITING || fault == Fault.ABORTS_WHILE_WRITING;
        message = Frames.frame(16 + random.nextInt(large ? 3_000_000 : 50_000), 2);
        exchanges = random.nextInt(4);
    }

    private static IllegalStateException thrown() {
        return new IllegalStateException("expected by a test");
    }

    @Override
    void connectedHook(Wire wire) {
        switch (fault) {
            case CLOSES_WHEN_CONNECTED -> wire.close();
            case ABORTS_WHEN_CONNECTED -> wire.abort();
            case THROWS_WHEN_CONNECTED -> throw thrown();
            case STOPS_READING -> {
                wire.readInterest(false);
                wire.send(ByteBuffer.wrap(message));
            }
            case CLOSES_WHILE_WRITING -> {
                wire.send(ByteBuffer.wrap(message));
                wire.close();
            }
            case ABORTS_WHILE_WRITING -> {
                wire.send(ByteBuffer.wrap(message));
                wire.loop().execute(wire::abort);
            }
            default -> wire.send(ByteBuffer.wrap(message));
        }
    }

    @Override
    void sentHook(ByteBuffer[] buffers) {
        if (fault == Fault.CLOSES_WHEN_SENT) {
            connected.join().close();
        } else if (fault == Fault.THROWS_WHEN_SENT) {
            throw thrown();
        }
    }

    @Override
    byte[] allocateHook(int length) {
        if (fault == Fault.ABORTS_WHILE_READING) {
            connected.join().abort();
        } else if (fault == Fault.THROWS_WHILE_READING) {
            throw thrown();
        }
        return new byte[length];
    }

    @Override
    void frameHook(byte[] frame) {
        Wire wire = connected.join();
        if (fault == Fault.CLOSES_IN_A_MESSAGE) {
            wire.close();
        } else if (fault == Fault.THROWS_IN_A_MESSAGE) {
            throw thrown();
        } else if (exchanges-- > 0) {
            wire.send(ByteBuffer.wrap(message));
        } else {
            wire.close();
        }
    }
}
