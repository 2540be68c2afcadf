package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * GSSAPI from the client to a server that takes tickets of a KDC, both on this machine. The JDK's Kerberos is of the
 * whole JVM, so all of that happens in another one, {@link KerberosChild}.
 */
class KerberosTest {

    private static final int MINUTES = 5;
    private static final String FAILED = "Authentication with GSSAPI at %s against database $external failed: ";

    private static final Map<String, String> ANSWERS = new HashMap<>();

    @BeforeAll
    static void ask(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Path ticketCache = folder.resolve("tickets");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KerberosChild.class.getName(),
                folder.toString(),
                ticketCache.toString()));
        builder.environment().put("KRB5CCNAME", ticketCache.toString());
        Process child = builder.redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        boolean ended = child.waitFor(MINUTES, TimeUnit.MINUTES);
        child.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(child.exitValue()).as(said).isZero();
        said.lines().filter(line -> line.startsWith(KerberosChild.ANSWER)).forEach(line -> {
            String[] parts = line.split("\t", 3);
            ANSWERS.put(parts[1], parts[2]);
        });
    }

    private static void assertFailed(String question, String why) {
        String server = ANSWERS.get("server");
        assertThat(ANSWERS).containsEntry(question, FAILED.formatted(server) + why);
    }

    @ParameterizedTest
    @CsvSource({
        "password in the connection string, alice",
        "password in code, alice",
        "ticket cache, carol",
        "login context, bob",
        "usual login context, bob",
        "subject, bob"
    })
    void everyWayToLogInGetsTheUserIn(String way, String user) {
        assertThat(ANSWERS).containsEntry(way, user + "@ROTOR.TEST of $external");
    }

    @ParameterizedTest
    @CsvSource({"service name", "service host", "service realm", "canonicalized", "SASL client properties"})
    void whateverNamesTheServiceIsUsed(String property) {
        assertThat(ANSWERS).containsEntry(property, "alice@ROTOR.TEST of $external");
    }

    @Test
    void connectionsThatAreMadeAtTheSameTimeAreAllAuthenticated() {
        assertThat(ANSWERS).containsEntry("several connections", "[alice@ROTOR.TEST of $external]");
    }

    /** A client that forwards tickets cannot do so here: so all of the others do not. */
    @Test
    void aTicketIsForwardedOnlyWithCredentialsAmongTheSaslClientProperties() {
        assertThat(ANSWERS.get("forwarded")).startsWith("Authentication with GSSAPI");
    }

    @Test
    void aWrongPasswordIsNamed() {
        assertFailed("wrong password", "Kerberos login by password failed: the password or key of the user is wrong");
    }

    @Test
    void anUnknownUserIsNamed() {
        assertFailed(
                "unknown user",
                "Kerberos login by password failed: the KDC does not know the user: check the name and its realm");
    }

    @Test
    void anUnknownRealmIsNamed() {
        assertFailed(
                "unknown realm",
                "Kerberos login by password failed: no KDC is known of the realm: check its name, and its kdc in"
                        + " krb5.conf");
    }

    @Test
    void aKdcThatIsNotThereIsNamed() {
        assertFailed(
                "no KDC",
                "Kerberos login by password failed: no KDC answers: check the kdc of the realm in krb5.conf, and the"
                        + " network");
    }

    @Test
    void aServiceThatTheKdcDoesNotKnowIsNamed() {
        assertFailed(
                "wrong service name",
                "Kerberos service nonesuch/localhost: the KDC does not know this service: check the properties"
                        + " SERVICE_NAME, SERVICE_HOST, SERVICE_REALM and CANONICALIZE_HOST_NAME, and that the KDC has a"
                        + " principal of the server");
    }

    @ParameterizedTest
    @CsvSource({
        "service host of another realm, mongodb/db2.elsewhere.test",
        "wrong service realm, mongodb/localhost@OTHER.TEST"
    })
    void aRealmToWhichThereIsNoWayIsNamed(String question, String service) {
        assertFailed(
                question,
                "Kerberos service " + service + ": there is no way from the user's realm to the service's: check the"
                        + " property SERVICE_REALM, and domain_realm and capaths in krb5.conf");
    }

    @ParameterizedTest
    @CsvSource({"no ticket", "ticket of somebody else"})
    void aTicketThatIsMissingIsNamedWithWhatToDo(String question) {
        assertFailed(
                question,
                "Kerberos login by ticket cache failed: there is no ticket or key of the user: run kinit, or give a"
                        + " password, a JAAS login context with a keytab, or a subject");
    }

    @Test
    void aSubjectWithoutTicketsIsNamed() {
        assertFailed(
                "empty subject",
                "Kerberos service mongodb/localhost: the subject has no ticket of this user: run kinit, or log the"
                        + " subject in");
    }

    @Test
    void aLoginContextThatIsMissingIsNamed() {
        assertFailed(
                "no login context",
                "Kerberos login by JAAS login context absent failed: there is no such entry in the JAAS configuration:"
                        + " see the system property java.security.auth.login.config");
    }

    @Test
    void aLayerOfSecurityOfSaslIsRefused() {
        assertFailed(
                "layer of security",
                "the SASL client properties ask for the quality of protection auth-int, and MongoDB has none but auth");
    }

    @Test
    void noAnswerShowsAUserOrAPassword() {
        assertThat(ANSWERS.values().stream().filter(answer -> answer.startsWith("Authentication")))
                .isNotEmpty()
                .noneMatch(answer -> answer.matches(".*(alice|bob|carol|mallory|opensesame|guessed).*"));
    }
}
