package dev.rotor.driver.integration;

import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.auth.ExternalUsers;
import dev.rotor.testserver.auth.SaslConversation;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kerby.kerberos.kerb.client.KrbClient;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.jspecify.annotations.Nullable;

/**
 * A realm of Kerberos with its KDC, users and a server that takes their tickets, all on this machine. It is of the
 * whole JVM, since the JDK reads one {@code krb5.conf}: so it has a JVM of its own. Tickets could be forwarded, but for
 * this KDC, which the JDK does not understand when it asks for that: a client that tries to is refused.
 */
final class KerberosRealm implements AutoCloseable {

    static final String NAME = "ROTOR.TEST";
    static final String USER = "alice@" + NAME;
    static final String PASSWORD = "opensesame";
    /** The user of the ticket cache, if somebody has put a ticket there. */
    static final String TICKET_USER = "carol@" + NAME;

    final TestServer server;
    final Path userKeytab;
    /** The kind of service that takes the tickets. */
    volatile String serviceName = "mongodb";

    private final SimpleKdcServer kdc;
    private final Subject service;

    /**
     * Starts it.
     *
     * @param folder for its files
     * @param misplaced a host that {@code krb5.conf} takes for one of another realm, which has no KDC
     */
    KerberosRealm(Path folder, String misplaced) throws Exception {
        int port = freePort();
        kdc = new SimpleKdcServer();
        kdc.setWorkDir(Files.createDirectory(folder.resolve("kdc")).toFile());
        kdc.setKdcRealm(NAME);
        kdc.setKdcHost("127.0.0.1");
        kdc.setAllowUdp(false);
        kdc.setKdcTcpPort(port);
        kdc.init();
        kdc.start();
        Path configuration = folder.resolve("rotor-krb5.conf");
        Files.writeString(
                configuration,
                """
                [libdefaults]
                  default_realm = %1$s
                  udp_preference_limit = 1
                  forwardable = true
                  dns_lookup_kdc = false
                  dns_lookup_realm = false
                  dns_canonicalize_hostname = false
                [realms]
                  %1$s = {
                    kdc = 127.0.0.1:%2$d
                  }
                [domain_realm]
                  %3$s = OTHER.TEST
                """
                        .formatted(NAME, port, misplaced));
        System.setProperty("java.security.krb5.conf", configuration.toString());

        Path serviceKeytab = folder.resolve("service.keytab");
        kdc.createAndExportPrincipals(
                serviceKeytab.toFile(),
                "mongodb/localhost",
                "db/localhost",
                "mongodb/db1.rotor.test",
                "mongodb/" + misplaced);
        userKeytab = folder.resolve("user.keytab");
        kdc.createAndExportPrincipals(userKeytab.toFile(), "bob");
        kdc.createPrincipal("alice", PASSWORD);
        kdc.createPrincipal("carol", "carols");
        service = logIn(Map.of(
                "useKeyTab", "true",
                "keyTab", serviceKeytab.toString(),
                "principal", "*",
                "storeKey", "true",
                "isInitiator", "false",
                "doNotPrompt", "true"));

        ExternalUsers users = new ExternalUsers();
        users.addMechanism("GSSAPI", ServerSide::new);
        server = TestServer.standalone().auth("root", "secret").external(users).start();
    }

    /** Somebody else may take it meanwhile; then the KDC does not start, and says so. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String hostAndPort() {
        String address = server.addresses().get(0).toString();
        return "localhost" + address.substring(address.lastIndexOf(':'));
    }

    /** Does what {@code kinit} does. */
    void putTicketInto(Path cache) throws Exception {
        KrbClient client = kdc.getKrbClient();
        client.storeTicket(client.requestTgt(TICKET_USER, "carols"), cache.toFile());
    }

    /** A subject with a ticket of the user of the keytab. */
    Subject subject() throws LoginException {
        return logIn(Map.of(
                "useKeyTab",
                "true",
                "keyTab",
                userKeytab.toString(),
                "principal",
                "bob@" + NAME,
                "doNotPrompt",
                "true"));
    }

    private static Subject logIn(Map<String, String> options) throws LoginException {
        LoginContext context = new LoginContext("test", null, null, configuration(options));
        context.login();
        return context.getSubject();
    }

    /** A JAAS configuration whose every entry is this. */
    static Configuration configuration(Map<String, String> options) {
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            options)
                };
            }
        };
    }

    void stopKdc() throws Exception {
        kdc.stop();
    }

    @Override
    public void close() {
        server.close();
    }

    /** The server's side of one conversation, by the JDK. */
    private final class ServerSide implements SaslConversation {

        private @Nullable SaslServer sasl;

        @Override
        public byte[] answer(byte[] message) {
            try {
                byte[] answer = Subject.doAs(service, (PrivilegedExceptionAction<byte @Nullable []>)
                        () -> server().evaluateResponse(message));
                return answer == null ? new byte[0] : answer;
            } catch (PrivilegedActionException e) {
                throw new CommandError(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
            }
        }

        private SaslServer server() throws SaslException {
            if (sasl == null) {
                CallbackHandler authorizes = questions -> {
                    AuthorizeCallback question = (AuthorizeCallback) questions[0];
                    question.setAuthorized(question.getAuthenticationID().equals(question.getAuthorizationID()));
                };
                sasl = Sasl.createSaslServer(
                        "GSSAPI", serviceName, null, Map.of(Sasl.QOP, "auth,auth-int"), authorizes);
            }
            return sasl;
        }

        @Override
        public boolean isDone() {
            return sasl != null && sasl.isComplete();
        }

        @Override
        public String fullName() {
            return (sasl == null ? "nobody" : sasl.getAuthorizationID()) + "@$external";
        }
    }
}
