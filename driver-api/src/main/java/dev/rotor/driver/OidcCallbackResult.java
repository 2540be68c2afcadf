package dev.rotor.driver;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an {@link OidcCallback} gives. Immutable; {@link #toString()} shows no token. */
public final class OidcCallbackResult {

    private final Secret accessToken;
    private final @Nullable Duration expiresIn;
    private final @Nullable Secret refreshToken;

    private OidcCallbackResult(Secret accessToken, @Nullable Duration expiresIn, @Nullable Secret refreshToken) {
        this.accessToken = accessToken;
        this.expiresIn = expiresIn;
        this.refreshToken = refreshToken;
    }

    /**
     * A token that is good until the server says otherwise.
     *
     * @param accessToken the access token, a signed JWT; the driver does not look into it
     * @return the result
     */
    public static OidcCallbackResult of(CharSequence accessToken) {
        return new OidcCallbackResult(Secret.of(Objects.requireNonNull(accessToken, "accessToken")), null, null);
    }

    /**
     * The same with the time that the token is good for. It is for information: as the Authentication specification has
     * it ("OIDC Callback"), a token is used until the server refuses it.
     *
     * @param time 0 or more
     * @return a copy
     * @throws IllegalArgumentException if the time is negative
     */
    public OidcCallbackResult withExpiresIn(Duration time) {
        if (Objects.requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("expiresIn must not be negative, but is " + time);
        }
        return new OidcCallbackResult(accessToken, time, refreshToken);
    }

    /**
     * The same with a refresh token, which the driver hands to the next call of a callback that asks humans.
     *
     * @param token the refresh token
     * @return a copy
     */
    public OidcCallbackResult withRefreshToken(CharSequence token) {
        return new OidcCallbackResult(accessToken, expiresIn, Secret.of(Objects.requireNonNull(token, "token")));
    }

    /**
     * The access token.
     *
     * @return the token
     */
    public Secret accessToken() {
        return accessToken;
    }

    /**
     * The time that the token is good for.
     *
     * @return the time, or {@code null} where it is not known
     */
    public @Nullable Duration expiresIn() {
        return expiresIn;
    }

    /**
     * The refresh token.
     *
     * @return the token, or {@code null} for none
     */
    public @Nullable Secret refreshToken() {
        return refreshToken;
    }

    /** The time; tokens are hidden. */
    @Override
    public String toString() {
        return "OidcCallbackResult[expiresIn=" + expiresIn + ", tokens hidden]";
    }
}
