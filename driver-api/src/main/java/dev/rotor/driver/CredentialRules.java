package dev.rotor.driver;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each mechanism needs and refuses, the "MongoCredential Properties" of the Authentication specification. Pure
 * decisions; each returns the message, or null when all is well. No message quotes a user name, password or property.
 */
final class CredentialRules {

    static final String SERVICE_NAME = "SERVICE_NAME";
    static final String CANONICALIZE_HOST_NAME = "CANONICALIZE_HOST_NAME";
    static final String SERVICE_HOST = "SERVICE_HOST";
    static final String SERVICE_REALM = "SERVICE_REALM";
    static final String ENVIRONMENT = "ENVIRONMENT";
    static final String TOKEN_RESOURCE = "TOKEN_RESOURCE";

    /** "ALLOWED_HOSTS" of the specification. */
    static final List<String> DEFAULT_ALLOWED_HOSTS = List.of(
            "*.mongodb.net",
            "*.mongodb-qa.net",
            "*.mongodb-dev.net",
            "*.mongodbgov.net",
            "localhost",
            "127.0.0.1",
            "::1",
            "*.mongo.com");

    private static final Set<String> KERBEROS_PROPERTIES =
            Set.of(SERVICE_NAME, CANONICALIZE_HOST_NAME, SERVICE_HOST, SERVICE_REALM);
    private static final Set<String> OIDC_PROPERTIES = Set.of(ENVIRONMENT, TOKEN_RESOURCE);

    private CredentialRules() {}

    /** The source where none is given. */
    static String defaultSource(@Nullable AuthMechanism mechanism, @Nullable String database) {
        if (mechanism == null) {
            return database == null ? "admin" : database;
        }
        return switch (mechanism) {
            case GSSAPI, MONGODB_AWS, MONGODB_OIDC, MONGODB_X509 -> MongoCredential.EXTERNAL_SOURCE;
            case PLAIN -> database == null ? MongoCredential.EXTERNAL_SOURCE : database;
            case SCRAM_SHA_1, SCRAM_SHA_256 -> database == null ? "admin" : database;
        };
    }

    /** What is there and must not be, or is wrong. */
    static @Nullable String contradiction(MongoCredential credential) {
        String problem = contradictionWithoutProperties(credential);
        if (problem != null) {
            return problem;
        }
        AuthMechanism mechanism = credential.mechanism();
        Map<String, String> properties = credential.mechanismProperties();
        if (mechanism == null) {
            return properties.isEmpty() ? null : "authMechanismProperties need an authMechanism";
        }
        return switch (mechanism) {
            case MONGODB_AWS, MONGODB_X509, PLAIN, SCRAM_SHA_1, SCRAM_SHA_256 ->
                onlyProperties(mechanism, properties, Set.of());
            case GSSAPI -> kerberos(properties);
            case MONGODB_OIDC -> oidc(credential);
        };
    }

    /** The same, not looking at the properties. */
    static @Nullable String contradictionWithoutProperties(MongoCredential credential) {
        AuthMechanism mechanism = credential.mechanism();
        String username = credential.username();
        if (username != null && username.isEmpty()) {
            return "the user name is empty";
        }
        if (credential.source().isEmpty()) {
            return "authSource is empty";
        }
        if (mechanism != AuthMechanism.MONGODB_OIDC && credential.hasOidcProviders()) {
            return "callbacks and allowed hosts of OIDC need authMechanism MONGODB-OIDC";
        }
        if (mechanism != AuthMechanism.MONGODB_AWS && credential.awsCredentialSource() != null) {
            return "a source of AWS credentials needs authMechanism MONGODB-AWS";
        }
        if (mechanism != AuthMechanism.GSSAPI && credential.hasKerberosOptions()) {
            return "subjects, login contexts and SASL client properties of Kerberos need authMechanism GSSAPI";
        }
        if (mechanism == null) {
            return null;
        }
        if (isExternal(mechanism) && !credential.source().equals(MongoCredential.EXTERNAL_SOURCE)) {
            return name(mechanism) + " needs authSource " + MongoCredential.EXTERNAL_SOURCE;
        }
        boolean password = credential.password() != null;
        return switch (mechanism) {
            case PLAIN, SCRAM_SHA_1, SCRAM_SHA_256 -> null;
            case GSSAPI -> kerberosLogin(credential);
            case MONGODB_AWS ->
                username != null || password
                        ? name(mechanism) + " takes no user name or password; credentials come from the environment"
                        : null;
            case MONGODB_OIDC -> password ? name(mechanism) + " takes no password" : null;
            case MONGODB_X509 ->
                password ? name(mechanism) + " takes no password; the client's certificate proves who it is" : null;
        };
    }

    private static String name(AuthMechanism mechanism) {
        return "authMechanism " + mechanism.wireName();
    }

