package dev.rotor.driver.core.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions and answers of the Online Certificate Status Protocol, RFC 6960. The platform judges the answers: their
 * signature, who may sign, their time. Pure functions.
 */
final class Ocsp {

    /** 1.3.14.3.2.26, SHA-1, with which certificates are named here. It protects nothing. */
    private static final byte[] SHA_1 = {0x2b, 0x0e, 0x03, 0x02, 0x1a};

    private static final int UNKNOWN_STATUS = 0x82;

    private Ocsp() {}

    /** What an answer says. */
    enum Status {
        /** The certificate was not revoked. */
        GOOD,
        /** The certificate was revoked. */
        REVOKED,
        /** Whoever answers does not know the certificate. */
        UNKNOWN,
        /** Not an answer that could be trusted, or one about something else, or one of another time. */
        INVALID
    }

    /**
     * A judgement.
     *
     * @param status what the answer says
     * @param reason what the platform says of an answer that is not good
     */
    record Verdict(Status status, @Nullable Exception reason) {

        static final Verdict GOOD = new Verdict(Status.GOOD, null);

        /** Whether the certificate's state is known now. */
        boolean isConclusive() {
            return status == Status.GOOD || status == Status.REVOKED;
        }
    }

    /**
     * The question whether a certificate was revoked. Equal for equal certificates: it holds their CertID and nothing
     * else.
     *
     * @param certificate the certificate
     * @param issuer the certificate of who has issued it
     */
    static byte[] question(X509Certificate certificate, X509Certificate issuer) throws GeneralSecurityException {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] name = sha1.digest(certificate.getIssuerX500Principal().getEncoded());
        byte[] bits = Der.read(issuer.getPublicKey().getEncoded())
                .get(0)
                .children()
                .get(1)
                .content();
        // The first byte counts the bits that are missing from the last one.
        byte[] key = sha1.digest(Arrays.copyOfRange(bits, 1, bits.length));
        byte[] id = Der.of(
                Der.SEQUENCE,
                Der.of(Der.SEQUENCE, Der.of(Der.OBJECT_ID, SHA_1), Der.of(Der.NULL)),
                Der.of(Der.OCTETS, name),
                Der.of(Der.OCTETS, key),
                Der.of(Der.INTEGER, certificate.getSerialNumber().toByteArray()));
        byte[] list = Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, id));
        return Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, list));
    }

    /**
     * Judges an answer.
     *
     * @param certificate whose state it should tell
     * @param issuer the certificate of who has issued that one, which is trusted
     * @param answer the bytes as they came
     */
    static Verdict judge(X509Certificate certificate, X509Certificate issuer, byte[] answer) {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            // Not ONLY_END_ENTITY: it would have the platform pass over whatever is said of a certificate with CA:TRUE.
            checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
            // With an answer at hand the platform asks nobody.
            checker.setOcspResponses(Map.of(certificate, answer));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            parameters.addCertPathChecker(checker);
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return Verdict.GOOD;
        } catch (CertPathValidatorException e) {
            Status status = e.getReason() == BasicReason.REVOKED
                    ? Status.REVOKED
                    : saysUnknown(answer) ? Status.UNKNOWN : Status.INVALID;
            return new Verdict(status, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            return new Verdict(Status.INVALID, e);
        }
    }

    /**
     * Whether an answer says of a single certificate that it is not known. The platform's words for that are its own.
     */
    private static boolean saysUnknown(byte[] answer) {
        try {
            List<Der.Element> responses = OcspAnswer.responses(answer);
            return responses.size() == 1 && responses.get(0).children().get(1).tag() == UNKNOWN_STATUS;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
