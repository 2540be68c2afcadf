package dev.rotor.driver.core.tls;

/** What a failure of TLS means, where what is thrown does not say. Pure functions. */
public final class TlsTrouble {

    private TlsTrouble() {}

    /**
     * A sentence's end that tells what to do.
     *
     * @param message what was thrown
     * @return empty, or words that begin with a separator
     */
    public static String hint(String message) {
        if (message.contains("Unsupported or unrecognized SSL message") || message.contains("not an SSL/TLS record")) {
            return "; the server does not speak TLS at this port: is it one for plain text (tls=false)?";
        }
        if (message.contains("alert: certificate_required") || message.contains("alert: bad_certificate")) {
            return "; the server wants a client certificate that it trusts: does tlsCertificateKeyFile name one?";
        }
        if (message.contains("alert: unknown_ca") || message.contains("alert: certificate_unknown")) {
            return "; the server does not know who issued the client certificate in tlsCertificateKeyFile";
        }
        if (message.contains("alert: protocol_version") || message.contains("No appropriate protocol")) {
            return "; the server speaks neither TLS 1.2 nor TLS 1.3 of those that this platform allows";
        }
        return "";
    }
}