    /** What is not there and must be. */
    static @Nullable String missing(MongoCredential credential) {
        AuthMechanism mechanism = credential.mechanism();
        String name = mechanism == null ? "authentication" : name(mechanism);
        if (mechanism == AuthMechanism.MONGODB_OIDC
                && !hasCallback(credential)
                && !credential.mechanismProperties().containsKey(ENVIRONMENT)) {
            return name + " needs the property " + ENVIRONMENT + " or a callback";
        }
        if (mechanism != null && !needsUser(mechanism)) {
            return null;
        }
        if (credential.username() == null) {
            return name + " needs a user name";
        }
        return credential.password() != null || mechanism == AuthMechanism.GSSAPI ? null : name + " needs a password";
    }

    /** What to say when there is no user. */
    static @Nullable String missingUser(AuthMechanism mechanism) {
        return needsUser(mechanism) ? name(mechanism) + " needs a user name" : null;
    }

    private static boolean needsUser(AuthMechanism mechanism) {
        return switch (mechanism) {
            case GSSAPI, PLAIN, SCRAM_SHA_1, SCRAM_SHA_256 -> true;
            case MONGODB_AWS, MONGODB_OIDC, MONGODB_X509 -> false;
        };
    }

    /** Whether users of the mechanism are not the server's: there is no other source for them. */
    static boolean isExternal(AuthMechanism mechanism) {
        return switch (mechanism) {
            case GSSAPI, MONGODB_AWS, MONGODB_OIDC, MONGODB_X509 -> true;
            case PLAIN, SCRAM_SHA_1, SCRAM_SHA_256 -> false;
        };
    }

    private static @Nullable String kerberos(Map<String, String> properties) {
        String canonicalize = properties.get(CANONICALIZE_HOST_NAME);
        if (canonicalize != null
                && !Set.of("none", "forward", "forwardAndReverse", "true", "false")
                        .contains(canonicalize)) {
            return "the property " + CANONICALIZE_HOST_NAME + " of " + name(AuthMechanism.GSSAPI)
                    + " must be none, forward or forwardAndReverse";
        }
        return onlyProperties(AuthMechanism.GSSAPI, properties, KERBEROS_PROPERTIES);
    }

    private static @Nullable String kerberosLogin(MongoCredential credential) {
        String loginContext = credential.kerberosLoginContext();
        if (loginContext != null && loginContext.isEmpty()) {
            return "the name of the login context of " + name(AuthMechanism.GSSAPI) + " is empty";
        }
        if (credential.kerberosSubjectSource() == null) {
            return null;
        }
        return loginContext != null || credential.password() != null
                ? name(AuthMechanism.GSSAPI) + " takes either a source of subjects, or a password and a login context"
                : null;
    }

    private static @Nullable String oidc(MongoCredential credential) {
        Map<String, String> properties = credential.mechanismProperties();
        String name = name(AuthMechanism.MONGODB_OIDC);
        String environment = properties.get(ENVIRONMENT);
        if (environment != null && hasCallback(credential)) {
            return name + " takes either the property " + ENVIRONMENT + " or a callback, not both";
        }
        if (credential.oidcHumanCallback() == null && !DEFAULT_ALLOWED_HOSTS.equals(credential.allowedHosts())) {
            return name + " takes allowed hosts only with a callback that asks humans";
        }
        if (environment == null) {
            return properties.containsKey(TOKEN_RESOURCE)
                    ? "the property " + TOKEN_RESOURCE + " of " + name + " needs " + ENVIRONMENT + " azure or gcp"
                    : onlyProperties(AuthMechanism.MONGODB_OIDC, properties, OIDC_PROPERTIES);
        }
        switch (environment) {
            case "azure", "gcp" -> {
                if (!properties.containsKey(TOKEN_RESOURCE)) {
                    return name + " with " + ENVIRONMENT + " " + environment + " needs the property " + TOKEN_RESOURCE;
                }
            }
            case "test", "k8s" -> {
                if (properties.containsKey(TOKEN_RESOURCE)) {
                    return name + " with " + ENVIRONMENT + " " + environment + " takes no " + TOKEN_RESOURCE;
                }
            }
            default -> {
                return "the property " + ENVIRONMENT + " of " + name + " must be test, azure, gcp or k8s";
            }
        }
        if (credential.username() != null && !environment.equals("azure")) {
            return name + " with " + ENVIRONMENT + " " + environment + " takes no user name";
        }
        return onlyProperties(AuthMechanism.MONGODB_OIDC, properties, OIDC_PROPERTIES);
    }

    private static boolean hasCallback(MongoCredential credential) {
        return credential.oidcCallback() != null || credential.oidcHumanCallback() != null;
    }

    private static @Nullable String onlyProperties(
            AuthMechanism mechanism, Map<String, String> properties, Set<String> supported) {
        for (String property : properties.keySet()) {
            if (!supported.contains(property)) {
                // Names are quoted only where they look like one: a value that lost its colon may be a token.
                return name(mechanism) + " does not support the property"
                        + (looksLikeName(property) ? " " + property : ", whose name is not shown")
                        + " in authMechanismProperties";
            }
        }
        return null;
    }

    private static boolean looksLikeName(String property) {
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '_') {
                return false;
            }
        }
        return property.length() <= 32;
    }
}
