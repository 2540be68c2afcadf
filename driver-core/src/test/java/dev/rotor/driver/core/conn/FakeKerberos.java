package dev.rotor.driver.core.conn;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rotor.driver.core.auth.Kerberos;
import dev.rotor.driver.core.auth.NameService;
import dev.rotor.driver.core.auth.ServicePrincipal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** A Kerberos whose messages are words, and that notes what is done with it. */
final class FakeKerberos implements Kerberos {

    /** What has happened, in order. */
    final List<String> log = new ArrayList<>();

    /** The entries of the application's JAAS configuration. */
    final Set<String> entries = new HashSet<>();

    /** When tickets expire. */
    Instant end = Instant.parse("2100-01-01T00:00:00Z");

    @Nullable
    String refusal;
    /** What is done while a conversation has its turn. */
    Runnable meanwhile = () -> {};
    /** What the client says that it has agreed on. */
    @Nullable
    Object protection = "auth";

    /** What happens when a client is disposed of. */
    @Nullable
    RuntimeException disposal;

    @Nullable
    Subject as;

    @Override
    public NameService nameService() {
        return new NameService() {
            @Override
            public List<InetAddress> addresses(String host) {
                log.add("addresses of " + host);
                return List.of(InetAddress.getLoopbackAddress());
            }

            @Override
            public List<String> canonicalNames(String host) {
                return List.of();
            }

            @Override
            public List<String> names(InetAddress address) {
                return List.of("db1.rotor.test");
            }
        };
    }

    @Override
    public boolean hasLoginContext(String entry) {
        return entries.contains(entry);
    }

    @Override
    public LoginContext logIn(String entry, CallbackHandler answers) throws LoginException {
        log.add("login by " + entry);
        return loggedIn(answers);
    }

    @Override
    public LoginContext logIn(String user, Map<String, String> options, CallbackHandler answers) throws LoginException {
        log.add("login of " + user + " with ticket cache " + options.get("useTicketCache"));
        return loggedIn(answers);
    }

    private LoginContext loggedIn(CallbackHandler answers) throws LoginException {
        if (refusal != null) {
            throw new LoginException(refusal);
        }
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            answers.handle(new Callback[] {password});
        } catch (Exception e) {
            throw new LoginException(e.toString());
        }
        if (password.getPassword() != null) {
            log.add("password " + new String(password.getPassword()));
        }
        Subject subject = new Subject();
        subject.getPrivateCredentials().add(ticket());
        LoginContext context = new LoginContext("fake", subject, answers, new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            Module.class.getName(),
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            Map.of("log", log))
                };
            }
        });
        context.login();
        return context;
    }

    private KerberosTicket ticket() {
        KerberosPrincipal client = new KerberosPrincipal("alice@ROTOR.TEST");
        KerberosPrincipal server = new KerberosPrincipal("krbtgt/ROTOR.TEST@ROTOR.TEST");
        return new KerberosTicket(
                new byte[0],
                client,
                server,
                new byte[16],
                17,
                new boolean[32],
                null,
                Date.from(Instant.EPOCH),
                Date.from(end),
                null,
                null);
    }

    /** Logs out, and notes it. */
    public static final class Module implements LoginModule {

        private List<String> log = List.of();

        /** For JAAS. */
        public Module() {}

        @Override
        @SuppressWarnings("unchecked")
        public void initialize(
                Subject subject, CallbackHandler answers, Map<String, ?> shared, Map<String, ?> options) {
            log = (List<String>) Objects.requireNonNull(options.get("log"));
        }

        @Override
        public boolean login() {
            return true;
        }

        @Override
        public boolean commit() {
            return true;
        }

        @Override
        public boolean abort() {
            return true;
        }

        @Override
        public boolean logout() {
            log.add("logout");
            return true;
        }
    }

    @Override
    public SaslClient client(ServicePrincipal service, String user, Map<String, Object> properties) {
        log.add("client of " + service + " for " + user + (properties.isEmpty() ? "" : " with " + properties));
        return new Client();
    }

    @Override
    public <T> T as(Subject subject, Work<T> work) throws Exception {
        as = subject;
        return work.run();
    }

    /** Says "one" and "two", and is complete. */
    private final class Client implements SaslClient {

        private int said;

        @Override
        public String getMechanismName() {
            return "GSSAPI";
        }

        @Override
        public boolean hasInitialResponse() {
            return true;
        }

        @Override
        public byte[] evaluateChallenge(byte[] challenge) throws SaslException {
            meanwhile.run();
            if (said > 0 && !new String(challenge, UTF_8).equals("challenge")) {
                throw new SaslException("not a challenge");
            }
            said++;
            log.add("turn " + said);
            return ("token " + said).getBytes(UTF_8);
        }

        @Override
        public boolean isComplete() {
            return said == 2;
        }

        @Override
        public byte[] unwrap(byte[] incoming, int offset, int len) {
            throw new IllegalStateException();
        }

        @Override
        public byte[] wrap(byte[] outgoing, int offset, int len) {
            throw new IllegalStateException();
        }

        @Override
        public @Nullable Object getNegotiatedProperty(String name) {
            return protection;
        }

        @Override
        public void dispose() {
            log.add("disposed");
            RuntimeException failure = disposal;
            if (failure != null) {
                throw failure;
            }
        }
    }
}
