package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.transport.Cancellable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Subject;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * GSSAPI on one connection. Whatever asks Kerberos or DNS is done on the executor; the loop sends what comes of it.
 * There is no speculation.
 */
final class GssapiConversation extends AuthConversation {

    /** That much earlier than the connection's own timer this one fires, which can say what was waited for. */
    private static final long EARLIER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final MongoCredential credential;
    private final String user;
    private final KerberosLogin login;
    private final AuthResources resources;
    private final AtomicReference<@Nullable SaslClient> client = new AtomicReference<>();
    /** A step is being taken, so the client is in use. */
    private volatile boolean stepping;
    /** Nothing more is to be said. */
    private volatile boolean over;

    private volatile @Nullable Subject subject;
    private volatile @Nullable ServicePrincipal service;
    private volatile @Nullable Cancellable timer;

    GssapiConversation(
            MongoCredential credential, @Nullable ServerApi serverApi, KerberosLogin login, AuthResources resources) {
        super(credential.source(), serverApi, resources.executor());
        this.credential = credential;
        this.user = requireNonNull(credential.username(), "username");
        this.login = login;
        this.resources = resources;
    }

    @Override
    AuthMechanism mechanism() {
        return AuthMechanism.GSSAPI;
    }

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        // The specification knows no speculation for this mechanism.
    }

    @Override
    void begin(BsonDocument helloReply) {
        startTimer();
        offLoop(
                login::subject,
                stage -> await(stage, given -> {
                    subject = given;
                    offLoop(this::first, this::start);
                }));
    }

    private void start(byte[] token) {
        stopTimer();
        if (connection().isClosed()) {
            // Of which nobody has to be told, and for which the login, which others use, is not to blame.
            over = true;
            dispose();
            return;
        }
        send("saslStart", saslStart(mechanism(), token));
    }

    /** So that a KDC that does not answer is named, and not the server, which has done nothing wrong. */
    private void startTimer() {
        long left = Deadline.remaining(deadline(), resources.clock().nanoTime());
        if (left == Long.MAX_VALUE) {
            return;
        }
        long wait = Math.max(0, left - Math.min(left / 10, EARLIER_NANOS));
        timer = connection().loop().schedule(this::late, wait, TimeUnit.NANOSECONDS);
    }

    private void late() {
        if (connection().isClosed()) {
            // For another reason, for which the login, which others use, is not to blame.
            return;
        }
        fail(
                "Kerberos gave no ticket in time: check the kdc of the realm in krb5.conf and the network, or raise"
                        + " connectTimeoutMS",
                null,
                -1);
    }

    private void stopTimer() {
        Cancellable started = timer;
        if (started != null) {
            started.cancel();
        }
    }

    private byte[] first() {
        ServicePrincipal named =
                ServicePrincipal.of(credential, server(), resources.kerberos().nameService());
        service = named;
        return step(() -> {
            SaslClient made = resources.kerberos().client(named, user, credential.saslClientProperties());
            client.set(made);
            return made.hasInitialResponse() ? made.evaluateChallenge(new byte[0]) : new byte[0];
        });
    }

    @Override
    void answered(BsonDocument reply) {
        boolean done = isDone(reply);
        byte[] challenge = reply.getBinary("payload").getData();
        SaslClient used = client.get();
        if (used == null) {
            return;
        }
        if (!used.isComplete()) {
            if (done) {
                throw new IllegalArgumentException("the server ended the conversation before it was complete");
            }
            offLoop(
                    () -> step(() -> used.evaluateChallenge(challenge)),
                    token -> send("saslContinue", saslContinue(conversationId(reply), token)));
            return;
        }
        if (!done) {
            throw new IllegalArgumentException("the server does not end the conversation");
        }
        Object protection = used.getNegotiatedProperty(Sasl.QOP);
        if (protection != null && !protection.equals("auth")) {
            throw new IllegalArgumentException("the SASL client properties ask for the quality of protection "
                    + protection + ", and MongoDB has none but auth");
        }
        over = true;
        dispose();
        succeed();
    }

    /** One step of the client, on the executor. */
    private byte[] step(Kerberos.Work<byte @Nullable []> work) {
        stepping = true;
        try {
            byte[] token = resources.kerberos().as(requireNonNull(subject), work);
            return token == null ? new byte[0] : token;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw told(e);
        } finally {
            stepping = false;
            if (over) {
                dispose();
            }
        }
    }

    private KerberosException told(Exception failure) {
        return new KerberosException(KerberosFailures.ofService(failure, user, requireNonNull(service)), failure);
    }

    @Override
    void failed() {
        over = true;
        stopTimer();
        login.invalidate();
        if (!stepping) {
            dispose();
        }
    }

    private void dispose() {
        SaslClient made = client.getAndSet(null);
        if (made != null) {
            try {
                made.dispose();
            } catch (SaslException e) {
                // Then it is forgotten as it is.
                return;
            }
        }
    }
}
