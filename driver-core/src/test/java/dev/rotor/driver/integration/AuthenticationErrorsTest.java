package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.testserver.TestServer;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sentences that a person reads whose sign-in fails, whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationErrorsTest {

    private final TestServer server =
            TestServer.standalone().auth("ada", "right-password").start();
    private final String address = server.addresses().get(0).toString();

    @AfterAll
    void close() {
        server.close();
    }

    private MongoSecurityException failure(String user, String options) {
        try (MongoClient client = MongoClient.create("mongodb://" + user + "@" + address + "/" + options)) {
            return catchThrowableOfType(
                    MongoSecurityException.class,
                    () -> TestDeployment.await(
                            client.getDatabase("admin").runCommand(new Document("connectionStatus", 1))));
        }
    }

    private String refused(String mechanism, String source) {
        return "Authentication with " + mechanism + " at " + address + " against database " + source
                + " failed: Authentication failed. (check the user name, the password, authSource, and that the user may"
                + " use this mechanism)";
    }

    @Test
    void aWrongPassword() {
        assertThat(failure("ada:wrong-password", "")).hasMessage(refused("SCRAM-SHA-256", "admin"));
    }

    @Test
    void aWrongAuthSource() {
        assertThat(failure("ada:right-password", "?authSource=elsewhere"))
                .hasMessage(refused("SCRAM-SHA-1", "elsewhere"));
    }

    @Test
    void aMechanismThatTheServerDoesNotHave() {
        assertThat(failure("ada:right-password", "?authMechanism=PLAIN"))
                .hasMessage("Authentication with PLAIN at " + address + " against database $external failed: Received"
                        + " authentication for mechanism PLAIN which is unknown or not enabled (check authMechanism, and"
                        + " authenticationMechanisms in the server's configuration)");
    }
}
