package dev.rotor.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server tells of the identity provider where a human signs in. Made by the driver. */
public interface OidcIdpInfo {

    /**
     * The authorization server, as RFC 8414 names it.
     *
     * @return a URL
     */
    String issuer();

    /**
     * The id of this client at the provider.
     *
     * @return the id, or {@code null} where the server has told none
     */
    @Nullable
    String clientId();

    /**
     * Scopes to ask for besides the usual ones.
     *
     * @return the scopes, unmodifiable; empty for none
     */
    List<String> requestScopes();
}
