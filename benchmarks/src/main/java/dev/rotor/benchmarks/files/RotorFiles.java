package dev.rotor.benchmarks.files;

import dev.rotor.driver.MongoClient;
import dev.rotor.gridfs.GridFsBucket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Rotor: publishers both ways, with the same subscriber as the reactive driver's. */
final class RotorFiles implements FileSubject {

    private final MongoClient client;
    private final GridFsBucket bucket;

    RotorFiles(String uri) {
        client = MongoClient.create(uri);
        bucket = GridFsBucket.create(client.getDatabase(DATABASE));
    }

    @Override
    public void upload(long length) {
        bucket.uploadFromPublisher("large.bin", new PiecePublisher(length))
                .toCompletableFuture()
                .join();
    }

    @Override
    public long download() {
        Drain drain = new Drain();
        bucket.openDownloadStreamByName("large.bin").subscribe(drain);
        return drain.done.join();
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class Drain implements Flow.Subscriber<ByteBuffer> {

        private final CompletableFuture<Long> done = new CompletableFuture<>();
        private long bytes;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            bytes += piece.remaining();
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            done.complete(bytes);
        }
    }
}
