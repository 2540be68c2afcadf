package dev.rotor.transport.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a loop, whatever is in its way. */
@Timeout(120)
class NettyLoopTest {

    /** Keeps a thread that hands something over from getting through. */
    private static final class Door extends SingleThreadIoEventLoop {

        final CompletableFuture<Boolean> knocked = new CompletableFuture<>();
        final CompletableFuture<Boolean> open = new CompletableFuture<>();
        volatile @Nullable Thread late;

        Door() {
            super(null, Executors.defaultThreadFactory(), NioIoHandler.newFactory());
        }

        @Override
        public void execute(Runnable task) {
            if (Thread.currentThread() == late) {
                knocked.complete(true);
                open.join();
            }
            super.execute(task);
        }
    }

    /** Counts what it is told, and leaves the loop when it is told to end. */
    private static class Told implements Endpoint {

        final NettyLoop loop;
        final AtomicInteger shutDowns = new AtomicInteger();
        final CompletableFuture<@Nullable Throwable> terminated = new CompletableFuture<>();

        Told(NettyLoop loop) {
            this.loop = loop;
        }

        @Override
        public void shutDown() {
            shutDowns.incrementAndGet();
            terminate(null);
        }

        @Override
        public void terminate(@Nullable Throwable cause) {
            terminated.complete(cause);
            loop.remove(this);
        }
    }

    private final Door netty = new Door();
    private final NettyLoop loop = new NettyLoop(netty, true);

    @AfterEach
    void end() throws Exception {
        netty.open.complete(true);
        netty.shutdownGracefully(0, 0, SECONDS).get(60, SECONDS);
    }

    private void onLoop(Runnable task) throws Exception {
        netty.submit(task).get(60, SECONDS);
    }

    @Test
    void anEndpointThatFailsToCloseKeepsNeitherOthersNorTheLoopFromIt() throws Exception {
        IllegalStateException odd = new IllegalStateException("as meant by a test");
        Told failing = new Told(loop) {
            @Override
            public void shutDown() {
                throw odd;
            }
        };
        Told[] others = {new Told(loop), new Told(loop), new Told(loop)};
        onLoop(() -> {
            loop.add(others[0]);
            loop.add(failing);
            loop.add(others[1]);
            loop.add(others[2]);
        });

        netty.execute(() -> loop.shutDown(SECONDS.toNanos(100)));

        loop.ended().get(60, SECONDS);
        assertThat(failing.terminated).isCompletedWithValue(odd);
        assertThat(others).allSatisfy(other -> assertThat(other.shutDowns).hasValue(1));
    }

    @Test
    void anEndpointThatCannotEndAtAllIsLeftBehindWhenTheLimitHasPassed() throws Exception {
        Told stuck = new Told(loop) {
            @Override
            public void terminate(@Nullable Throwable cause) {
                throw new IllegalStateException("as meant by a test");
            }
        };
        onLoop(() -> loop.add(stuck));

        netty.execute(() -> loop.shutDown(0));

        loop.ended().get(60, SECONDS);
        assertThat(stuck.shutDowns).hasValue(1);
    }

    @Test
    void aLoopThatItsFrameworkEndsWhileSomebodyHandsSomethingOverHasEnded() throws Exception {
        CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
        Thread late = new Thread(() -> outcome.complete(catchThrowable(() -> loop.execute(() -> {}))));
        netty.late = late;
        late.start();
        netty.knocked.get(60, SECONDS);
        onLoop(() -> loop.shutDown(SECONDS.toNanos(100)));
        // What shutting down has put behind itself.
        onLoop(() -> {});
        assertThat(loop.ended()).as("somebody is still handing something over").isNotDone();

        netty.shutdownGracefully(0, 0, SECONDS).get(60, SECONDS);
        netty.open.complete(true);

        assertThat(outcome.get(60, SECONDS)).isInstanceOf(RejectedExecutionException.class);
        loop.ended().get(60, SECONDS);
    }

    @Test
    void whatIsOnALoopHearsFromItThatItsFrameworkEndsIt() throws Exception {
        CompletableFuture<Boolean> onTheLoop = new CompletableFuture<>();
        Told told = new Told(loop) {
            @Override
            public void terminate(@Nullable Throwable cause) {
                onTheLoop.complete(loop.inLoop());
                super.terminate(cause);
            }
        };
        onLoop(() -> loop.add(told));

        netty.shutdownGracefully(0, 0, SECONDS).get(60, SECONDS);

        assertThat(told.terminated.get(60, SECONDS)).hasMessageContaining("shut down");
        assertThat(onTheLoop).isCompletedWithValue(true);
        loop.ended().get(60, SECONDS);
    }
}
