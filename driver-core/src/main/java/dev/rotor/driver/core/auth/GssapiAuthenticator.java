package dev.rotor.driver.core.auth;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import org.jspecify.annotations.Nullable;

/** GSSAPI for all connections of a client, which share its login. */
final class GssapiAuthenticator implements Authenticator {

    private final MongoCredential credential;
    private final @Nullable ServerApi serverApi;
    private final AuthResources resources;
    private final KerberosLogin login;

    GssapiAuthenticator(MongoCredential credential, @Nullable ServerApi serverApi, AuthResources resources) {
        this.credential = credential;
        this.serverApi = serverApi;
        this.resources = resources;
        this.login = new KerberosLogin(credential, resources.kerberos(), resources.time());
    }

    @Override
    public Conversation converse() {
        return new GssapiConversation(credential, serverApi, login, resources);
    }

    @Override
    public void close() {
        login.close();
    }
}
