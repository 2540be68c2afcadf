package dev.rotor.driver;

import dev.rotor.driver.spi.AwsCredentialSource;
import dev.rotor.driver.spi.KerberosSubjectSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** What provides credentials, as code gives it. */
    private final Providers providers;

    /** What cannot be said as text. */
    private record Providers(
            @Nullable OidcCallback oidc,
            @Nullable OidcCallback human,
            @Nullable List<String> allowedHosts,
            @Nullable AwsCredentialSource aws,
            Kerberos kerberos) {

        static final Providers NONE = new Providers(null, null, null, null, Kerberos.NONE);

        Providers with(Kerberos other) {
            return new Providers(oidc, human, allowedHosts, aws, other);
        }
    }

    /** What Java alone knows of Kerberos. */
    private record Kerberos(
            @Nullable KerberosSubjectSource subjects,
            @Nullable String loginContext,
            Map<String, Object> saslClientProperties) {

        static final Kerberos NONE = new Kerberos(null, null, Map.of());
    }

    MongoCredential(
            @Nullable AuthMechanism mechanism,
            @Nullable String username,
            String source,
            @Nullable Secret password,
            Map<String, String> mechanismProperties,
            boolean defaultSource) {
        this(mechanism, username, source, password, mechanismProperties, defaultSource, Providers.NONE);
    }

    private MongoCredential(
            @Nullable AuthMechanism mechanism,
            @Nullable String username,
            String source,
            @Nullable Secret password,
            Map<String, String> mechanismProperties,
            boolean defaultSource,
            Providers providers) {
        this.providers = providers;
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
     * A Kerberos principal, with the service name {@value #DEFAULT_KERBEROS_SERVICE_NAME}. The client logs in by the
     * first of these that there is: the subject of {@link #withKerberosSubjectSource}; the JAAS entry of
     * {@link #withKerberosLoginContext}; the password of {@link #withPassword}; the JAAS entry
     * {@code com.sun.security.jgss.krb5.initiate} or {@code com.sun.security.jgss.initiate}; the ticket that
     * {@code kinit} has put into the ticket cache. It logs in again five minutes before the ticket expires. The
     * properties {@code SERVICE_NAME}, {@code SERVICE_REALM}, {@code SERVICE_HOST} and {@code CANONICALIZE_HOST_NAME}
     * say what the server is called: see "GSSAPI" in the Authentication specification.
     *
     * @param username the principal as the server knows it, most often with its realm: {@code "ada@EXAMPLE.ORG"}
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
     * A token of an identity provider. Where the environment offers it, the property {@code ENVIRONMENT} must be added
     * with {@link #withMechanismProperty}, and for {@code azure} and {@code gcp} also {@code TOKEN_RESOURCE}; else a
     * callback with {@link #withOidcCallback} or {@link #withOidcHumanCallback}.
     *
     * @param username the user, for {@code azure} and callbacks only; {@code null} for none
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
     * The same with a password.
     *
     * @param password the password; copied, so the caller may wipe it
     * @return a copy
     * @throws MongoConfigurationException if the mechanism takes no password
     */
    public MongoCredential withPassword(char[] password) {
        return checked(new MongoCredential(
                mechanism, username, source, Secret.of(password), mechanismProperties, defaultSource, providers));
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
        return new MongoCredential(mechanism, username, source, password, properties, defaultSource, providers);
    }

    /**
     * The same with another source.
     *
     * @param source the database that knows the user, for example {@code "admin"}
     * @return a copy, of which {@link #hasDefaultSource} is {@code false}
     * @throws MongoConfigurationException if the source is empty, or not one that the mechanism can have
     */
    public MongoCredential withSource(String source) {
        return checked(
                new MongoCredential(mechanism, username, source, password, mechanismProperties, false, providers));
    }

    /**
     * The same with a callback that gets tokens where no human is there to sign in.
     *
     * @param callback gets tokens
     * @return a copy, without a callback that asks humans
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#MONGODB_OIDC}
     */
    public MongoCredential withOidcCallback(OidcCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return with(new Providers(callback, null, providers.allowedHosts(), providers.aws(), providers.kerberos()));
    }

    /**
     * The same with a callback that lets a human sign in. It is called for hosts only that {@link #allowedHosts} has.
     *
     * @param callback gets tokens
     * @return a copy, without a callback that asks nobody
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#MONGODB_OIDC}
     */
    public MongoCredential withOidcHumanCallback(OidcCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return with(new Providers(null, callback, providers.allowedHosts(), providers.aws(), providers.kerberos()));
    }

    /**
     * The same with other hosts to which a token may be sent that a human has signed in for, the {@code ALLOWED_HOSTS}
     * of the specification.
     *
     * @param hosts host names and IP addresses without ports; {@code *.} at the beginning stands for any subdomain
     * @return a copy
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#MONGODB_OIDC}
     */
    public MongoCredential withAllowedHosts(List<String> hosts) {
        return with(new Providers(
                providers.oidc(), providers.human(), List.copyOf(hosts), providers.aws(), providers.kerberos()));
    }

    /**
     * The same with a source of credentials of Amazon Web Services, which takes the place of the environment.
     *
     * @param credentials gives them
     * @return a copy
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#MONGODB_AWS}
     */
    public MongoCredential withAwsCredentialSource(AwsCredentialSource credentials) {
        Objects.requireNonNull(credentials, "credentials");
        return with(new Providers(
                providers.oidc(), providers.human(), providers.allowedHosts(), credentials, providers.kerberos()));
    }

    /**
     * The same with a source of Kerberos subjects, which takes the place of logging in.
     *
     * @param subjects gives them
     * @return a copy
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#GSSAPI}, or if there is a
     *     password or a login context, which the subject would leave unused
     */
    public MongoCredential withKerberosSubjectSource(KerberosSubjectSource subjects) {
        Objects.requireNonNull(subjects, "subjects");
        Kerberos kerberos = providers.kerberos();
        return with(providers.with(new Kerberos(subjects, kerberos.loginContext(), kerberos.saslClientProperties())));
    }

    /**
     * The same with the entry of the JAAS configuration by which the client logs in to Kerberos. A password of this
     * credential is given to the entry's login module if it asks.
     *
     * @param name the entry's name, not empty
     * @return a copy
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#GSSAPI}, if the name is empty,
     *     or if there is a source of subjects
     */
    public MongoCredential withKerberosLoginContext(String name) {
        Objects.requireNonNull(name, "name");
        Kerberos kerberos = providers.kerberos();
        return with(providers.with(new Kerberos(kerberos.subjects(), name, kerberos.saslClientProperties())));
    }

    /**
     * The same with properties for the {@code SaslClient} of the JDK, which replace those of the driver: that the
     * server authenticates, too. With the property {@code SERVICE_REALM} only the credentials among them count. Beware:
     * credentials given here make the JDK forward a ticket that may be forwarded to the server.
     *
     * @param properties by the names in {@code javax.security.sasl.Sasl}; copied. A quality of protection other than
     *     {@code auth} fails each authentication, since MongoDB has no security layer of SASL
     * @return a copy
     * @throws MongoConfigurationException if the mechanism is not {@link AuthMechanism#GSSAPI}
     */
    public MongoCredential withSaslClientProperties(Map<String, ?> properties) {
        Kerberos kerberos = providers.kerberos();
        return with(providers.with(new Kerberos(kerberos.subjects(), kerberos.loginContext(), Map.copyOf(properties))));
    }

    private MongoCredential with(Providers others) {
        return checked(
                new MongoCredential(mechanism, username, source, password, mechanismProperties, defaultSource, others));
    }

    /**
     * What gets tokens where no human is there to sign in.
     *
     * @return the callback, or {@code null}
     */
    public @Nullable OidcCallback oidcCallback() {
        return providers.oidc();
    }

    /**
     * What lets a human sign in.
     *
     * @return the callback, or {@code null}
     */
    public @Nullable OidcCallback oidcHumanCallback() {
        return providers.human();
    }

    /**
     * The hosts to which a token may be sent that a human has signed in for.
     *
     * @return what {@link #withAllowedHosts} was given, or the specification's default: MongoDB's own domains and this
     *     machine; {@code null} for other mechanisms
     */
    public @Nullable List<String> allowedHosts() {
        List<String> given = providers.allowedHosts();
        return given == null && mechanism == AuthMechanism.MONGODB_OIDC ? CredentialRules.DEFAULT_ALLOWED_HOSTS : given;
    }

    /**
     * What gives credentials of Amazon Web Services.
     *
     * @return the source, or {@code null} for the environment
     */
    public @Nullable AwsCredentialSource awsCredentialSource() {
        return providers.aws();
    }

    /**
     * What gives Kerberos subjects.
     *
     * @return the source, or {@code null} where the client logs in itself
     */
    public @Nullable KerberosSubjectSource kerberosSubjectSource() {
        return providers.kerberos().subjects();
    }

    /**
     * The entry of the JAAS configuration by which the client logs in to Kerberos.
     *
     * @return the name, or {@code null} where none is given
     */
    public @Nullable String kerberosLoginContext() {
        return providers.kerberos().loginContext();
    }

    /**
     * The properties for the {@code SaslClient} of the JDK.
     *
     * @return names and values, unmodifiable; empty for those of the driver
     */
    public Map<String, Object> saslClientProperties() {
        return providers.kerberos().saslClientProperties();
    }

    /** Whether there is something for Kerberos that only code can give. */
    boolean hasKerberosOptions() {
        return !providers.kerberos().equals(Kerberos.NONE);
    }

    /** Whether there is something for OIDC that only code can give. */
    boolean hasOidcProviders() {
        return providers.oidc() != null || providers.human() != null || providers.allowedHosts() != null;
    }

    /**
     * Whether nobody has said what the source is: then the TXT record of a {@code mongodb+srv://} host may.
     *
     * @return {@code true} only for credentials of a connection string without {@code authSource}, and of a mechanism
     *     whose users can be the server's: those of the others are always of {@code $external}
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
                && mechanismProperties.equals(that.mechanismProperties)
                && providers.equals(that.providers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mechanism, username, source, password, mechanismProperties, providers);
    }

    /** The mechanism and the source; everything else is hidden. */
    @Override
    public String toString() {
        return "MongoCredential[mechanism=" + (mechanism == null ? "default" : mechanism.wireName()) + ", source="
                + source + ", username and password hidden]";
    }
}
