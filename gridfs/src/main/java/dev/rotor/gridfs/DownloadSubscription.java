package dev.rotor.gridfs;

import dev.rotor.driver.AsyncCursor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a file for one subscriber. A state machine whose steps happen one at a time. */
final class DownloadSubscription implements Flow.Subscription {

    private final DownloadStream stream;
    private final Turns turns = new Turns();

    // Touched in turns only.
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private @Nullable GridFsFile file;
    private @Nullable ChunkOrder order;
    private @Nullable AsyncCursor<Chunk> cursor;
    private List<Chunk> batch = List.of();
    private int next;
    private boolean noMore;
    private boolean asking;

    DownloadSubscription(DownloadStream stream, Flow.Subscriber<? super ByteBuffer> subscriber) {
        this.stream = stream;
        this.subscriber = subscriber;
    }

    void start() {
        turns.run(() -> {
            Objects.requireNonNull(subscriber).onSubscribe(this);
            asking = true;
            stream.file()
                    .whenComplete((found, failure) -> turns.run(() -> {
                        asking = false;
                        if (failure != null) {
                            end(failure);
                            return;
                        }
                        try {
                            file = found;
                            order = new ChunkOrder(found);
                            // Without contents there is nothing to ask for.
                            noMore = order.allThere();
                        } catch (MongoGridFsException e) {
                            end(e);
                            return;
                        }
                        goOn();
                    }));
        });
    }

    @Override
    public void request(long n) {
        turns.run(() -> {
            if (n <= 0) {
                end(new IllegalArgumentException("a subscriber must ask for at least one element, not " + n));
                return;
            }
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            goOn();
        });
    }

    @Override
    public void cancel() {
        turns.run(this::release);
    }

    // ---- in turns ----

    private void goOn() {
        ChunkOrder checked = order;
        while (checked != null && subscriber != null && !asking) {
            // When the last chunk was passed on, the rest is seen to without being asked for.
            if (demand == 0 && !checked.allThere()) {
                return;
            }
            if (next < batch.size()) {
                pass(checked, batch.get(next++));
            } else if (noMore) {
                complete(checked);
            } else {
                ask();
            }
        }
    }

    private void pass(ChunkOrder checked, Chunk chunk) {
        byte[] data;
        try {
            data = checked.accept(chunk);
        } catch (MongoGridFsException e) {
            end(e);
            return;
        }
        Flow.Subscriber<? super ByteBuffer> hears = subscriber;
        if (data == null || hears == null) {
            return;
        }
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        try {
            hears.onNext(ByteBuffer.wrap(data));
        } catch (Throwable e) {
            // It breaks the rules of publishers and hears no more.
            release();
            throw e;
        }
    }

    private void complete(ChunkOrder checked) {
        try {
            checked.end();
        } catch (MongoGridFsException e) {
            end(e);
            return;
        }
        Flow.Subscriber<? super ByteBuffer> hears = subscriber;
        release();
        if (hears != null) {
            hears.onComplete();
        }
    }

    private void ask() {
        asking = true;
        AsyncCursor<Chunk> open = cursor;
        if (open == null) {
            GridFsFile known = Objects.requireNonNull(file);
            Stages.start(() -> stream.chunks(known).open())
                    .whenComplete((opened, failure) -> turns.run(() -> {
                        asking = false;
                        if (failure != null) {
                            end(failure);
                        } else if (subscriber == null) {
                            opened.close();
                        } else {
                            cursor = opened;
                            goOn();
                        }
                    }));
        } else {
            Stages.start(open::nextBatch)
                    .whenComplete((chunks, failure) -> turns.run(() -> {
                        asking = false;
                        if (failure != null) {
                            end(failure);
                        } else {
                            batch = chunks;
                            next = 0;
                            noMore = chunks.isEmpty();
                            goOn();
                        }
                    }));
        }
    }

    private void end(Throwable failure) {
        Flow.Subscriber<? super ByteBuffer> hears = subscriber;
        release();
        if (hears != null) {
            hears.onError(failure);
        }
    }

    /** Forgets the subscriber and gives the server's cursor back. */
    private void release() {
        subscriber = null;
        batch = List.of();
        next = 0;
        AsyncCursor<Chunk> open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
