package dev.rotor.driver.core.auth;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the JDK's Kerberos means, and what to do. Its exceptions say little by their types: the numbers in
 * their messages are the error codes of RFC 4120, section 7.5.9, and the rest is known by its words.
 */
final class KerberosFailures {

    private static final Pattern CODE = Pattern.compile("\\((\\d{1,3})\\)");
    /** Those of the protocol are smaller; the JDK has its own, of mistakes in messages, which explain nothing. */
    private static final int CODES = 128;

    private static final Pattern REALM = Pattern.compile("for realm \"?([^\\s)\"]+)");

    private static final int CLIENT_UNKNOWN = 6;
    private static final int SERVER_UNKNOWN = 7;
    private static final int CLIENT_REVOKED = 18;
    private static final int KEY_EXPIRED = 23;
    private static final int PREAUTH_FAILED = 24;
    private static final int PREAUTH_REQUIRED = 25;
    private static final int BAD_INTEGRITY = 31;
    private static final int TICKET_EXPIRED = 32;
    private static final int SKEW = 37;
    private static final int WRONG_REALM = 68;

    private KerberosFailures() {}

    /**
     * The user could not be logged in.
     *
     * @param failure what has happened
     * @param user the principal, which is not shown
     * @param way how it was tried, for the message
     */
    static String ofLogin(Throwable failure, String user, String way) {
        String known = ofRealms(failure);
        if (known == null) {
            known = switch (code(failure)) {
                case CLIENT_UNKNOWN -> "the KDC does not know the user: check the name and its realm";
                case CLIENT_REVOKED -> "the KDC says that the user is locked or has expired";
                case KEY_EXPIRED -> "the password of the user has expired";
                case PREAUTH_FAILED, PREAUTH_REQUIRED, BAD_INTEGRITY -> "the password or key of the user is wrong";
                case SKEW -> skew();
                default -> null;
            };
        }
        if (known == null && says(failure, "Checksum failed")) {
            known = "the password or key of the user is wrong";
        }
        if (known == null && says(failure, "No LoginModules configured", "No login modules configured")) {
            known = "there is no such entry in the JAAS configuration: see the system property"
                    + " java.security.auth.login.config";
        }
        if (known == null && says(failure, "Unable to obtain")) {
            known = "there is no ticket or key of the user: run kinit, or give a password, a JAAS login context with a"
                    + " keytab, or a subject";
        }
        return "Kerberos login by " + way + " failed: " + (known == null ? deepest(failure, user) : known);
    }

    /**
     * No conversation could be had with a server.
     *
     * @param failure what has happened
     * @param user the principal, which is not shown
     * @param service what the server was called
     */
    static String ofService(Throwable failure, String user, ServicePrincipal service) {
        String known = ofRealms(failure);
        if (known == null) {
            known = switch (code(failure)) {
                case SERVER_UNKNOWN ->
                    "the KDC does not know this service: check the properties SERVICE_NAME, SERVICE_HOST,"
                            + " SERVICE_REALM and CANONICALIZE_HOST_NAME, and that the KDC has a principal of the server";
                case TICKET_EXPIRED -> "the ticket of the user has expired: run kinit, or replace the subject";
                case SKEW -> skew();
                default -> null;
            };
        }
        if (known == null && says(failure, "No service creds")) {
            known = "there is no way from the user's realm to the service's: check the property SERVICE_REALM, and"
                    + " domain_realm and capaths in krb5.conf";
        }
        if (known == null
                && says(failure, "Failed to find any Kerberos tgt", "Failed to find any Kerberos credentails")) {
            known = "the subject has no ticket of this user: run kinit, or log the subject in";
        }
        return "Kerberos service " + service + ": " + (known == null ? deepest(failure, user) : known);
    }

    /** What is about realms and their KDCs in general, or {@code null}. */
    private static @Nullable String ofRealms(Throwable failure) {
        if (says(failure, "Cannot locate default realm", "Cannot find default realm")) {
            return "there is no default realm: set default_realm in krb5.conf, or give the realm with the name";
        }
        if (code(failure) == WRONG_REALM) {
            return "the KDC is not one of this realm: check the realms in krb5.conf";
        }
        if (says(failure, "Cannot find KDC for realm", "Cannot locate KDC", "Unable to locate KDC")) {
            String realm = realm(failure);
            return "no KDC is known of the realm" + (realm == null ? "" : " " + realm)
                    + ": check its name, and its kdc in krb5.conf";
        }
        if (isSilence(failure)) {
            return "no KDC answers: check the kdc of the realm in krb5.conf, and the network";
        }
        return null;
    }

    private static boolean isSilence(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SocketTimeoutException || each instanceof ConnectException) {
                return true;
            }
        }
        return says(failure, "Receive timed out", "Connection refused", "Port Unreachable");
    }

    private static String skew() {
        return "the clocks of this machine and the KDC differ too much";
    }

    /** The innermost code of the protocol, or -1. */
    private static int code(Throwable failure) {
        int code = -1;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            int own = ownCode(each);
            code = own >= 0 && own < CODES ? own : code;
        }
        return code;
    }

    private static int ownCode(Throwable failure) {
        Matcher matcher = CODE.matcher(String.valueOf(failure.getMessage()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static @Nullable String realm(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Matcher matcher = REALM.matcher(String.valueOf(each.getMessage()));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private static boolean says(Throwable failure, String... texts) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            for (String text : texts) {
                if (message.contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the innermost cause says, without the user's name. */
    private static String deepest(Throwable failure, String user) {
        String told = String.valueOf(failure.getMessage());
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getMessage() != null && ownCode(each) < CODES) {
                told = each.getMessage();
            }
        }
        return told.replace(user, "***");
    }
}
