package dev.rotor.driver;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pins the commands of a client to a version of the Stable API, as the Versioned API specification defines it. It can
 * be set with {@link MongoClientSettings.Builder#serverApi}, not in a connection string.
 *
 * @param version the version that servers must support
 * @param strict whether servers refuse commands that are not in the version; {@code null} sends nothing, which servers
 *     take as {@code false}
 * @param deprecationErrors whether servers refuse what the version deprecates; {@code null} sends nothing, which
 *     servers take as {@code false}
 */
public record ServerApi(ServerApiVersion version, @Nullable Boolean strict, @Nullable Boolean deprecationErrors) {

    /** Version 1, neither strict nor refusing what is deprecated. */
    public static final ServerApi V1 = new ServerApi(ServerApiVersion.V1, null, null);

    public ServerApi {
        Objects.requireNonNull(version, "version");
    }

    /**
     * The same with strictness.
     *
     * @param strict whether servers refuse commands that are not in the version; {@code null} sends nothing
     * @return a copy
     */
    public ServerApi withStrict(@Nullable Boolean strict) {
        return new ServerApi(version, strict, deprecationErrors);
    }

    /**
     * The same with a rule for what is deprecated.
     *
     * @param deprecationErrors whether servers refuse what the version deprecates; {@code null} sends nothing
     * @return a copy
     */
    public ServerApi withDeprecationErrors(@Nullable Boolean deprecationErrors) {
        return new ServerApi(version, strict, deprecationErrors);
    }
}
