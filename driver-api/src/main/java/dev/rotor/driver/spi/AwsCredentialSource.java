package dev.rotor.driver.spi;

import java.util.concurrent.CompletionStage;

/**
 * Gives the credentials of Amazon Web Services for {@code MONGODB-AWS}, instead of those that the driver finds in the
 * environment, for example by means of the AWS SDK. Either {@code MongoCredential.withAwsCredentialSource} names one,
 * or {@link java.util.ServiceLoader} finds one. See "Custom Credential Providers" in the Authentication specification.
 */
@FunctionalInterface
public interface AwsCredentialSource {

    /**
     * Gives the credentials. Called for each connection that authenticates, several at a time, on threads of the client
     * that may block: caching and renewing is the source's.
     *
     * @return the credentials; a failure, {@code null} or what is thrown fails the authentication of that connection
     */
    CompletionStage<AwsCredential> credentials();
}
