package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Uploads from beginning to end: they close themselves, or abort when what they are made from fails or nobody wants the
 * result any more.
 */
final class SourceUpload {

    private SourceUpload() {}

    /** All that a source has. */
    static CompletionStage<GridFsFile> all(
            UploadStream upload, ContentSource source, CompletableFuture<GridFsFile> result) {
        Stages.onCancel(result, upload::abort);
        upload.writeAll(source).whenComplete((none, failure) -> end(upload, failure, result));
        return result;
    }

    /** Whatever the body writes until its stage completes. */
    static CompletionStage<GridFsFile> scope(
            UploadStream upload,
            Function<? super GridFsUpload, ? extends CompletionStage<?>> body,
            CompletableFuture<GridFsFile> result) {
        Stages.onCancel(result, upload::abort);
        CompletionStage<?> written;
        try {
            written = Objects.requireNonNull(body.apply(upload), "the body returned no stage");
        } catch (Throwable e) {
            end(upload, e, result);
            return result;
        }
        written.whenComplete((value, failure) -> end(upload, failure, result));
        return result;
    }

    /** Closes it, or removes what is there of the file; a failure is what the caller hears in any case. */
    static void end(UploadStream upload, @Nullable Throwable failed, CompletableFuture<GridFsFile> result) {
        if (failed == null) {
            upload.closeAsync().whenComplete((file, notClosed) -> {
                if (notClosed == null) {
                    result.complete(file);
                } else {
                    end(upload, notClosed, result);
                }
            });
            return;
        }
        Throwable failure = Stages.unwrap(failed);
        if (upload.isBroken()) {
            result.completeExceptionally(failure);
            return;
        }
        upload.abort().whenComplete((none, notAborted) -> {
            Throwable why = notAborted == null ? null : Stages.unwrap(notAborted);
            if (why != null && why != failure) {
                failure.addSuppressed(why);
            }
            result.completeExceptionally(failure);
        });
    }
}
