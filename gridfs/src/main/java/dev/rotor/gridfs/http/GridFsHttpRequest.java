package dev.rotor.gridfs.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, without its body: neither GET nor HEAD has one that matters.
 *
 * @param method the method as the client wrote it, for example {@code GET}
 * @param path the target of the request as the client wrote it, still percent-encoded; a query behind it is not looked
 *     at
 * @param headers the header fields by name, in whatever case; each with its lines in order
 */
public record GridFsHttpRequest(String method, String path, Map<String, List<String>> headers) {

    /**
     * Copies the header fields, which can from then on be looked up in any case. Their lines may be anything: they are
     * the client's.
     */
    public GridFsHttpRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        headers = HeaderMaps.copy(headers);
    }

    /**
     * The value of a header field; of one with several lines all of them, as one list (RFC 9110, section 5.3).
     *
     * @param name the name, in any case
     * @return the value, or {@code null} if the client did not send the field
     */
    public @Nullable String header(String name) {
        List<String> lines = headers.get(Objects.requireNonNull(name, "name"));
        return lines == null || lines.isEmpty() ? null : String.join(", ", lines);
    }
}
