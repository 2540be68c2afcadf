package dev.rotor.gridfs.http;

import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsDownload;
import dev.rotor.gridfs.GridFsFile;
import dev.rotor.gridfs.internal.Stages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a bucket over HTTP, for any server: it makes a response out of a request, as RFC 9110 says, and
 * never blocks. {@link GridFsHttpHandler} puts it into the JDK's server; for another one, an adapter copies the request
 * in and the response out.
 *
 * <p>GET and HEAD, conditional requests, one or several ranges, content codings, content types. Names of files never
 * reach a file system, and never a header field without being encoded. An error tells the client its status and a
 * sentence; what happened is told to the {@code failureListener} of the options.
 *
 * <p>A file is sent as it is stored. If its {@code metadata.contentEncoding} says how it is compressed, for example
 * {@code gzip}, it is sent with that {@code Content-Encoding}, and clients that say that they do not accept it get 406:
 * nothing is decompressed here. Its media type is {@code metadata.contentType}, or else by the end of its name. Where
 * strangers store files, serve them as {@link GridFsDisposition#ATTACHMENT} or from a host name of their own, since a
 * browser runs what a page of type {@code text/html} holds.
 *
 * <p>The bucket's timeout, if it has one, is for the whole of a response, and so for slow clients too.
 *
 * <p>Immutable, for any number of threads.
 */
public final class GridFsHttp {

    private final GridFsBucket bucket;
    private final GridFsHttpOptions options;
    private final InstantSource time;
    private final Supplier<String> boundary;

    GridFsHttp(GridFsBucket bucket, GridFsHttpOptions options, InstantSource time, Supplier<String> boundary) {
        this.bucket = Objects.requireNonNull(bucket, "bucket");
        this.options = Objects.requireNonNull(options, "options");
        this.time = time;
        this.boundary = boundary;
    }

    /**
     * Serves the files of a bucket by name.
     *
     * @param bucket where the files are
     * @return what answers requests
     */
    public static GridFsHttp create(GridFsBucket bucket) {
        return create(bucket, GridFsHttpOptions.DEFAULT);
    }

    /**
     * Serves the files of a bucket.
     *
     * @param bucket where the files are
     * @param options how they are served
     * @return what answers requests
     */
    public static GridFsHttp create(GridFsBucket bucket, GridFsHttpOptions options) {
        return new GridFsHttp(
                bucket, options, InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    /**
     * Answers a request. Statuses: 200, 206, 304, 400 (a path that is none), 404, 405, 406, 412, 416; 503 if the file
     * may be had later, 500 for any other failure. A HEAD request gets what GET would get, without a body, but never a
     * part.
     *
     * @param request the request
     * @return the response; never fails. It comes on the thread of the call or on an event loop
     */
    public CompletionStage<GridFsHttpResponse> handle(GridFsHttpRequest request) {
        Objects.requireNonNull(request, "request");
        CompletionStage<GridFsHttpResponse> answer;
        try {
            answer = answer(request);
        } catch (Throwable e) {
            return CompletableFuture.completedFuture(reported(request, e));
        }
        return answer.handle((response, failure) ->
                failure == null ? Objects.requireNonNull(response) : reported(request, Stages.unwrap(failure)));
    }

    /**
     * The response when a file could not be read after all: for a body that failed before any of it was sent. The
     * failure has been reported already.
     *
     * @param request the request
     * @param failure what the body failed with
     * @return 503 or 500 and a sentence, or 404 if the file has gone
     */
    public GridFsHttpResponse failed(GridFsHttpRequest request, Throwable failure) {
        int status = Failures.status(failure);
        return answer(request, status, Answers.text(status), null, null);
    }

    private GridFsHttpResponse reported(GridFsHttpRequest request, Throwable failure) {
        if (Failures.status(failure) >= 500) {
            report(request, failure);
        }
        return failed(request, failure);
    }

    private void report(GridFsHttpRequest request, Throwable failure) {
        try {
            options.failureListener().accept(request, failure);
        } catch (Throwable e) {
            // The client's response does not depend on who listens.
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    private CompletionStage<GridFsHttpResponse> answer(GridFsHttpRequest request) {
        if (!request.method().equals("GET") && !isHead(request)) {
            return done(answer(request, 405, "Files can be read only.", "Allow", "GET, HEAD"));
        }
        String path;
        try {
            path = RequestPath.decode(request.path());
        } catch (IllegalArgumentException e) {
            return done(answer(request, 400, e.getMessage() + ".", null, null));
        }
        String name = RequestPath.name(path, options.prefix());
        if (name == null) {
            return done(notFound(request));
        }
        return find(name, request).thenCompose(found -> {
            if (found == null) {
                return done(notFound(request));
            }
            boolean siblings = !options.precompressed().isEmpty();
            Representation plain = Representation.plain(found.download, found.file, siblings);
            AcceptEncoding accepted = AcceptEncoding.parse(request.header("Accept-Encoding"));
            if (!plain.codings().isEmpty()) {
                return done(
                        accepted.accepts(plain.codings())
                                ? send(plain, name, request)
                                : answer(
                                        request,
                                        406,
                                        "The file is stored compressed, in a way that the request does not accept.",
                                        "Vary",
                                        "Accept-Encoding"));
            }
            return compressed(plain, accepted.preferred(options.precompressed()), name, request)
                    .thenApply(best -> send(best, name, request));
        });
    }

    // ---- which file

    private record Found(GridFsDownload download, GridFsFile file) {}

    private CompletionStage<@Nullable Found> find(String name, GridFsHttpRequest request) {
        CompletionStage<@Nullable GridFsDownload> chosen = Objects.requireNonNull(
                options.fileChooser().choose(bucket, name, request), "the file chooser returned null, not a stage");
        return chosen.<@Nullable Found>thenCompose(download -> download == null
                        ? CompletableFuture.completedFuture(null)
                        : download.file().thenApply(file -> new Found(download, file)))
                .handle((found, failure) -> {
                    if (failure != null && !Failures.isNotFound(Stages.unwrap(failure))) {
                        throw new CompletionException(Stages.unwrap(failure));
                    }
                    return found;
                });
    }

    /** The first compressed sibling that is there and not out of date, or else the plain file. */
    private CompletionStage<Representation> compressed(
            Representation plain, List<String> codings, String name, GridFsHttpRequest request) {
        if (codings.isEmpty()) {
            return CompletableFuture.completedFuture(plain);
        }
        String coding = codings.get(0);
        return find(name + ContentCoding.suffix(coding), request)
                .thenCompose(found -> found != null && Representation.isAsNew(found.file, plain.file())
                        ? CompletableFuture.completedFuture(plain.compressed(found.download, found.file, coding))
                        : compressed(plain, codings.subList(1, codings.size()), name, request));
    }

    // ---- how much of it

    private GridFsHttpResponse send(Representation shown, String name, GridFsHttpRequest request) {
        long length = shown.file().length();
        Instant now = time.instant();
        GridFsHttpHeaders headers = FileHeaders.of(shown, name, request, options, now);
        Preconditions conditions = FileHeaders.preconditions(headers, request, now);
        switch (conditions.outcome()) {
            case FAILED -> {
                return answer(request, 412, "The file is not the one that the request is about.", null, null);
            }
            case NOT_MODIFIED -> {
                FileHeaders.withoutContents(headers);
                return new GridFsHttpResponse(304, headers.asMap(), -1, null);
            }
            case HOLD -> {}
        }
        Ranges ranges = isHead(request) || !conditions.rangesApply()
                ? Ranges.WHOLE
                : Ranges.parse(request.header("Range"), length, options.maxRanges());
        switch (ranges.kind()) {
            case UNSATISFIABLE -> {
                return answer(request, 416, "The file has no such part.", "Content-Range", "bytes */" + length);
            }
            case PARTS -> {
                // A field about a coding would be about the message of several parts, which is not compressed.
                if (ranges.parts().size() == 1 || headers.get("Content-Encoding") == null) {
                    return parts(shown, ranges.parts(), length, headers, request);
                }
            }
            case WHOLE -> {}
        }
        return response(200, headers, new Body(length, List.of(shown.download())), request);
    }

    private GridFsHttpResponse parts(
            Representation shown,
            List<HttpRange> parts,
            long length,
            GridFsHttpHeaders headers,
            GridFsHttpRequest request) {
        if (parts.size() == 1) {
            HttpRange part = parts.get(0);
            headers.put("Content-Range", part.contentRange(length));
            return response(206, headers, Body.of(shown.download(), part), request);
        }
        String line = boundary.get();
        Body body = Body.of(shown.download(), parts, FileHeaders.contentType(headers), length, line);
        headers.put("Content-Type", "multipart/byteranges; boundary=" + line);
        return response(206, headers, body, request);
    }

    private GridFsHttpResponse response(int status, GridFsHttpHeaders headers, Body body, GridFsHttpRequest request) {
        headers.put("Content-Length", Long.toString(body.length()));
        return new GridFsHttpResponse(
                status,
                headers.asMap(),
                body.length(),
                isHead(request) || body.length() == 0
                        ? null
                        : new Concatenation(body.parts(), failure -> report(request, failure)));
    }

    private GridFsHttpResponse notFound(GridFsHttpRequest request) {
        return answer(request, 404, Answers.text(404), null, null);
    }

    private GridFsHttpResponse answer(
            GridFsHttpRequest request, int status, String text, @Nullable String field, @Nullable String value) {
        return Answers.of(status, text, field, value, isHead(request), time.instant());
    }

    private static boolean isHead(GridFsHttpRequest request) {
        return request.method().equals("HEAD");
    }

    private static CompletionStage<GridFsHttpResponse> done(GridFsHttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
