package dev.rotor.gridfs.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Responses without a file: a status and a few words. */
final class Answers {

    private Answers() {}

    /**
     * An answer.
     *
     * @param text what a person reads; nothing from the request, nothing from the inside
     * @param field a header field that belongs to the status; null for none
     */
    static GridFsHttpResponse of(
            int status, String text, @Nullable String field, @Nullable String value, boolean head, Instant now) {
        GridFsHttpHeaders headers = new GridFsHttpHeaders();
        String date = HttpDates.format(now);
        if (date != null) {
            headers.put("Date", date);
        }
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("X-Content-Type-Options", "nosniff");
        // What is not there today may be there tomorrow.
        headers.put("Cache-Control", "no-store");
        if (field != null && value != null) {
            headers.put(field, value);
        }
        Body body = Body.of(text + "\n");
        headers.put("Content-Length", Long.toString(body.length()));
        return new GridFsHttpResponse(
                status,
                headers.asMap(),
                body.length(),
                head ? null : body.parts().get(0));
    }

    static String text(int status) {
        return switch (status) {
            case 404 -> "There is no such file.";
            case 503 -> "The file cannot be read at the moment.";
            default -> "The file cannot be read.";
        };
    }
}
