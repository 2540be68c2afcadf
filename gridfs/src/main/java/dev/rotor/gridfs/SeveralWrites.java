package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** Writes one buffer after the other. */
final class SeveralWrites {

    private final GridFsUpload upload;
    private final Iterator<ByteBuffer> rest;

    /** One stage for all of it: a chain of stages would hold all that it has seen. */
    private final CompletableFuture<Void> all;

    private SeveralWrites(GridFsUpload upload, Iterator<ByteBuffer> rest, CompletableFuture<Void> all) {
        this.upload = upload;
        this.rest = rest;
        this.all = all;
    }

    /** Writes them all, then completes the future. */
    static void begin(GridFsUpload upload, Iterable<ByteBuffer> sources, CompletableFuture<Void> all) {
        Iterator<ByteBuffer> rest;
        try {
            rest = sources.iterator();
        } catch (Throwable e) {
            all.completeExceptionally(e);
            return;
        }
        new SeveralWrites(upload, rest, all).goOn();
    }

    private void goOn() {
        try {
            // A loop, not a recursion, as long as there is room.
            while (rest.hasNext()) {
                CompletableFuture<Void> done = upload.write(rest.next()).toCompletableFuture();
                if (!done.isDone() || done.isCompletedExceptionally()) {
                    var unused = done.whenComplete((none, failure) -> {
                        if (failure == null) {
                            goOn();
                        } else {
                            all.completeExceptionally(failure);
                        }
                    });
                    return;
                }
            }
        } catch (Throwable e) {
            all.completeExceptionally(e);
            return;
        }
        // Also tells of an upload that has ended where there was nothing to be written.
        Stages.relay(upload.write(ByteBuffer.allocate(0)), all);
    }
}
