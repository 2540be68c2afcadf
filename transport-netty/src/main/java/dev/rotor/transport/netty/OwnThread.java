package dev.rotor.transport.netty;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Gives one loop its thread, and tells the loop when that has nothing more to do. */
final class OwnThread implements Executor {

    private final ThreadFactory threads;
    private volatile @Nullable NettyLoop loop;

    OwnThread(ThreadFactory threads) {
        this.threads = threads;
    }

    /** To be called before the loop is given its first task. */
    void runs(NettyLoop running) {
        loop = running;
    }

    @Override
    public void execute(Runnable body) {
        Thread thread = threads.newThread(() -> {
            try {
                body.run();
            } finally {
                NettyLoop running = loop;
                if (running != null) {
                    running.threadEnds();
                }
            }
        });
        if (thread == null) {
            throw new IllegalStateException("the thread factory of the transport settings gave no thread");
        }
        thread.start();
    }
}
