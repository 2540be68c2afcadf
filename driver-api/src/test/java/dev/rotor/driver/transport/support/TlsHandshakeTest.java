package dev.rotor.driver.transport.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handshake on a system that is at its limits: it can start no more threads, or has no memory for the wire. */
class TlsHandshakeTest {

    private static final class Loop implements TlsHandshake.Owner {
        final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        final CompletableFuture<Throwable> failed = new CompletableFuture<>();

        @Nullable
        Error limit;

        @Override
        public void onLoop(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void await(boolean reading, boolean writing) {}

        @Override
        public void encrypted(ByteLayer layer) {
            if (limit != null) {
                throw limit;
            }
            layer.close();
            failed.completeExceptionally(new AssertionError("there was no handshake"));
        }

        @Override
        public void failed(Throwable cause) {
            failed.complete(cause);
        }

        /** Runs what the loop is given until the handshake has failed. */
        Throwable failure() throws Exception {
            while (!failed.isDone()) {
                Runnable task = tasks.poll(30, TimeUnit.SECONDS);
                assertThat(task).as("what the loop is to do next").isNotNull();
                task.run();
            }
            return failed.join();
        }
    }

    /** How many threads can be started. */
    private final AtomicInteger threads = new AtomicInteger();

    private final ScriptedTls tls = new ScriptedTls(false, work -> {
        if (threads.getAndDecrement() <= 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return new Thread(work);
    });
    private final Loop loop = new Loop();
    private final TlsHandshake handshake = new TlsHandshake(tls.resources, tls.socket, loop);

    @AfterEach
    void end() throws Exception {
        tls.resources.end().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aThreadThatCannotBeStartedFailsTheHandshake() throws Exception {
        handshake.start((host, port) -> tls.engine, "db.example", 27017);

        assertThat(loop.failure()).isInstanceOf(OutOfMemoryError.class).hasMessageContaining("thread");
        assertThat(tls.released).isZero();
    }

    @Test
    void aThreadThatCannotBeStartedInTheMiddleOfTheHandshakeGivesTheEngineBack() throws Exception {
        threads.set(1);
        tls.engine.status = HandshakeStatus.NEED_TASK;
        handshake.start((host, port) -> tls.engine, "db.example", 27017);

        assertThat(loop.failure()).isInstanceOf(OutOfMemoryError.class).hasMessageContaining("thread");
        // The thread that made the engine may still be on its way out.
        end();
        assertThat(tls.released).isOne();
        assertThat(tls.resources.buffersInUse()).isZero();
    }

    @Test
    void anErrorOfWhoeverTakesTheEncryptedStreamIsHeardAndNothingIsKept() throws Exception {
        threads.set(1);
        loop.limit = new OutOfMemoryError("Java heap space");
        handshake.start((host, port) -> tls.engine, "db.example", 27017);

        assertThat(loop.failure()).isSameAs(loop.limit);
        end();
        assertThat(tls.released).isOne();
        assertThat(tls.resources.buffersInUse()).isZero();
    }
}
