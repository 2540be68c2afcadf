package dev.rotor.gridfs.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The header fields of responses with files. */
final class FileHeaders {

    /** Clients take this, a year, for ever (RFC 9111 knows no better). */
    private static final long LONGEST_CACHE_TIME = 365L * 24 * 60 * 60;

    private FileHeaders() {}

    /** Those that a file has, whatever part of it is sent; with what the application adds. */
    static GridFsHttpHeaders of(
            Representation shown, String name, GridFsHttpRequest request, GridFsHttpOptions options, Instant now) {
        GridFsHttpHeaders headers = new GridFsHttpHeaders();
        String date = HttpDates.format(now);
        if (date != null) {
            headers.put("Date", date);
        }
        headers.put("Content-Type", shown.contentType());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Accept-Ranges", "bytes");
        headers.put(
                "ETag",
                FileTag.of(shown.file().document(), shown.contentType(), shown.codings())
                        .toString());
        Instant modified = Representation.modified(shown.file());
        // A time to come would be nonsense to clients (RFC 9110, section 8.8.2.1).
        String lastModified = modified == null ? null : HttpDates.format(modified.isAfter(now) ? now : modified);
        if (lastModified != null) {
            headers.put("Last-Modified", lastModified);
        }
        if (!shown.codings().isEmpty()) {
            headers.put("Content-Encoding", String.join(", ", shown.codings()));
        }
        if (shown.negotiated()) {
            headers.put("Vary", "Accept-Encoding");
        }
        headers.contentDisposition(options.disposition(), shown.filename());
        cache(headers, options.cacheTime().cacheTime(name, modified, shown.contentType()), now);
        options.extraHeaders().addTo(headers, shown.file(), request);
        return headers;
    }

    private static void cache(GridFsHttpHeaders headers, @Nullable Duration time, Instant now) {
        if (time == null) {
            return;
        }
        if (time.isNegative()) {
            throw new IllegalArgumentException("the cache time must not be negative: " + time);
        }
        long seconds = Math.min(time.toSeconds(), LONGEST_CACHE_TIME);
        if (seconds == 0) {
            headers.put("Cache-Control", "no-cache");
            return;
        }
        headers.put("Cache-Control", "max-age=" + seconds);
        String expires = HttpDates.format(now.plus(seconds, ChronoUnit.SECONDS));
        if (expires != null) {
            headers.put("Expires", expires);
        }
    }

    /** What the request's conditions are compared with, which the application may have changed. */
    static Preconditions preconditions(GridFsHttpHeaders headers, GridFsHttpRequest request, Instant now) {
        String tag = headers.get("ETag");
        EntityTag parsed = tag == null ? null : EntityTag.parse(tag);
        if (tag != null && parsed == null) {
            throw new IllegalArgumentException("the ETag that was set is none: it must be in double quotes");
        }
        String lastModified = headers.get("Last-Modified");
        Instant modified = lastModified == null ? null : HttpDates.parse(lastModified, now);
        if (lastModified != null && modified == null) {
            throw new IllegalArgumentException("the Last-Modified that was set is no date of HTTP");
        }
        return new Preconditions(request, parsed, modified, now);
    }

    /** For 304: without what describes contents that are not sent (RFC 9110, section 15.4.5). */
    static void withoutContents(GridFsHttpHeaders headers) {
        for (String name : new String[] {
            "Content-Type", "Content-Encoding", "Content-Language", "Content-Disposition", "Accept-Ranges"
        }) {
            headers.remove(name);
        }
    }

    /** For several parts: each has its own type. */
    static String contentType(GridFsHttpHeaders headers) {
        return Objects.requireNonNullElse(headers.get("Content-Type"), ContentTypes.UNKNOWN);
    }
}
