package dev.rotor.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who authenticates and how, as the Authentication specification defines it. Immutable; {@link #toString()} shows
 * neither password nor properties.
 */
public final class MongoCredential {

    /** The source of users that servers do not store themselves. */
    public static final String EXTERNAL_SOURCE = "$external";

    private final @Nullable AuthMechanism mechanism;
    private final @Nullable String username;
    private final String source;
    private final @Nullable Secret password;
    private final Map<String, String> mechanismProperties;

    MongoCredential(
            @Nullable AuthMechanism mechanism,
            @Nullable String username,
            String source,
            @Nullable Secret password,
            Map<String, String> mechanismProperties) {
        this.mechanism = mechanism;
        this.username = username;
        this.source = Objects.requireNonNull(source, "source");
        this.password = password;
        this.mechanismProperties = Collections.unmodifiableMap(new LinkedHashMap<>(mechanismProperties));
    }

    /**
     * A user with a password; server and driver agree on the strongest SCRAM that both know.
     *
     * @param username the user, not empty
     * @param source the database that knows the user, for example {@code "admin"}
     * @param password the password; copied, so the caller may wipe it
     * @return the credential
     */
    public static MongoCredential createCredential(String username, String source, char[] password) {
        return new MongoCredential(null, username, source, Secret.of(password), Map.of());
    }

    /**
     * The way to authenticate.
     *
     * @return the mechanism, or {@code null} when server and driver agree on one
     */
    public @Nullable AuthMechanism mechanism() {
        return mechanism;
    }

    /**
     * The user.
     *
     * @return the name, or {@code null} for mechanisms that need none
     */
    public @Nullable String username() {
        return username;
    }

    /**
     * The database to authenticate against.
     *
     * @return a database, or {@link #EXTERNAL_SOURCE}
     */
    public String source() {
        return source;
    }

    /**
     * The password.
     *
     * @return the password, or {@code null} for mechanisms that need none
     */
    public @Nullable Secret password() {
        return password;
    }

    /**
     * Further parameters of the mechanism, the {@code authMechanismProperties}.
     *
     * @return names and values, unmodifiable
     */
    public Map<String, String> mechanismProperties() {
        return mechanismProperties;
    }

    @Override
    public String toString() {
        return "MongoCredential[mechanism=" + (mechanism == null ? "default" : mechanism.wireName()) + ", source="
                + source + ", username and password hidden]";
    }
}
