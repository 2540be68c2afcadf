package dev.rotor.driver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an {@link OidcCallback} is told. Made by the driver; may tell more in later versions. */
public interface OidcCallbackContext {

    /**
     * How long the driver waits.
     *
     * @return one minute, or what is left of the time to connect if {@code timeoutMS} is set; five minutes for a
     *     callback that asks humans
     */
    Duration timeout();

    /**
     * The version of this interface.
     *
     * @return 1
     */
    int version();

    /**
     * The user of the credential.
     *
     * @return the name, or {@code null} where the credential has none
     */
    @Nullable
    String username();

    /**
     * Where the human is to sign in.
     *
     * @return what the server has told of the identity provider; {@code null} for callbacks that do not ask humans
     */
    @Nullable
    OidcIdpInfo idpInfo();

    /**
     * What the callback gave along with an earlier token.
     *
     * @return the refresh token, or {@code null} where there is none, and for callbacks that do not ask humans
     */
    @Nullable
    Secret refreshToken();
}
