package dev.rotor.driver;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who authenticates, as a connection string says it; see "Connection String Options" of the Authentication
 * specification.
 */
final class UriCredential {

    private UriCredential() {}

    /**
     * The credential, or null when none is asked for: neither a database nor {@code authSource} alone asks for one. A
     * password or property that is missing is not noticed here but when client settings are built, since code may add
     * it.
     *
     * @throws MongoConfigurationException if what is there contradicts the mechanism
     */
    static @Nullable MongoCredential of(UriParts parts, UriOptions options) {
        AuthMechanism mechanism = options.get(UriOption.AUTH_MECHANISM, AuthMechanism.class);
        String username = parts.username();
        if (username == null && mechanism == null) {
            return null;
        }
        String source = options.get(UriOption.AUTH_SOURCE, String.class);
        MongoCredential credential = new MongoCredential(
                mechanism,
                username,
                source == null ? CredentialRules.defaultSource(mechanism, parts.database()) : source,
                parts.password(),
                properties(mechanism, options),
                source == null && (mechanism == null || !CredentialRules.isExternal(mechanism)));
        String problem = CredentialRules.contradiction(credential);
        if (problem == null && mechanism != null && username == null) {
            problem = CredentialRules.missingUser(mechanism);
        }
        if (problem != null) {
            throw UriError.of(problem);
        }
        return credential;
    }

    private static Map<String, String> properties(@Nullable AuthMechanism mechanism, UriOptions options) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (mechanism == AuthMechanism.GSSAPI) {
            String serviceName = options.get(UriOption.GSSAPI_SERVICE_NAME, String.class);
            properties.put(
                    CredentialRules.SERVICE_NAME,
                    serviceName == null ? MongoCredential.DEFAULT_KERBEROS_SERVICE_NAME : serviceName);
        }
        Map<?, ?> given = options.get(UriOption.AUTH_MECHANISM_PROPERTIES, Map.class);
        if (given != null) {
            given.forEach((name, value) -> properties.put((String) name, (String) value));
        }
        return properties;
    }
}
