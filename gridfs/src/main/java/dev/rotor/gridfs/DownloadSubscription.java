package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a file for one subscriber. A state machine whose steps happen one at a time. */
final class DownloadSubscription implements Flow.Subscription {

    private final DownloadStream stream;
    private final Turns turns = new Turns();

    // Set at once, since the turn may belong to a subscriber that is being given one chunk after the other.
    private volatile boolean cancelled;
    private volatile boolean misused;

    // Touched in turns only.
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private @Nullable ChunkSource source;
    private @Nullable Received received;
    /** How many bytes the subscriber has got. */
    private long passed;

    DownloadSubscription(DownloadStream stream, Flow.Subscriber<? super ByteBuffer> subscriber) {
        this.stream = stream;
        this.subscriber = subscriber;
    }

    void start() {
        turns.run(() -> {
            Objects.requireNonNull(subscriber).onSubscribe(this);
            stream.file()
                    .whenComplete((file, failure) -> turns.run(() -> {
                        if (failure != null) {
                            end(failure);
                        } else {
                            begin(file);
                        }
                    }));
        });
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misused = true;
            turns.run(() ->
                    end(new IllegalArgumentException("a subscriber must ask for at least one element, not " + n)));
            return;
        }
        turns.run(() -> {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            goOn();
        });
    }

    @Override
    public void cancel() {
        cancelled = true;
        turns.run(this::release);
    }

    // ---- in turns ----

    private void begin(GridFsFile file) {
        if (subscriber == null) {
            return;
        }
        try {
            received = new Received(file, stream.options());
            source = new ChunkSource(stream, file, stream.options().range(), turns);
        } catch (Throwable e) {
            end(e);
            return;
        }
        goOn();
    }

    private void goOn() {
        for (ChunkSource from = source; from != null && goesOn() && !from.isAsking(); from = source) {
            // When the last chunk was passed on, the rest is seen to without being asked for.
            if (demand == 0 && !from.order().allThere()) {
                return;
            }
            ByteBuffer chunk;
            try {
                chunk = from.poll();
            } catch (Throwable e) {
                end(e);
                return;
            }
            if (chunk != null) {
                pass(chunk);
            } else if (from.hasEnded()) {
                complete();
            } else {
                from.fetch(this::fetched);
            }
        }
    }

    private boolean goesOn() {
        return subscriber != null && !cancelled && !misused;
    }

    private void fetched(@Nullable Throwable failure) {
        if (failure != null) {
            end(failure);
        } else {
            goOn();
        }
    }

    private void pass(ByteBuffer chunk) {
        Flow.Subscriber<? super ByteBuffer> hears = Objects.requireNonNull(subscriber);
        Received got = Objects.requireNonNull(received);
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        got.arrived(passed, chunk);
        passed += chunk.remaining();
        try {
            hears.onNext(chunk);
        } catch (Throwable e) {
            // It breaks the rules of publishers and hears no more.
            release();
            throw e;
        }
        got.passed(passed);
    }

    private void complete() {
        Throwable wrong = null;
        try {
            Objects.requireNonNull(received).end();
        } catch (Throwable e) {
            wrong = e;
        }
        end(wrong);
    }

    /** Tells the subscriber, unless it has cancelled: a failure, or {@code null} if that was all. */
    private void end(@Nullable Throwable failure) {
        Flow.Subscriber<? super ByteBuffer> hears = cancelled ? null : subscriber;
        release();
        if (hears == null) {
            return;
        }
        if (failure == null) {
            hears.onComplete();
        } else {
            hears.onError(failure);
        }
    }

    /** Forgets the subscriber and gives the server's cursor back. */
    private void release() {
        subscriber = null;
        ChunkSource from = source;
        source = null;
        if (from != null) {
            from.close();
        }
    }
}
