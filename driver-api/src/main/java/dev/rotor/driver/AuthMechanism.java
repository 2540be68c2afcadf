package dev.rotor.driver;

/**
 * A way to authenticate, as the Authentication specification defines it. Where a credential names none, the server and
 * the driver agree on the strongest SCRAM that both know.
 */
public enum AuthMechanism {
    /** Kerberos; the user may come without a password. */
    GSSAPI("GSSAPI"),
    /** Credentials of Amazon Web Services. */
    MONGODB_AWS("MONGODB-AWS"),
    /** Tokens of an identity provider. */
    MONGODB_OIDC("MONGODB-OIDC"),
    /** The subject of the client's TLS certificate. */
    MONGODB_X509("MONGODB-X509"),
    /** Name and password in clear text, for LDAP; to be used over TLS only. */
    PLAIN("PLAIN"),
    /** Salted challenge and response with SHA-1. */
    SCRAM_SHA_1("SCRAM-SHA-1"),
    /** Salted challenge and response with SHA-256. */
    SCRAM_SHA_256("SCRAM-SHA-256");

    private final String wireName;

    AuthMechanism(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The mechanism's name in connection strings and commands.
     *
     * @return for example {@code "SCRAM-SHA-256"}
     */
    public String wireName() {
        return wireName;
    }
}
