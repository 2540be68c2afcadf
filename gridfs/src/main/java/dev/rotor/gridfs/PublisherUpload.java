package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes what a publisher gives into an upload, one piece at a time. */
final class PublisherUpload implements Flow.Subscriber<ByteBuffer> {

    private final UploadStream upload;
    private final CompletableFuture<GridFsFile> result;
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

    /** What comes first is how it ended: a source that fails also ends the write that is under way. */
    private final AtomicBoolean ended = new AtomicBoolean();

    PublisherUpload(UploadStream upload, CompletableFuture<GridFsFile> result) {
        this.upload = upload;
        this.result = result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.compareAndSet(null, Objects.requireNonNull(given, "subscription"))) {
            given.cancel();
            return;
        }
        if (upload.isClosed()) {
            given.cancel();
            return;
        }
        given.request(1);
    }

    /** Nobody waits for it any more. */
    void cancel() {
        upload.abort();
        cancelSource();
    }

    private void cancelSource() {
        Flow.Subscription source = subscription.get();
        if (source != null) {
            source.cancel();
        }
    }

    @Override
    public void onNext(ByteBuffer piece) {
        upload.write(Objects.requireNonNull(piece, "piece")).whenComplete((none, failure) -> {
            if (failure == null) {
                Objects.requireNonNull(subscription.get(), "subscription").request(1);
            } else {
                fail(failure);
            }
        });
    }

    /** The upload has failed, perhaps while nothing was written; the source is not to wait for ever. */
    void fail(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            try {
                cancelSource();
            } finally {
                SourceUpload.end(upload, failure, result);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(Objects.requireNonNull(failure, "failure"));
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            SourceUpload.end(upload, failure, result);
        }
    }
}
