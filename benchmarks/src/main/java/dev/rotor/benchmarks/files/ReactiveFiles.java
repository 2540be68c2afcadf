package dev.rotor.benchmarks.files;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.gridfs.GridFSBucket;
import com.mongodb.reactivestreams.client.gridfs.GridFSBuckets;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The official driver of Reactive Streams: publishers both ways, subscribed to with as little as can be. */
final class ReactiveFiles implements FileSubject {

    private final MongoClient client;
    private final GridFSBucket bucket;

    ReactiveFiles(String uri) {
        client = MongoClients.create(uri);
        bucket = GridFSBuckets.create(client.getDatabase(DATABASE));
    }

    @Override
    public void upload(long length) {
        Flow.Publisher<ByteBuffer> source = new PiecePublisher(length);
        drain(bucket.uploadFromPublisher("large.bin", FlowAdapters.toPublisher(source)));
    }

    @Override
    public long download() {
        return drain(bucket.downloadToPublisher("large.bin"));
    }

    @Override
    public void close() {
        client.close();
    }

    private static long drain(Publisher<?> publisher) {
        Drain drain = new Drain();
        publisher.subscribe(drain);
        return drain.done.join();
    }

    private static final class Drain implements Subscriber<Object> {

        private final CompletableFuture<Long> done = new CompletableFuture<>();
        private long bytes;

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object element) {
            if (element instanceof ByteBuffer piece) {
                bytes += piece.remaining();
            }
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
