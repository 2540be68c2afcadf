package dev.rotor.driver.spi;

import java.util.concurrent.CompletionStage;
import javax.security.auth.Subject;

/**
 * Gives the {@link Subject} in whose name {@code GSSAPI} authenticates, instead of one that the driver logs in itself.
 * {@code MongoCredential.withKerberosSubjectSource} names one. See "GSSAPI" in the Authentication specification.
 */
@FunctionalInterface
public interface KerberosSubjectSource {

    /**
     * Gives the subject. Called for each connection that authenticates, several at a time, on threads of the client
     * that may block: keeping it, and replacing it before its ticket expires, is the source's. An application with one
     * subject for good gives {@code () -> CompletableFuture.completedStage(subject)}.
     *
     * @return the subject, with a ticket-granting ticket among its private credentials; a failure, {@code null} or what
     *     is thrown fails the authentication of that connection
     */
    CompletionStage<Subject> subject();
}
