package dev.rotor.gridfs.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says how long clients may use a file without asking again. Must not block. */
@FunctionalInterface
public interface GridFsCacheTime {

    /**
     * The time for one file.
     *
     * @param name the name by which it was asked for
     * @param modified when it was stored; {@code null} if that is not known
     * @param contentType its media type
     * @return the time, to the second, which is sent as {@code Cache-Control: max-age} and {@code Expires}; zero:
     *     clients may keep the file, but ask whether there is a newer one each time ({@code no-cache}), which 304
     *     answers; {@code null}: nothing is said, and clients guess
     */
    @Nullable
    Duration cacheTime(String name, @Nullable Instant modified, String contentType);
}
