package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes chunks on, each when the last one was taken. */
final class DownloadSink implements Flow.Subscriber<ByteBuffer> {

    private final Function<? super ByteBuffer, ? extends CompletionStage<?>> destination;
    private final CompletableFuture<Void> done;
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

    /** When the chunk that was passed on last is taken; written and read by the publisher's calls only. */
    private CompletionStage<?> last = CompletableFuture.completedFuture(null);

    DownloadSink(Function<? super ByteBuffer, ? extends CompletionStage<?>> destination, CompletableFuture<Void> done) {
        this.destination = destination;
        this.done = done;
    }

    CompletionStage<Void> done() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.set(given);
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer chunk) {
        Flow.Subscription source = Objects.requireNonNull(subscription.get(), "subscription");
        CompletionStage<?> taken;
        try {
            taken = Objects.requireNonNull(destination.apply(chunk), "the destination returned no stage");
        } catch (Throwable e) {
            giveUp(source, e);
            return;
        }
        last = taken;
        taken.whenComplete((result, failure) -> {
            if (failure == null) {
                source.request(1);
            } else {
                giveUp(source, Stages.unwrap(failure));
            }
        });
    }

    /** Nobody waits for it any more. */
    void cancel() {
        Flow.Subscription source = subscription.get();
        if (source != null) {
            source.cancel();
        }
    }

    private void giveUp(Flow.Subscription source, Throwable failure) {
        source.cancel();
        done.completeExceptionally(failure);
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        // The end comes without being asked for: perhaps before the last chunk was taken.
        last.whenComplete((result, failure) -> {
            if (failure == null) {
                done.complete(null);
            }
        });
    }
}
