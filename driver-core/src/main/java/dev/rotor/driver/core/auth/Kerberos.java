package dev.rotor.driver.core.auth;

import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.ietf.jgss.GSSException;

/** What GSSAPI takes from the machine. Everything here may block for many seconds, so none of it is for a loop. */
public interface Kerberos {

    /** That of the JDK. */
    Kerberos JDK = new JdkKerberos();

    /** What DNS says of hosts. */
    NameService nameService();

    /**
     * Whether the JAAS configuration of the application has an entry.
     *
     * @param entry its name
     */
    boolean hasLoginContext(String entry);

    /**
     * Logs in by an entry of the JAAS configuration of the application.
     *
     * @param entry its name
     * @param answers answers what the entry's modules ask
     * @return a context with its subject
     * @throws LoginException if there is no such entry, or the login fails
     */
    LoginContext logIn(String entry, CallbackHandler answers) throws LoginException;

    /**
     * Logs in without the application's configuration.
     *
     * @param user the principal
     * @param options of the JDK's login module for Kerberos
     * @param answers answers what the module asks
     * @return a context with its subject
     * @throws LoginException if the login fails
     */
    LoginContext logIn(String user, Map<String, String> options, CallbackHandler answers) throws LoginException;

    /**
     * The client's side of one conversation. Called in the name of the subject, as is whatever the client does.
     *
     * @param service whom to talk to
     * @param user the principal
     * @param properties by the names in {@link javax.security.sasl.Sasl}; empty for those of the driver
     * @throws SaslException if there is no such client
     * @throws GSSException if the subject has no credentials of this user
     */
    SaslClient client(ServicePrincipal service, String user, Map<String, Object> properties)
            throws SaslException, GSSException;

    /**
     * Does something in the name of a subject.
     *
     * @throws Exception what is thrown by it
     */
    <T> T as(Subject subject, Work<T> work) throws Exception;

    /** Something that may fail. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws Exception;
    }
}
