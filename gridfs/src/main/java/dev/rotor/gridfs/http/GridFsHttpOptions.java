package dev.rotor.gridfs.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * How files are served. Immutable; each method named as a component gives a copy.
 *
 * @param prefix what the path of each request begins with, before the file's name; not percent-encoded; begins and ends
 *     with a slash. Default {@code "/"}
 * @param fileChooser which file a request is for; default: the latest one of the name
 * @param cacheTime how long clients may use a file without asking again; default zero: they ask each time
 * @param extraHeaders what else the responses with files say; default nothing
 * @param disposition what clients are to do with files; default {@link GridFsDisposition#INLINE}
 * @param precompressed content codings, the best one first, for which a compressed file may lie beside the plain one
 *     under its name and a suffix: {@code gzip} (.gz), {@code br} (.br), {@code zstd} (.zst). It is sent to clients
 *     that accept it, unless it is older than the plain one. Default none: nothing is looked for
 * @param maxRanges how many ranges a request may ask for; one that asks for more gets the whole file. Default 16, at
 *     most 1,000
 * @param failureListener hears why a request was answered by a status of 500 or more, or a body failed midway. Default:
 *     the platform's logger {@code dev.rotor.gridfs.http} at level warning. What it throws is ignored
 */
public record GridFsHttpOptions(
        String prefix,
        GridFsFileChooser fileChooser,
        GridFsCacheTime cacheTime,
        GridFsExtraHeaders extraHeaders,
        GridFsDisposition disposition,
        List<String> precompressed,
        int maxRanges,
        BiConsumer<? super GridFsHttpRequest, ? super Throwable> failureListener) {

    private static final int MOST_RANGES = 1000;

    /** Files by name, each asked for again every time. */
    public static final GridFsHttpOptions DEFAULT = new GridFsHttpOptions(
            "/",
            GridFsFileChooser.byName(),
            (name, modified, contentType) -> Duration.ZERO,
            (headers, file, request) -> {},
            GridFsDisposition.INLINE,
            List.of(),
            16,
            FailureLog.INSTANCE);

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the prefix does not begin and end with a slash, a content coding is not known
     *     or there twice, or the number of ranges is not between 1 and 1,000
     */
    public GridFsHttpOptions {
        if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("prefix must begin and end with a slash: " + prefix);
        }
        Objects.requireNonNull(fileChooser, "fileChooser");
        Objects.requireNonNull(cacheTime, "cacheTime");
        Objects.requireNonNull(extraHeaders, "extraHeaders");
        Objects.requireNonNull(disposition, "disposition");
        precompressed = List.copyOf(precompressed);
        for (String coding : precompressed) {
            if (ContentCoding.suffix(coding) == null) {
                throw new IllegalArgumentException(
                        "precompressed must be of " + ContentCoding.known() + ", not " + coding);
            }
        }
        if (new HashSet<>(precompressed).size() < precompressed.size()) {
            throw new IllegalArgumentException("precompressed names a content coding twice: " + precompressed);
        }
        if (maxRanges < 1 || maxRanges > MOST_RANGES) {
            throw new IllegalArgumentException("maxRanges must be between 1 and " + MOST_RANGES + ", not " + maxRanges);
        }
        Objects.requireNonNull(failureListener, "failureListener");
    }

    /**
     * The same with another {@code prefix}.
     *
     * @param prefix what the path of each request begins with
     * @return a copy
     * @throws IllegalArgumentException if it does not begin and end with a slash
     */
    public GridFsHttpOptions prefix(String prefix) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with another {@code fileChooser}.
     *
     * @param fileChooser which file a request is for
     * @return a copy
     */
    public GridFsHttpOptions fileChooser(GridFsFileChooser fileChooser) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with another {@code cacheTime}.
     *
     * @param cacheTime how long clients may use a file without asking again
     * @return a copy
     */
    public GridFsHttpOptions cacheTime(GridFsCacheTime cacheTime) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with other {@code extraHeaders}.
     *
     * @param extraHeaders what else the responses with files say
     * @return a copy
     */
    public GridFsHttpOptions extraHeaders(GridFsExtraHeaders extraHeaders) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with another {@code disposition}.
     *
     * @param disposition what clients are to do with files
     * @return a copy
     */
    public GridFsHttpOptions disposition(GridFsDisposition disposition) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with other {@code precompressed} codings.
     *
     * @param precompressed content codings of {@code gzip}, {@code br} and {@code zstd}, the best one first
     * @return a copy
     * @throws IllegalArgumentException if one is not known, or there twice
     */
    public GridFsHttpOptions precompressed(List<String> precompressed) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with another {@code maxRanges}.
     *
     * @param maxRanges how many ranges a request may ask for
     * @return a copy
     * @throws IllegalArgumentException if it is not between 1 and 1,000
     */
    public GridFsHttpOptions maxRanges(int maxRanges) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }

    /**
     * The same with another {@code failureListener}.
     *
     * @param failureListener hears why a request failed
     * @return a copy
     */
    public GridFsHttpOptions failureListener(BiConsumer<? super GridFsHttpRequest, ? super Throwable> failureListener) {
        return new GridFsHttpOptions(
                prefix, fileChooser, cacheTime, extraHeaders, disposition, precompressed, maxRanges, failureListener);
    }
}
