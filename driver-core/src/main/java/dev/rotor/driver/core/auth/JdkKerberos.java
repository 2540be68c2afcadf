package dev.rotor.driver.core.auth;

import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/** Kerberos by the JDK: JAAS logs in, its GSS-API and SASL talk. */
final class JdkKerberos implements Kerberos {

    /** The mechanism's object identifier, of RFC 1964. */
    static final String MECHANISM = "1.2.840.113554.1.2.2";

    private static final String LOGIN_MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private final NameService nameService = new JdkNameService();

    @Override
    public NameService nameService() {
        return nameService;
    }

    @Override
    public boolean hasLoginContext(String entry) {
        Configuration configured = configuration();
        return configured != null && configured.getAppConfigurationEntry(entry) != null;
    }

    private static @Nullable Configuration configuration() {
        try {
            return Configuration.getConfiguration();
        } catch (SecurityException e) {
            // So says the JDK that there is no file of it.
            return null;
        }
    }

    @Override
    public LoginContext logIn(String entry, CallbackHandler answers) throws LoginException {
        return loggedIn(new LoginContext(entry, null, answers, configuration()));
    }

    @Override
    public LoginContext logIn(String user, Map<String, String> options, CallbackHandler answers) throws LoginException {
        Map<String, String> all = new HashMap<>(options);
        all.put("principal", user);
        Configuration configuration = new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(LOGIN_MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, all)
                };
            }
        };
        return loggedIn(new LoginContext("rotor", null, answers, configuration));
    }

    private static LoginContext loggedIn(LoginContext context) throws LoginException {
        context.login();
        return context;
    }

    @Override
    public SaslClient client(ServicePrincipal service, String user, Map<String, Object> properties)
            throws SaslException, GSSException {
        if (service.realm() != null) {
            // The JDK's client cannot be told a realm.
            return new GssSaslClient(service, user, credential(user, properties));
        }
        // Credentials are not given: the JDK's client would forward the ticket of the user to the server with them.
        Map<String, Object> used = properties.isEmpty() ? Map.of(Sasl.SERVER_AUTH, "true") : properties;
        SaslClient client =
                Sasl.createSaslClient(new String[] {"GSSAPI"}, user, service.service(), service.host(), used, null);
        if (client == null) {
            throw new SaslException("this Java runtime has no GSSAPI: its module jdk.security.jgss is missing");
        }
        return client;
    }

    /** That of the user: the subject may have others. */
    private static GSSCredential credential(String user, Map<String, Object> properties) throws GSSException {
        if (properties.get(Sasl.CREDENTIALS) instanceof GSSCredential given) {
            return given;
        }
        GSSManager manager = GSSManager.getInstance();
        return manager.createCredential(
                manager.createName(user, GSSName.NT_USER_NAME),
                GSSCredential.INDEFINITE_LIFETIME,
                new Oid(MECHANISM),
                GSSCredential.INITIATE_ONLY);
    }

    @Override
    public <T> T as(Subject subject, Work<T> work) throws Exception {
        try {
            return Subject.doAs(subject, (PrivilegedExceptionAction<T>) work::run);
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }
}
