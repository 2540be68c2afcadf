package dev.rotor.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who authenticates and how, as the Authentication specification defines it. Immutable; {@link #toString()} shows
 * neither password nor properties.
 */
public final class MongoCredential {

    /** The source of users that servers do not store themselves. */
    public static final String EXTERNAL_SOURCE = "$external";

    /** The service name of Kerberos where none is given. */
    public static final String DEFAULT_KERBEROS_SERVICE_NAME = "mongodb";

    private final @Nullable AuthMechanism mechanism;
    private final @Nullable String username;
    private final String source;
    private final @Nullable Secret password;
    private final Map<String, String> mechanismProperties;
    /** Whether the source is merely what follows from the mechanism or the database. */
    private final boolean defaultSource;

    MongoCredential(
            @Nullable AuthMechanism mechanism,
            @Nullable String username,
            String source,
            @Nullable Secret password,
            Map<String, String> mechanismProperties,
            boolean defaultSource) {
        this.mechanism = mechanism;
        this.username = username;
        this.source = Objects.requireNonNull(source, "source");
        this.password = password;
        this.defaultSource = defaultSource;
        this.mechanismProperties = Collections.unmodifiableMap(new LinkedHashMap<>(mechanismProperties));
    }

    /**
     * A user with a password; server and driver agree on the strongest SCRAM that both know.
     *
     * @param username the user, not empty
     * @param source the database that knows the user, for example {@code "admin"}
     * @param password the password; copied, so the caller may wipe it
     * @return the credential
     * @throws MongoConfigurationException if the user name or source is empty
     */
    public static MongoCredential createCredential(String username, String source, char[] password) {
        return withPassword(null, username, source, password);
    }

    /**
     * A user with a password, by SCRAM-SHA-1.
     *
     * @param username the user, not empty
     * @param source the database that knows the user, for example {@code "admin"}
     * @param password the password; copied, so the caller may wipe it
     * @return the credential
     * @throws MongoConfigurationException if the user name or source is empty
     */
    public static MongoCredential createScramSha1Credential(String username, String source, char[] password) {
        return withPassword(AuthMechanism.SCRAM_SHA_1, username, source, password);
    }

    /**
     * A user with a password, by SCRAM-SHA-256.
     *
     * @param username the user, not empty
     * @param source the database that knows the user, for example {@code "admin"}
     * @param password the password; copied, so the caller may wipe it
     * @return the credential
     * @throws MongoConfigurationException if the user name or source is empty
     */
    public static MongoCredential createScramSha256Credential(String username, String source, char[] password) {
        return withPassword(AuthMechanism.SCRAM_SHA_256, username, source, password);
    }

    /**
     * A user with a password that goes over the wire in clear text, for LDAP; to be used over TLS only.
     *
     * @param username the user, not empty
     * @param source the source, most often {@link #EXTERNAL_SOURCE}
     * @param password the password; copied, so the caller may wipe it
     * @return the credential
     * @throws MongoConfigurationException if the user name or source is empty
     */
    public static MongoCredential createPlainCredential(String username, String source, char[] password) {
        return withPassword(AuthMechanism.PLAIN, username, source, password);
    }

    /**
     * Whoever the client's TLS certificate is for.
     *
     * @return the credential
     */
    public static MongoCredential createMongoX509Credential() {
        return external(AuthMechanism.MONGODB_X509, null, Map.of());
    }

    /**
     * Whoever the client's TLS certificate is for, told to the server.
     *
     * @param username the subject of the certificate as RFC 2253 writes it
     * @return the credential
     * @throws MongoConfigurationException if the user name is empty
     */
    public static MongoCredential createMongoX509Credential(String username) {
        return external(AuthMechanism.MONGODB_X509, Objects.requireNonNull(username, "username"), Map.of());
    }

    /**
     * A Kerberos principal, with the service name {@value #DEFAULT_KERBEROS_SERVICE_NAME}.
     *
     * @param username the principal
     * @return the credential
     * @throws MongoConfigurationException if the user name is empty
     */
    public static MongoCredential createGSSAPICredential(String username) {
        return external(
                AuthMechanism.GSSAPI,
                Objects.requireNonNull(username, "username"),
                Map.of(CredentialRules.SERVICE_NAME, DEFAULT_KERBEROS_SERVICE_NAME));
    }

    /**
     * Credentials of Amazon Web Services, taken from the environment when a connection authenticates. The specification
     * allows no others.
     *
     * @return the credential
     */
    public static MongoCredential createAwsCredential() {
        return external(AuthMechanism.MONGODB_AWS, null, Map.of());
    }

    /**
     * A token of an identity provider that the environment offers. The property {@code ENVIRONMENT} must be added with
     * {@link #withMechanismProperty}, and for {@code azure} and {@code gcp} also {@code TOKEN_RESOURCE}.
     *
     * @param username the user, for {@code azure} only; {@code null} for none
     * @return the credential
     * @throws MongoConfigurationException if the user name is empty
     */
    public static MongoCredential createOidcCredential(@Nullable String username) {
        return external(AuthMechanism.MONGODB_OIDC, username, Map.of());
    }

    private static MongoCredential withPassword(
            @Nullable AuthMechanism mechanism, String username, String source, char[] password) {
        Objects.requireNonNull(username, "username");
        return checked(new MongoCredential(mechanism, username, source, Secret.of(password), Map.of(), false));
    }

    private static MongoCredential external(
            AuthMechanism mechanism, @Nullable String username, Map<String, String> properties) {
        return checked(new MongoCredential(mechanism, username, EXTERNAL_SOURCE, null, properties, false));
    }

    private static MongoCredential checked(MongoCredential credential) {
        // Properties come one by one, so rules about them wait until client settings are built.
        String problem = CredentialRules.contradictionWithoutProperties(credential);
        if (problem != null) {
            throw new MongoConfigurationException(problem);
        }
        return credential;
    }

    /**
     * The same with a further parameter of the mechanism. Whether the parameters fit the mechanism is checked when
     * client settings are built.
     *
     * @param name for example {@code "SERVICE_NAME"}
     * @param value its value; commas are welcome here
     * @return a copy
     */
    public MongoCredential withMechanismProperty(String name, String value) {
        Map<String, String> properties = new LinkedHashMap<>(mechanismProperties);
        properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new MongoCredential(mechanism, username, source, password, properties, defaultSource);
    }

    /**
     * The same with another source.
     *
     * @param source the database that knows the user, for example {@code "admin"}
     * @return a copy, of which {@link #hasDefaultSource} is {@code false}
     * @throws MongoConfigurationException if the source is empty, or not one that the mechanism can have
     */
    public MongoCredential withSource(String source) {
        return checked(new MongoCredential(mechanism, username, source, password, mechanismProperties, false));
    }

    /**
     * Whether nobody has said what the source is: then the TXT record of a {@code mongodb+srv://} host may.
     *
     * @return {@code true} only for credentials of a connection string without {@code authSource}
     */
    public boolean hasDefaultSource() {
        return defaultSource;
    }

    /**
     * The way to authenticate.
     *
     * @return the mechanism, or {@code null} when server and driver agree on one
     */
    public @Nullable AuthMechanism mechanism() {
        return mechanism;
    }

    /**
     * The user.
     *
     * @return the name, or {@code null} for mechanisms that need none
     */
    public @Nullable String username() {
        return username;
    }

    /**
     * The database to authenticate against.
     *
     * @return a database, or {@link #EXTERNAL_SOURCE}
     */
    public String source() {
        return source;
    }

    /**
     * The password.
     *
     * @return the password, or {@code null} for mechanisms that need none
     */
    public @Nullable Secret password() {
        return password;
    }

    /**
     * Further parameters of the mechanism, the {@code authMechanismProperties}.
     *
     * @return names and values, unmodifiable
     */
    public Map<String, String> mechanismProperties() {
        return mechanismProperties;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MongoCredential that
                && mechanism == that.mechanism
                && source.equals(that.source)
                && Objects.equals(username, that.username)
                && Objects.equals(password, that.password)
                && mechanismProperties.equals(that.mechanismProperties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mechanism, username, source, password, mechanismProperties);
    }

    /** The mechanism and the source; everything else is hidden. */
    @Override
    public String toString() {
        return "MongoCredential[mechanism=" + (mechanism == null ? "default" : mechanism.wireName()) + ", source="
                + source + ", username and password hidden]";
    }
}
