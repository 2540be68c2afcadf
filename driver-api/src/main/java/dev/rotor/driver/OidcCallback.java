package dev.rotor.driver;

import java.util.concurrent.CompletionStage;

/**
 * Gets tokens of an identity provider for {@code MONGODB-OIDC}; see "OIDC Callback" in the Authentication
 * specification. The client remembers the token and asks again when the server does not take it any more. It calls one
 * callback at a time, on a thread of its own that may block, and not more than ten times a second.
 */
@FunctionalInterface
public interface OidcCallback {

    /**
     * Gets a token.
     *
     * @param context what is known of the request
     * @return the token; a failure, {@code null} or what is thrown fails the authentication. What has not completed
     *     after {@link OidcCallbackContext#timeout()} is cancelled and counts as failed; a thread that is still in the
     *     call is interrupted, and no other call is made until it has returned
     */
    CompletionStage<OidcCallbackResult> onRequest(OidcCallbackContext context);
}
