package dev.rotor.gridfs.http;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes bytes that are there already, as one read-only buffer. */
final class OneBuffer implements Flow.Publisher<ByteBuffer> {

    private final byte[] bytes;

    OneBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        AtomicBoolean done = new AtomicBoolean();
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                if (done.getAndSet(true)) {
                    return;
                }
                if (n <= 0) {
                    subscriber.onError(
                            new IllegalArgumentException("a subscriber must ask for at least one element, not " + n));
                    return;
                }
                subscriber.onNext(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
                subscriber.onComplete();
            }

            @Override
            public void cancel() {
                done.set(true);
            }
        });
    }
}
