package dev.rotor.driver.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of failures that a KDC in a test does not bring about; the others are in the test with a KDC. */
class KerberosFailuresTest {

    private static final ServicePrincipal SERVICE = new ServicePrincipal("mongodb", "db1", null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Clients credentials have been revoked (18)" + " | the KDC says that the user is locked or has expired",
                "Password has expired (23) - change it | the password of the user has expired",
                "Checksum failed | the password or key of the user is wrong",
                "Clock skew too great (37) | the clocks of this machine and the KDC differ too much",
                "Cannot locate default realm"
                        + " | there is no default realm: set default_realm in krb5.conf, or give the realm with the name",
                "Wrong realm (68) | the KDC is not one of this realm: check the realms in krb5.conf",
                "Cannot find KDC for realm \"MOON.TEST\""
                        + " | no KDC is known of the realm MOON.TEST: check its name, and its kdc in krb5.conf"
            })
    void aLoginThatFailsIsExplained(String told, String explained) {
        assertThat(KerberosFailures.ofLogin(new LoginException(told), "alice", "password"))
                .isEqualTo("Kerberos login by password failed: " + explained);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ticket expired (32) | the ticket of the user has expired: run kinit, or replace the subject",
                "Clock skew too great (37) | the clocks of this machine and the KDC differ too much"
            })
    void aConversationThatCannotBeHadIsExplained(String told, String explained) {
        Exception failure = new Exception("GSS initiate failed", new IllegalStateException(told));
        assertThat(KerberosFailures.ofService(failure, "alice", SERVICE))
                .isEqualTo("Kerberos service mongodb/db1: " + explained);
    }

    @Test
    void silenceIsThatOfTheKdc() {
        LoginException failure = new LoginException("something");
        failure.initCause(new SocketTimeoutException("Receive timed out"));
        assertThat(KerberosFailures.ofLogin(failure, "alice", "password"))
                .endsWith("no KDC answers: check the kdc of the realm in krb5.conf, and the network");
    }

    @Test
    void whatIsNotKnownIsToldInTheWordsOfTheInnermostCauseWithoutTheUser() {
        Exception failure =
                new Exception("outer", new Exception("no luck for alice today (60)", new Exception("ASN (906)")));
        assertThat(KerberosFailures.ofService(failure, "alice", SERVICE))
                .isEqualTo("Kerberos service mongodb/db1: no luck for *** today (60)");
    }
}
