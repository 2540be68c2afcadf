package dev.rotor.driver.transport.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How bytes are cut into system calls. */
class OutboxTest {

    /** A socket with room for so many bytes, which notes each system call. */
    private static final class Socket implements ByteLayer {
        final List<Integer> calls = new ArrayList<>();
        long room = Long.MAX_VALUE;
        boolean broken;

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            int taken = 0;
            for (int i = offset; i < offset + count; i++) {
                ByteBuffer buffer = buffers[i];
                int take = (int) Math.min(buffer.remaining(), room);
                buffer.position(buffer.position() + take);
                room -= take;
                taken += take;
            }
            calls.add(taken);
            return taken;
        }

        @Override
        public int read(ByteBuffer into) {
            return 0;
        }

        @Override
        public void endOutput() {}

        @Override
        public void close() {}
    }

    private final Socket socket = new Socket();
    private final List<ByteBuffer[]> back = new ArrayList<>();
    private int loopCalls;
    private final Outbox outbox = new Outbox(socket, new ListenerGate(back::add, () -> {}), () -> loopCalls++);

    private static ByteBuffer[] of(int... sizes) {
        ByteBuffer[] buffers = new ByteBuffer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            buffers[i] = ByteBuffer.allocate(sizes[i]);
        }
        return buffers;
    }

    @Test
    void aSmallMessageOfSeveralBuffersIsOneSystemCall() throws IOException {
        ByteBuffer[] message = of(100, 0, 3000, 16);

        outbox.send(message);

        assertThat(socket.calls).containsExactly(3116);
        assertThat(back).containsExactly(message);
        assertThat(loopCalls).isZero();
    }

    @Test
    void noSystemCallHandsOverMoreThanASlice() throws IOException {
        ByteBuffer[] message = of(100_000, 300_000, 5);

        outbox.send(message);

        assertThat(socket.calls).containsExactly(131_072, 131_072, 131_072, 400_005 - 3 * 131_072);
        assertThat(back).hasSize(1);
        assertThat(message[1].limit()).isEqualTo(300_000);
    }

    @Test
    void aFullSocketIsNotAskedTwiceAndTheLoopIsCalled() throws IOException {
        socket.room = 1000;
        ByteBuffer[] message = of(600, 600);

        outbox.send(message);

        assertThat(socket.calls).containsExactly(1000);
        assertThat(back).isEmpty();
        assertThat(loopCalls).isEqualTo(1);
        assertThat(outbox.isIdle()).isFalse();

        ByteBuffer[] next = of(10);
        outbox.send(next);
        assertThat(socket.calls).hasSize(1);
        assertThat(outbox.flush()).isTrue();
        socket.room = 5000;
        assertThat(outbox.flush()).isFalse();

        assertThat(back).containsExactly(message, next);
        assertThat(outbox.isIdle()).isTrue();
    }

    @Test
    void aVeryLargeMessageLeavesTheSenderAfterSomeSlices() throws IOException {
        outbox.send(of(10_000_000));

        assertThat(socket.calls).hasSize(16);
        assertThat(loopCalls).isEqualTo(1);
        assertThat(back).isEmpty();

        while (outbox.flush()) {
            assertThat(socket.calls).hasSizeLessThan(100);
        }
        assertThat(back).hasSize(1);
    }

    @Test
    void aBrokenSocketDropsEverythingAndTakesNothingMore() throws IOException {
        socket.room = 0;
        outbox.send(of(10));
        socket.broken = true;

        assertThatThrownBy(outbox::flush).hasMessage("broken");

        outbox.send(of(10));
        assertThat(outbox.flush()).isFalse();
        assertThat(outbox.isIdle()).isTrue();
        assertThat(back).isEmpty();
    }

    @Test
    void whoRefusesStillSendsWhatIsQueued() throws IOException {
        socket.room = 0;
        ByteBuffer[] queued = of(10);
        outbox.send(queued);

        outbox.refuse();
        outbox.send(of(20));
        socket.room = 100;

        assertThat(outbox.flush()).isFalse();
        assertThat(back).containsExactly(queued);
    }

    @Test
    void aSenderInsideTheGateOnTheLoopIsServedNestedAndOneInsideOnSentAfterwards() throws IOException {
        List<String> order = new ArrayList<>();
        Outbox[] box = new Outbox[1];
        ByteBuffer[] first = of(1);
        ByteBuffer[] second = of(1);
        ListenerGate gate = new ListenerGate(
                sent -> {
                    order.add(sent == first ? "first begins" : "second begins");
                    if (sent == first) {
                        try {
                            box[0].send(second);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                    order.add(sent == first ? "first ends" : "second ends");
                },
                () -> {});
        box[0] = new Outbox(socket, gate, () -> {});

        assertThat(gate.enter()).isTrue();
        box[0].send(first);
        order.add("message ends");
        gate.leave();

        assertThat(order).containsExactly("first begins", "first ends", "second begins", "second ends", "message ends");
    }

    @Test
    void aLoopThatFindsASenderInsideIsCalledBack() throws Exception {
        List<Boolean> called = new ArrayList<>();
        ListenerGate[] gate = new ListenerGate[1];
        List<Boolean> entered = new ArrayList<>();
        gate[0] = new ListenerGate(
                sent -> {
                    Thread loop = new Thread(() -> entered.add(gate[0].enter()));
                    loop.start();
                    try {
                        loop.join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                () -> called.add(true));
        Outbox sending = new Outbox(socket, gate[0], () -> {});

        sending.send(of(10));

        assertThat(entered).containsExactly(false);
        assertThat(called).containsExactly(true);
        assertThat(gate[0].enter()).isTrue();
    }
}
