package dev.rotor.gridfs.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Publishes what several publishers give, one after the other. */
final class Concatenation implements Flow.Publisher<ByteBuffer> {

    private final List<Flow.Publisher<ByteBuffer>> parts;
    private final Consumer<? super Throwable> failed;

    /**
     * Joins publishers.
     *
     * @param parts at least one; each is subscribed to when the one before it has ended
     * @param failed hears of failures before the subscriber does
     */
    Concatenation(List<Flow.Publisher<ByteBuffer>> parts, Consumer<? super Throwable> failed) {
        this.parts = parts;
        this.failed = failed;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Run run = new Run(Objects.requireNonNull(subscriber, "subscriber"));
        subscriber.onSubscribe(run);
        run.next();
    }

    /** One reading of it. The parts speak one after the other; the subscriber asks whenever it likes. */
    private final class Run implements Flow.Subscription, Flow.Subscriber<ByteBuffer> {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;

        /** How many parts ended without the next one having been begun: such as end at once do not pile up calls. */
        private final AtomicInteger ended = new AtomicInteger();

        /** Written and read where {@link #ended} says whose turn it is. */
        private int next;

        private final ReentrantLock lock = new ReentrantLock();
        // Under the lock.
        private Flow.@Nullable Subscription part;
        private long demand;
        private boolean over;

        Run(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        void next() {
            if (ended.getAndIncrement() != 0) {
                return;
            }
            do {
                if (isOver()) {
                    return;
                }
                if (next < parts.size()) {
                    parts.get(next++).subscribe(this);
                } else if (end()) {
                    subscriber.onComplete();
                }
            } while (ended.decrementAndGet() != 0);
        }

        // ---- what the parts say

        @Override
        public void onSubscribe(Flow.Subscription given) {
            long open;
            lock.lock();
            try {
                part = given;
                open = over ? -1 : demand;
            } finally {
                lock.unlock();
            }
            if (open < 0) {
                given.cancel();
            } else if (open > 0) {
                given.request(open);
            }
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            lock.lock();
            try {
                if (over) {
                    return;
                }
                if (demand != Long.MAX_VALUE) {
                    demand--;
                }
            } finally {
                lock.unlock();
            }
            subscriber.onNext(buffer);
        }

        @Override
        public void onError(Throwable failure) {
            if (end()) {
                failed.accept(failure);
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            next();
        }

        // ---- what the subscriber says

        @Override
        public void request(long n) {
            Flow.Subscription current;
            lock.lock();
            try {
                if (over) {
                    return;
                }
                if (n > 0) {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                }
                current = part;
            } finally {
                lock.unlock();
            }
            if (current != null) {
                // If it has ended meanwhile, the next one is asked for what is open.
                current.request(n);
            } else if (n <= 0 && end()) {
                subscriber.onError(
                        new IllegalArgumentException("a subscriber must ask for at least one element, not " + n));
            }
        }

        @Override
        public void cancel() {
            Flow.Subscription current;
            lock.lock();
            try {
                over = true;
                current = part;
            } finally {
                lock.unlock();
            }
            if (current != null) {
                current.cancel();
            }
        }

        private boolean isOver() {
            lock.lock();
            try {
                return over;
            } finally {
                lock.unlock();
            }
        }

        /** Ends it; whether that was not so before. */
        private boolean end() {
            lock.lock();
            try {
                if (over) {
                    return false;
                }
                over = true;
                return true;
            } finally {
                lock.unlock();
            }
        }
    }
}
