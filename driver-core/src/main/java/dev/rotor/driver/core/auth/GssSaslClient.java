package dev.rotor.driver.core.auth;

import java.nio.charset.StandardCharsets;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of GSSAPI in SASL (RFC 4752, section 3.1) over the JDK's GSS-API, for a service in a realm that the
 * user has named: the JDK's own client makes a host-based name of the service, which has no place for a realm.
 */
final class GssSaslClient implements SaslClient {

    /** The name type of principals as Kerberos writes them, of RFC 1964. */
    private static final String PRINCIPAL_NAME = "1.2.840.113554.1.2.2.1";

    private static final byte NO_SECURITY_LAYER = 1;

    private final GSSContext context;
    private final byte[] authorizationId;
    private boolean complete;

    GssSaslClient(ServicePrincipal service, String user, GSSCredential credential) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        Oid mechanism = new Oid(JdkKerberos.MECHANISM);
        context = manager.createContext(
                manager.createName(service.toString(), new Oid(PRINCIPAL_NAME), mechanism),
                mechanism,
                credential,
                GSSContext.INDEFINITE_LIFETIME);
        context.requestMutualAuth(true);
        authorizationId = user.getBytes(StandardCharsets.UTF_8);
    }

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
        try {
            if (context.isEstablished()) {
                return chooseLayer(challenge);
            }
            byte[] token = context.initSecContext(challenge, 0, challenge.length);
            return token == null ? new byte[0] : token;
        } catch (GSSException e) {
            throw new SaslException(e.getMessage(), e);
        }
    }

    /** The server offers layers of security in four bytes; the client chooses none, and says for whom it speaks. */
    private byte[] chooseLayer(byte[] challenge) throws GSSException, SaslException {
        byte[] offer = context.unwrap(challenge, 0, challenge.length, new MessageProp(0, false));
        if (offer.length != 4) {
            throw new SaslException("the server offers security layers in " + offer.length + " bytes, not in 4");
        }
        if ((offer[0] & NO_SECURITY_LAYER) == 0) {
            throw new SaslException("the server demands a security layer of SASL, which MongoDB does not have");
        }
        byte[] choice = new byte[4 + authorizationId.length];
        choice[0] = NO_SECURITY_LAYER;
        System.arraycopy(authorizationId, 0, choice, 4, authorizationId.length);
        byte[] wrapped = context.wrap(choice, 0, choice.length, new MessageProp(0, false));
        complete = true;
        return wrapped;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
        throw new IllegalStateException("there is no security layer");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
        throw new IllegalStateException("there is no security layer");
    }

    @Override
    public @Nullable Object getNegotiatedProperty(String name) {
        return Sasl.QOP.equals(name) ? "auth" : null;
    }

    @Override
    public void dispose() throws SaslException {
        try {
            context.dispose();
        } catch (GSSException e) {
            throw new SaslException(e.getMessage(), e);
        }
    }
}
