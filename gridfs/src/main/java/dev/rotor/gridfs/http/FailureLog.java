package dev.rotor.gridfs.http;

import java.util.function.BiConsumer;

/** Writes down why a request failed, where nobody else listens. */
final class FailureLog implements BiConsumer<GridFsHttpRequest, Throwable> {

    static final FailureLog INSTANCE = new FailureLog();

    private static final System.Logger LOG = System.getLogger("dev.rotor.gridfs.http");

    private FailureLog() {}

    @Override
    public void accept(GridFsHttpRequest request, Throwable failure) {
        // Neither path nor header fields: they are the client's, and may be anything.
        LOG.log(System.Logger.Level.WARNING, "A file could not be served", failure);
    }
}
