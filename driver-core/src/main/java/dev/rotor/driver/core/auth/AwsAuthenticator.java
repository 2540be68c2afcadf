package dev.rotor.driver.core.auth;

import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import org.jspecify.annotations.Nullable;

/** MONGODB-AWS for all connections of a client, which share its credentials. */
final class AwsAuthenticator implements Authenticator {

    private final String source;
    private final @Nullable ServerApi serverApi;
    private final AwsCredentials credentials;
    private final AuthResources resources;

    AwsAuthenticator(
            String source, @Nullable ServerApi serverApi, AwsCredentials credentials, AuthResources resources) {
        this.source = source;
        this.serverApi = serverApi;
        this.credentials = credentials;
        this.resources = resources;
    }

    @Override
    public Conversation converse() {
        return new AwsConversation(source, serverApi, credentials, resources);
    }

    @Override
    public void close() {
        resources.http().close();
        credentials.invalidate();
    }
}
