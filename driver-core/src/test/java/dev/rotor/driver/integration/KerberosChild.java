package dev.rotor.driver.integration;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCredential;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.security.auth.Subject;
import javax.security.auth.login.Configuration;
import javax.security.sasl.Sasl;
import org.bson.Document;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSManager;

/** What {@link KerberosTest} asks of a client in a realm of Kerberos, in a JVM of its own; one line for each answer. */
final class KerberosChild {

    static final String ANSWER = "ANSWER\t";

    private static final String MISPLACED = "db2.elsewhere.test";

    private final KerberosRealm realm;

    private KerberosChild(KerberosRealm realm) {
        this.realm = realm;
    }

    /** With a folder for files, and the ticket cache that the environment variable KRB5CCNAME names. */
    public static void main(String[] args) throws Exception {
        try (KerberosRealm realm = new KerberosRealm(Path.of(args[0]), MISPLACED)) {
            new KerberosChild(realm).run(Path.of(args[1]));
        }
        // Kerby leaves threads that are no daemons.
        System.exit(0);
    }

    private void run(Path ticketCache) throws Exception {
        answer("server", realm.hostAndPort());
        answer("password in the connection string", uri("alice%40ROTOR.TEST:" + KerberosRealm.PASSWORD, ""));
        MongoCredential alice = MongoCredential.createGSSAPICredential(KerberosRealm.USER);
        MongoCredential known = alice.withPassword(KerberosRealm.PASSWORD.toCharArray());
        answer("password in code", known);
        answer("wrong password", alice.withPassword("guessed".toCharArray()));
        answer("unknown user", uri("mallory:guessed", ""));
        answer("unknown realm", uri("alice%40NOWHERE.TEST:guessed", ""));
        answer("several connections", several(known));

        realm.serviceName = "db";
        answer("service name", known.withMechanismProperty("SERVICE_NAME", "db"));
        realm.serviceName = "mongodb";
        answer("wrong service name", known.withMechanismProperty("SERVICE_NAME", "nonesuch"));
        answer("service host", known.withMechanismProperty("SERVICE_HOST", "db1.rotor.test"));
        MongoCredential misplaced = known.withMechanismProperty("SERVICE_HOST", MISPLACED);
        answer("service host of another realm", misplaced);
        answer("service realm", misplaced.withMechanismProperty("SERVICE_REALM", KerberosRealm.NAME));
        answer("wrong service realm", known.withMechanismProperty("SERVICE_REALM", "OTHER.TEST"));
        answer("canonicalized", known.withMechanismProperty("CANONICALIZE_HOST_NAME", "forwardAndReverse"));

        answer("no ticket", MongoCredential.createGSSAPICredential(KerberosRealm.TICKET_USER));
        realm.putTicketInto(ticketCache);
        answer("ticket cache", MongoCredential.createGSSAPICredential(KerberosRealm.TICKET_USER));
        answer("ticket of somebody else", alice);

        MongoCredential bob = MongoCredential.createGSSAPICredential("bob@" + KerberosRealm.NAME);
        Subject subject = realm.subject();
        answer("subject", bob.withKerberosSubjectSource(() -> CompletableFuture.completedStage(subject)));
        answer("empty subject", bob.withKerberosSubjectSource(() -> CompletableFuture.completedStage(new Subject())));
        answer("no login context", bob.withKerberosLoginContext("absent"));
        answer("layer of security", known.withSaslClientProperties(Map.of(Sasl.QOP, "auth-int")));
        answer("SASL client properties", known.withSaslClientProperties(Map.of(Sasl.SERVER_AUTH, "false")));

        GSSCredential credential = Subject.doAs(subject, (PrivilegedExceptionAction<GSSCredential>)
                () -> GSSManager.getInstance().createCredential(GSSCredential.INITIATE_ONLY));
        answer(
                "forwarded",
                bob.withKerberosSubjectSource(() -> CompletableFuture.completedStage(subject))
                        .withSaslClientProperties(Map.of(Sasl.CREDENTIALS, credential)));

        Configuration.setConfiguration(KerberosRealm.configuration(Map.of(
                "useKeyTab",
                "true",
                "keyTab",
                realm.userKeytab.toString(),
                "principal",
                "bob@" + KerberosRealm.NAME,
                "doNotPrompt",
                "true")));
        answer("login context", bob.withKerberosLoginContext("any"));
        answer("usual login context", bob);

        realm.stopKdc();
        answer("no KDC", known);
    }

    private MongoCredential uri(String user, String options) {
        return Objects.requireNonNull(new ConnectionString(
                        "mongodb://" + user + "@" + realm.hostAndPort() + "/?authMechanism=GSSAPI" + options)
                .credential());
    }

    private static void answer(String question, String answer) {
        System.out.println(ANSWER + question + "\t" + answer);
    }

    private void answer(String question, MongoCredential credential) {
        String answer;
        try (MongoClient client = client(credential)) {
            answer = userOf(client).toCompletableFuture().join();
        } catch (CompletionException e) {
            answer = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
        }
        answer(question, answer);
    }

    private String several(MongoCredential credential) {
        try (MongoClient client = client(credential)) {
            List<CompletableFuture<String>> users = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                users.add(userOf(client).toCompletableFuture());
            }
            return users.stream()
                    .map(CompletableFuture::join)
                    .distinct()
                    .toList()
                    .toString();
        }
    }

    private MongoClient client(MongoCredential credential) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        "mongodb://" + realm.hostAndPort() + "/?transport=nio&connectTimeoutMS=120000"))
                .credential(credential)
                .build());
    }

    private static CompletionStage<String> userOf(MongoClient client) {
        return client.getDatabase("admin")
                .runCommand(new Document("connectionStatus", 1))
                .thenApply(status -> {
                    Document user = status.get("authInfo", Document.class)
                            .getList("authenticatedUsers", Document.class)
                            .get(0);
                    return user.getString("user") + " of " + user.getString("db");
                });
    }
}
