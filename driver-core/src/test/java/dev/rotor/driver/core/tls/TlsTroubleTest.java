package dev.rotor.driver.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTroubleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Unsupported or unrecognized SSL message | speak TLS at this port",
                "error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER | speak TLS at this port",
                "(bad_certificate) Received fatal alert: bad_certificate | does tlsCertificateKeyFile name one?",
                "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE | does tlsCertificateKeyFile name one?",
                "error:14094412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate | does tlsCertificateKeyFile name one?",
                "Received fatal alert: certificate_required | does tlsCertificateKeyFile name one?",
                "OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED | does tlsCertificateKeyFile name one?",
                "Received fatal alert: certificate_expired | has expired: have it renewed",
                "Received fatal alert: certificate_revoked | was revoked: have a new one issued",
                "Received fatal alert: unknown_ca | does not know who issued the client certificate",
                "OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA | does not know who issued the client certificate",
                "Received fatal alert: certificate_unknown | has it expired, or is it of an authority that the server does not",
                "Received fatal alert: handshake_failure | may want a client certificate (does tlsCertificateKeyFile name one?)",
                "OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE | may want a client certificate",
                "Received fatal alert: protocol_version | neither TLS 1.2 nor TLS 1.3",
                "No appropriate protocol (protocol is disabled or cipher suites are inappropriate) | neither TLS 1.2 nor"
            })
    void whatIsThrownIsExplained(String message, String hint) {
        assertThat(TlsTrouble.hint(message)).startsWith("; ").contains(hint);
    }

    @Test
    void theAlertInFrontIsLeftOut() {
        assertThat(TlsTrouble.words("(certificate_unknown) the certificate is for others"))
                .isEqualTo("the certificate is for others");
        assertThat(TlsTrouble.words("the certificate (of db1) is for others"))
                .isEqualTo("the certificate (of db1) is for others");
    }

    @Test
    void whatSpeaksForItselfIsLeftAlone() {
        assertThat(TlsTrouble.hint("the certificate is for db1, not for db2; connect by a name that it has"))
                .isEmpty();
    }
}
