package dev.rotor.gridfs.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a response while it is being made. Names are found in any case. What could end a line, and so
 * begin a header field of somebody else's choice, is refused. Not for use by several threads.
 */
public final class GridFsHttpHeaders {

    /** How the message is framed is decided by what is sent, and by the server that sends it. */
    private static final Set<String> FRAMING =
            Set.of("content-length", "content-range", "transfer-encoding", "connection", "trailer", "upgrade");

    private final TreeMap<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    GridFsHttpHeaders() {}

    /**
     * Sets a header field, in place of what it was.
     *
     * @param name the name
     * @param value the value: visible ASCII characters, spaces and tabs; spaces and tabs around it are left out
     * @return this
     * @throws IllegalArgumentException if the name is none, if the value has other characters, or if it is one of the
     *     fields that say how the message is framed, such as {@code Content-Length}
     */
    public GridFsHttpHeaders set(String name, String value) {
        refuseFraming(name);
        return put(name, value);
    }

    /**
     * Adds a line to a header field.
     *
     * @param name the name
     * @param value the value: visible ASCII characters, spaces and tabs; spaces and tabs around it are left out
     * @return this
     * @throws IllegalArgumentException as {@link #set} does
     */
    public GridFsHttpHeaders add(String name, String value) {
        refuseFraming(name);
        HeaderText.check(name, value);
        lines.computeIfAbsent(name, none -> new ArrayList<>()).add(HeaderText.trim(value));
        return this;
    }

    /**
     * Takes a header field away.
     *
     * @param name the name; nothing happens if there is no such field
     * @return this
     */
    public GridFsHttpHeaders remove(String name) {
        lines.remove(Objects.requireNonNull(name, "name"));
        return this;
    }

    /**
     * The first line of a header field.
     *
     * @param name the name
     * @return the value, or {@code null} if there is no such field
     */
    public @Nullable String get(String name) {
        List<String> values = lines.get(Objects.requireNonNull(name, "name"));
        return values == null ? null : values.get(0);
    }

    /**
     * Sets {@code Content-Disposition} (RFC 6266), with the name in whatever script encoded as RFC 8187 says.
     *
     * @param disposition what the client is to do with the file; {@link GridFsDisposition#NONE} takes the field away
     * @param filename the name to save it under, of which what is before the last slash is left out; {@code null}: none
     * @return this
     */
    public GridFsHttpHeaders contentDisposition(GridFsDisposition disposition, @Nullable String filename) {
        String value = ContentDisposition.value(disposition, filename);
        return value == null ? remove("Content-Disposition") : put("Content-Disposition", value);
    }

    /** As {@link #set}, for any field. */
    GridFsHttpHeaders put(String name, String value) {
        HeaderText.check(name, value);
        List<String> values = new ArrayList<>();
        // Spaces around a value are no part of it (RFC 9110, section 5.5), and some servers refuse to send them.
        values.add(HeaderText.trim(value));
        lines.put(name, values);
        return this;
    }

    /** A view. */
    Map<String, List<String>> asMap() {
        return lines;
    }

    private static void refuseFraming(String name) {
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    name + " cannot be set: it follows from what is sent and from the server that sends it");
        }
    }

    /** The names only: values may be what only the client is to see. */
    @Override
    public String toString() {
        return "GridFsHttpHeaders" + lines.keySet();
    }
}
