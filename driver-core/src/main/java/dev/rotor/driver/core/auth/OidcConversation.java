package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.OidcIdpInfo;
import dev.rotor.driver.Secret;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * MONGODB-OIDC on one connection, for as long as the connection lives: it knows the token by which the connection is
 * authenticated (the specification's "Connection Cache") and authenticates it anew when the server asks for that.
 */
final class OidcConversation extends AuthConversation {

    private static final byte[] SPECULATIVE = CommandWriter.name("speculativeAuthenticate");
    private static final int AUTHENTICATION_FAILED = 18;
    private static final Duration MACHINE_TIMEOUT = Duration.ofMinutes(1);
    /** Humans need time, whatever limits operations. */
    static final Duration HUMAN_TIMEOUT = Duration.ofMinutes(5);
    /** How often remembered tokens are tried which the server does not take; others may bring new ones meanwhile. */
    private static final int ATTEMPTS = 3;

    private enum Step {
        /** Hello has carried a token. */
        SPECULATIVE,
        /** A remembered token was sent. */
        REMEMBERED,
        /** A token was sent that the callback gave for a refresh token. */
        REFRESHED,
        /** The user was named, and the server says who knows that user. */
        PRINCIPAL,
        /** A token was sent that the callback has just given. */
        FRESH
    }

    private record IdpInfo(String issuer, @Nullable String clientId, List<String> requestScopes)
            implements OidcIdpInfo {}

    private final OidcAuthenticator client;
    private Step step = Step.SPECULATIVE;
    private int attempts;
    private @Nullable Secret token;
    private @Nullable Secret refreshToken;

    OidcConversation(OidcAuthenticator client) {
        super(client.source(), client.serverApi(), client.resources().executor());
        this.client = client;
    }

    @Override
    AuthMechanism mechanism() {
        return AuthMechanism.MONGODB_OIDC;
    }

    private OidcTokens tokens() {
        return client.tokens();
    }

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        Secret known = tokens().token();
        if (known != null && client.allows(server)) {
            token = known;
            hello.putDocument(SPECULATIVE, start(known).append("db", new BsonString(source())), CODEC);
        }
    }

    private BsonDocument start(Secret jwt) {
        return saslStart(mechanism(), jwt(jwt));
    }

    private static byte[] jwt(Secret token) {
        return payload(new BsonDocument("jwt", new BsonString(new String(token.reveal()))));
    }

    @Override
    void begin(BsonDocument helloReply) {
        if (!client.allows(server())) {
            token = null;
            fail(
                    "the host is not one of the allowed hosts, to which tokens of humans may be sent: see"
                            + " MongoCredential.withAllowedHosts",
                    null,
                    -1);
            return;
        }
        BsonValue speculative = helloReply.get("speculativeAuthenticate");
        if (token != null && speculative != null && speculative.isDocument() && isDone(speculative.asDocument())) {
            succeed();
            return;
        }
        token = null;
        attempts = 0;
        authenticate();
    }

    @Override
    public boolean canReauthenticate() {
        return true;
    }

    @Override
    public void reauthenticate(Connection on, long until, Authenticator.Callback hears) {
        on(on, until, hears);
        Secret expired = token;
        if (expired != null) {
            tokens().invalidate(expired);
        }
        token = null;
        attempts = 0;
        attempt(this::authenticate);
    }

    /** The algorithms of "Credential Caching": what is known first, then the callback. */
    private void authenticate() {
        Secret known = tokens().token();
        Secret refresh = tokens().refreshToken();
        if (known != null && attempts++ < ATTEMPTS) {
            sendToken(Step.REMEMBERED, known);
        } else if (!client.asksHumans()) {
            fetch(Step.FRESH, null, null, null);
        } else if (refresh != null) {
            refreshToken = refresh;
            fetch(Step.REFRESHED, tokens().idpInfo(), refresh, null);
        } else {
            step = Step.PRINCIPAL;
            BsonDocument principal = new BsonDocument();
            if (client.username() != null) {
                principal.append("n", new BsonString(client.username()));
            }
            send("saslStart", saslStart(mechanism(), payload(principal)));
        }
    }

    private void fetch(
            Step next, @Nullable OidcIdpInfo idpInfo, @Nullable Secret refresh, @Nullable BsonValue conversationId) {
        await(tokens().get(connection().loop(), patience(), idpInfo, refresh), given -> {
            if (conversationId == null) {
                sendToken(next, given);
            } else {
                step = next;
                token = given;
                send("saslContinue", saslContinue(conversationId, jwt(given)));
            }
        });
    }

    /**
     * Five minutes for humans, one for machines, or {@code timeoutMS}; but never more than what is left. A connection
     * that is being opened gets as much more time, unless {@code timeoutMS} limits it; an operation does not.
     */
    private Duration patience() {
        Duration limit = client.resources().timeout();
        Duration most = client.asksHumans() ? HUMAN_TIMEOUT : limit == null || limit.isZero() ? MACHINE_TIMEOUT : limit;
        if (client.asksHumans() || limit == null) {
            waits(most.toNanos());
        }
        long left = Deadline.remaining(deadline(), client.resources().clock().nanoTime());
        return Duration.ofNanos(Math.max(1, Math.min(left, most.toNanos())));
    }

    private void sendToken(Step next, Secret jwt) {
        step = next;
        token = jwt;
        send("saslStart", start(jwt));
    }

    @Override
    boolean refused(int code) {
        Secret used = token;
        if (code != AUTHENTICATION_FAILED || used == null) {
            return false;
        }
        if (step == Step.REFRESHED) {
            tokens().invalidateRefresh(requireNonNull(refreshToken));
        } else if (step != Step.REMEMBERED) {
            return false;
        }
        tokens().invalidate(used);
        token = null;
        authenticate();
        return true;
    }

    @Override
    void answered(BsonDocument reply) {
        if (step != Step.PRINCIPAL) {
            if (!isDone(reply)) {
                throw new IllegalArgumentException("the server does not end the conversation");
            }
            succeed();
            return;
        }
        if (isDone(reply)) {
            throw new IllegalArgumentException("the server ended the conversation without a token");
        }
        fetch(Step.FRESH, idpInfo(payload(reply, "one of MONGODB-OIDC")), null, conversationId(reply));
    }

    private static OidcIdpInfo idpInfo(BsonDocument told) {
        BsonValue issuer = told.get("issuer");
        if (issuer == null || !issuer.isString()) {
            throw new IllegalArgumentException("the server does not tell the issuer of tokens");
        }
        List<String> scopes = new ArrayList<>();
        if (told.isArray("requestScopes")) {
            for (BsonValue each : told.getArray("requestScopes")) {
                scopes.add(each.asString().getValue());
            }
        }
        return new IdpInfo(
                issuer.asString().getValue(),
                told.isString("clientId") ? told.getString("clientId").getValue() : null,
                List.copyOf(scopes));
    }
}
