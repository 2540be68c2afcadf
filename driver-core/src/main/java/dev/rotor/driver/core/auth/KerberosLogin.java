package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.Secret;
import dev.rotor.driver.spi.KerberosSubjectSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Logs the user of a client in to Kerberos, and keeps the subject until five minutes before its ticket expires. Nothing
 * is locked: several connections may log in at the same time, and the last login stays.
 */
final class KerberosLogin {

    /** A ticket is renewed that long before it expires. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** The entries that the JDK itself looks for. */
    private static final List<String> USUAL_ENTRIES =
            List.of("com.sun.security.jgss.krb5.initiate", "com.sun.security.jgss.initiate");

    private static final Map<String, String> BY_PASSWORD = Map.of("useTicketCache", "false");
    private static final Map<String, String> BY_TICKET_CACHE = Map.of("useTicketCache", "true", "doNotPrompt", "true");

    private record LoggedIn(LoginContext context, Instant until) {}

    private final Kerberos kerberos;
    private final InstantSource time;
    private final @Nullable KerberosSubjectSource source;
    private final @Nullable String entry;
    private final String user;
    private final @Nullable Secret password;
    private final AtomicReference<@Nullable LoggedIn> cache = new AtomicReference<>();

    private volatile boolean closed;

    KerberosLogin(MongoCredential credential, Kerberos kerberos, InstantSource time) {
        this.kerberos = kerberos;
        this.time = time;
        this.source = credential.kerberosSubjectSource();
        this.entry = credential.kerberosLoginContext();
        this.user = requireNonNull(credential.username(), "username");
        this.password = credential.password();
    }

    /** Gives the subject. To be called on the executor, since it may ask Kerberos or call what is the user's. */
    CompletionStage<Subject> subject() {
        if (closed) {
            throw new IllegalStateException("the client is being closed");
        }
        if (source != null) {
            return checked(source.subject());
        }
        LoggedIn known = cache.get();
        if (known == null || !isFresh(known)) {
            known = logIn();
            cache.set(known);
            if (closed) {
                close();
            }
        }
        return CompletableFuture.completedStage(known.context().getSubject());
    }

    /** Authentication has failed: what is kept may be why. */
    void invalidate() {
        cache.set(null);
    }

    /** Destroys what is kept; nobody is logged in from now on. */
    void close() {
        closed = true;
        LoggedIn known = cache.getAndSet(null);
        if (known == null) {
            return;
        }
        try {
            known.context().logout();
        } catch (LoginException e) {
            // Then the tickets die of age.
            return;
        }
    }

    private boolean isFresh(LoggedIn known) {
        return time.instant().plus(MARGIN).isBefore(known.until());
    }

    private static CompletionStage<Subject> checked(@Nullable CompletionStage<Subject> given) {
        if (given == null) {
            throw new IllegalStateException("the source of Kerberos subjects returned null");
        }
        return given.thenApply(subject -> {
            if (subject == null) {
                throw new IllegalStateException("the source of Kerberos subjects gave null");
            }
            return subject;
        });
    }

    private LoggedIn logIn() {
        try {
            LoginContext context = context();
            return new LoggedIn(context, expiration(context.getSubject()));
        } catch (LoginException e) {
            throw new KerberosException(KerberosFailures.ofLogin(e, user, way()), e);
        }
    }

    private LoginContext context() throws LoginException {
        String named = entry();
        if (named != null) {
            return kerberos.logIn(named, this::answer);
        }
        return kerberos.logIn(user, password == null ? BY_TICKET_CACHE : BY_PASSWORD, this::answer);
    }

    /** The application's entry that counts, or {@code null}. */
    private @Nullable String entry() {
        if (entry != null || password != null) {
            return entry;
        }
        for (String usual : USUAL_ENTRIES) {
            if (kerberos.hasLoginContext(usual)) {
                return usual;
            }
        }
        return null;
    }

    /** For messages. */
    private String way() {
        String named = entry();
        if (named != null) {
            return "JAAS login context " + named;
        }
        return password == null ? "ticket cache" : "password";
    }

    private void answer(Callback[] questions) throws UnsupportedCallbackException {
        for (Callback question : questions) {
            if (question instanceof NameCallback name) {
                name.setName(user);
            } else if (question instanceof PasswordCallback secret) {
                if (password != null) {
                    char[] plain = password.reveal();
                    secret.setPassword(plain);
                    Arrays.fill(plain, '\0');
                }
            } else {
                throw new UnsupportedCallbackException(question, "only names and passwords are known");
            }
        }
    }

    /** When the first of the tickets expires that get others; never where there is none. */
    static Instant expiration(Subject subject) {
        Instant first = Instant.MAX;
        for (KerberosTicket ticket : subject.getPrivateCredentials(KerberosTicket.class)) {
            if (ticket.getServer().getName().startsWith("krbtgt/")) {
                Instant end = ticket.getEndTime().toInstant();
                first = end.isBefore(first) ? end : first;
            }
        }
        return first;
    }
}
