package dev.rotor.benchmarks.files;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes the pieces of a file, on the thread that asks for them. */
final class PiecePublisher implements Flow.Publisher<ByteBuffer> {

    private final long length;

    PiecePublisher(long length) {
        this.length = length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Handing(new Pieces(length), subscriber));
    }

    private static final class Handing implements Flow.Subscription {

        private final Pieces pieces;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private volatile boolean ended;

        Handing(Pieces pieces, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.pieces = pieces;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            // Whoever raises the demand from zero hands out; requests made meanwhile are seen by it.
            if (demand.getAndAdd(n) != 0) {
                return;
            }
            do {
                if (pieces.hasNext()) {
                    subscriber.onNext(pieces.next());
                }
                // The end needs no demand.
                if (!pieces.hasNext() && !ended) {
                    ended = true;
                    subscriber.onComplete();
                }
            } while (!ended && demand.decrementAndGet() != 0);
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }
}
