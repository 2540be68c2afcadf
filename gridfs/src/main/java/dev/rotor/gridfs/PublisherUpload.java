package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes what a publisher gives into an upload, one piece at a time. */
final class PublisherUpload implements Flow.Subscriber<ByteBuffer> {

    private final GridFsUpload upload;
    private final CompletableFuture<GridFsFile> result = new CompletableFuture<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

    PublisherUpload(GridFsUpload upload) {
        this.upload = upload;
    }

    CompletionStage<GridFsFile> result() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.compareAndSet(null, Objects.requireNonNull(given, "subscription"))) {
            given.cancel();
            return;
        }
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        upload.write(Objects.requireNonNull(piece, "piece")).whenComplete((none, failure) -> {
            Flow.Subscription source = Objects.requireNonNull(subscription.get(), "subscription");
            if (failure == null) {
                source.request(1);
            } else {
                source.cancel();
                result.completeExceptionally(Stages.unwrap(failure));
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        upload.abort().whenComplete((none, notAborted) -> {
            if (notAborted != null) {
                failure.addSuppressed(Stages.unwrap(notAborted));
            }
            result.completeExceptionally(failure);
        });
    }

    @Override
    public void onComplete() {
        upload.closeAsync().whenComplete((file, failure) -> {
            if (failure == null) {
                result.complete(file);
            } else {
                result.completeExceptionally(Stages.unwrap(failure));
            }
        });
    }
}
