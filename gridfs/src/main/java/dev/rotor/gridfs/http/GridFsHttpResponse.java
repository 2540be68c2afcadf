package dev.rotor.gridfs.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * What a client is to be told. Whoever sends it sends the header fields as they are, then what the body gives, and
 * nothing else. Nothing is read before somebody subscribes to the body, so a response may as well be thrown away.
 *
 * @param status the status code, for example 200
 * @param headers the header fields, by name in any case, each with its lines in order. {@code Content-Length} is among
 *     them where there is one. Names and values are safe to be sent as they are
 * @param contentLength how many bytes the body has, or to a HEAD request would have had; -1 if the response says
 *     nothing about it, which 304 does
 * @param body the body, in pieces that belong to the subscriber, exactly {@code contentLength} bytes in all. When it
 *     fails midway, the connection must be cut, since nothing else tells the client. Cancelling the subscription, which
 *     is due when the client is gone, releases the server's cursor. {@code null}: there is nothing to send
 */
public record GridFsHttpResponse(
        int status, Map<String, List<String>> headers, long contentLength, @Nullable Publisher<ByteBuffer> body) {

    /** Copies the header fields. */
    public GridFsHttpResponse {
        headers = HeaderMaps.copy(headers);
    }

    /**
     * The first line of a header field.
     *
     * @param name the name, in any case
     * @return the value, or {@code null} if there is no such field
     */
    public @Nullable String header(String name) {
        List<String> lines = headers.get(Objects.requireNonNull(name, "name"));
        return lines == null || lines.isEmpty() ? null : lines.get(0);
    }
}
