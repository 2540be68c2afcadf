package dev.rotor.testserver.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Users that a server does not store itself: those of an LDAP directory, of Amazon Web Services, of an identity
 * provider and of a certificate authority. They can change while the server runs.
 */
public final class ExternalUsers {

    /** Credentials of AWS; the token is that of temporary ones. */
    public record AwsKey(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {}

    /** What a client is told of the identity provider; providers for machines only have no client id. */
    public record IdentityProvider(String issuer, @Nullable String clientId, List<String> requestScopes) {}

    private final Map<String, String> plain = new ConcurrentHashMap<>();
    private final Map<String, AwsKey> aws = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, IdentityProvider> providers = new ConcurrentHashMap<>();
    private final Set<String> subjects = ConcurrentHashMap.newKeySet();
    private final Map<String, Supplier<SaslConversation>> others = new ConcurrentHashMap<>();

    /** Adds a mechanism of the test's own; it begins a conversation with each client that asks for it. */
    public void addMechanism(String name, Supplier<SaslConversation> conversations) {
        others.put(name, conversations);
    }

    /** A conversation by a mechanism that was added, or {@code null}. */
    public @Nullable SaslConversation conversation(String mechanism) {
        Supplier<SaslConversation> added = others.get(mechanism);
        return added == null ? null : added.get();
    }

    /** Adds a user whom the directory knows by this password. */
    public void addPlain(String name, String password) {
        plain.put(name, password);
    }

    /** Adds credentials of AWS. */
    public void addAws(AwsKey key) {
        aws.put(key.accessKeyId(), key);
    }

    /** Adds a user who shows a certificate of this subject, as RFC 2253 writes it. */
    public void addCertificate(String subject) {
        subjects.add(subject);
    }

    /** From now on this token is good, for that user. */
    public void addToken(String token, String user) {
        tokens.put(token, user);
    }

    /** From now on this token is good no more. */
    public void removeToken(String token) {
        tokens.remove(token);
    }

    /** The identity provider where that user signs in. */
    public void addProvider(String user, IdentityProvider provider) {
        providers.put(user, provider);
    }

    /** Where a user signs in; who does not say a name needs not, where there is one provider. */
    @Nullable
    IdentityProvider provider(@Nullable Object user) {
        if (user instanceof String name) {
            return providers.get(name);
        }
        return providers.size() == 1 ? providers.values().iterator().next() : null;
    }

    boolean knows(String name, String password) {
        String expected = plain.get(name);
        return expected != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a certificate of this subject is a user's. */
    public boolean knowsCertificate(String subject) {
        return subjects.contains(subject);
    }

    @Nullable
    AwsKey aws(String accessKeyId) {
        return aws.get(accessKeyId);
    }

    @Nullable
    String userOf(String token) {
        return tokens.get(token);
    }

    /** The mechanisms by which these users authenticate. */
    public List<String> mechanisms() {
        List<String> mechanisms = new ArrayList<>(others.keySet());
        if (!plain.isEmpty()) {
            mechanisms.add("PLAIN");
        }
        if (!aws.isEmpty()) {
            mechanisms.add("MONGODB-AWS");
        }
        if (!tokens.isEmpty()) {
            mechanisms.add("MONGODB-OIDC");
        }
        if (!subjects.isEmpty()) {
            mechanisms.add("MONGODB-X509");
        }
        return mechanisms;
    }
}
