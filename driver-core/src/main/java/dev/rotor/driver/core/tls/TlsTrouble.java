package dev.rotor.driver.core.tls;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a failure of TLS means, where what is thrown does not say. Pure functions. */
public final class TlsTrouble {

    /** Newer JDKs begin every message with the alert that belongs to it. */
    private static final Pattern ALERT = Pattern.compile("^\\([a-z0-9_]+\\) ");

    private TlsTrouble() {}

    /**
     * What was thrown, the same on every JDK.
     *
     * @param message of an exception of the platform's TLS
     * @return the message without the name of an alert in front
     */
    public static String words(String message) {
        return ALERT.matcher(message).replaceFirst("");
    }

    /**
     * A sentence's end that tells what to do.
     *
     * @param message what was thrown, by the platform or by OpenSSL, which write the same words in different ways
     * @return empty, or words that begin with a separator
     */
    public static String hint(String message) {
        String words = message.toLowerCase(Locale.ROOT).replace(": ", "_").replace(' ', '_');
        if (words.contains("unsupported_or_unrecognized_ssl_message")
                || words.contains("not_an_ssl/tls_record")
                || words.contains("wrong_version_number")) {
            return "; the server does not speak TLS at this port: is it one for plain text (tls=false)?";
        }
        if (words.contains("alert_certificate_required") || words.contains("alert_bad_certificate")) {
            return "; the server wants a client certificate that it trusts: does tlsCertificateKeyFile name one?";
        }
        if (words.contains("alert_certificate_expired")) {
            return "; the client certificate in tlsCertificateKeyFile has expired: have it renewed";
        }
        if (words.contains("alert_certificate_revoked")) {
            return "; the client certificate in tlsCertificateKeyFile was revoked: have a new one issued";
        }
        if (words.contains("alert_unknown_ca")) {
            return "; the server does not know who issued the client certificate in tlsCertificateKeyFile";
        }
        if (words.contains("alert_certificate_unknown")) {
            return "; the server refuses the client certificate in tlsCertificateKeyFile: has it expired, or is it of an"
                    + " authority that the server does not know?";
        }
        if (words.contains("alert_handshake_failure")) {
            // Of TLS 1.2 also the answer to a client that shows no certificate.
            return "; the server may want a client certificate (does tlsCertificateKeyFile name one?) or ciphers that this"
                    + " platform does not have";
        }
        if (words.contains("alert_protocol_version") || words.contains("no_appropriate_protocol")) {
            return "; the server speaks neither TLS 1.2 nor TLS 1.3 of those that this platform allows";
        }
        return "";
    }
}
