package dev.rotor.driver.core.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.ProxySettings;
import dev.rotor.driver.Secret;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.SecretText;
import dev.rotor.driver.transport.ProxyHandshake;
import dev.rotor.driver.transport.ProxySpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The SOCKS5 proxy of a client's settings.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/socks5-support/socks5.md">SOCKS5
 *     Support</a>
 */
public final class Socks5Proxy implements ProxySpec {

    /** The length of a user name, a password or a host name is one byte. */
    static final int MAX_BYTES = 255;

    private final ServerAddress address;
    private final byte @Nullable [] username;
    private final @Nullable Secret password;

    private Socks5Proxy(ServerAddress address, byte @Nullable [] username, @Nullable Secret password) {
        this.address = address;
        this.username = username;
        this.password = password;
    }

    /**
     * Reads the settings.
     *
     * @param settings host, port, and what to log in with
     * @return the proxy
     * @throws MongoConfigurationException if user name or password is longer than SOCKS5 can say
     */
    public static Socks5Proxy of(ProxySettings settings) {
        String username = settings.username();
        Secret password = settings.password();
        byte[] usernameBytes = username == null ? null : username.getBytes(UTF_8);
        if (usernameBytes != null && usernameBytes.length > MAX_BYTES) {
            throw tooLong("proxyUsername");
        }
        if (password != null) {
            byte[] bytes = SecretText.utf8(password.reveal());
            Arrays.fill(bytes, (byte) 0);
            if (bytes.length > MAX_BYTES) {
                throw tooLong("proxyPassword");
            }
        }
        return new Socks5Proxy(new ServerAddress(settings.host(), settings.port()), usernameBytes, password);
    }

    private static MongoConfigurationException tooLong(String option) {
        return new MongoConfigurationException(
                option + " is longer than the " + MAX_BYTES + " bytes in UTF-8 that SOCKS5 allows");
    }

    /** Where the proxy is. */
    public ServerAddress address() {
        return address;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public ProxyHandshake newHandshake(String host, int port) {
        return new Socks5Handshake(host, port, this);
    }

    /** Whether there is something to log in with. */
    boolean hasLogin() {
        return username != null;
    }

    /** What logs in, as RFC 1929 has it; to be wiped when it has been sent. */
    byte[] login() {
        byte[] user = username;
        Secret secret = password;
        if (user == null || secret == null) {
            throw new IllegalStateException("there is nothing to log in with");
        }
        byte[] pass = SecretText.utf8(secret.reveal());
        byte[] login = new byte[3 + user.length + pass.length];
        ByteBuffer.wrap(login)
                .put((byte) 1)
                .put((byte) user.length)
                .put(user)
                .put((byte) pass.length)
                .put(pass);
        Arrays.fill(pass, (byte) 0);
        return login;
    }

    /** Without user name and password. */
    @Override
    public String toString() {
        return "Socks5Proxy[" + address + "]";
    }
}
