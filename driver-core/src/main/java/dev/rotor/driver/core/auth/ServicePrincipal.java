package dev.rotor.driver.core.auth;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Kerberos calls a server.
 *
 * @param service the kind of service
 * @param host where it runs
 * @param realm where that is known, or {@code null} to leave it to {@code krb5.conf}
 */
public record ServicePrincipal(String service, String host, @Nullable String realm) {

    /** The name of a server, by the properties of the mechanism. May look hosts up. */
    static ServicePrincipal of(MongoCredential credential, ServerAddress server, NameService dns) {
        Map<String, String> properties = credential.mechanismProperties();
        String host = properties.getOrDefault("SERVICE_HOST", server.host());
        return new ServicePrincipal(
                properties.getOrDefault("SERVICE_NAME", MongoCredential.DEFAULT_KERBEROS_SERVICE_NAME),
                Canonicalization.of(properties.get("CANONICALIZE_HOST_NAME")).nameOf(host, dns),
                properties.get("SERVICE_REALM"));
    }

    /** As Kerberos writes it. */
    @Override
    public String toString() {
        return service + "/" + host + (realm == null ? "" : "@" + realm);
    }
}
