package dev.rotor.driver.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.ProxySettings;
import dev.rotor.driver.Secret;
import dev.rotor.driver.transport.ProxyHandshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Socks5HandshakeTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String IPV4_REPLY = "05000001" + "0a000001" + "6989";

    private static ProxyHandshake plain(String host) {
        return Socks5Proxy.of(new ProxySettings("p", 1080)).newHandshake(host, 27017);
    }

    private static ProxyHandshake withLogin() {
        return Socks5Proxy.of(new ProxySettings("p", 1080, "usér", Secret.of("p4ss")))
                .newHandshake("db", 27017);
    }

    /** What is said when the proxy has said this, in hexadecimal. */
    private static String say(ProxyHandshake handshake, String received) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(received));
        ByteBuffer answer = handshake.advance(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        byte[] said = new byte[answer.remaining()];
        answer.duplicate().get(said);
        return HEX.formatHex(said);
    }

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ProxyHandshake requested() throws IOException {
        ProxyHandshake handshake = plain("db");
        say(handshake, "");
        say(handshake, "0500");
        return handshake;
    }

    @Test
    void withoutALoginNoAuthenticationAloneIsOfferedAndTheNameIsPassedOn() throws IOException {
        ProxyHandshake handshake = plain("db.example");
        assertThat(say(handshake, "")).isEqualTo("050100");
        assertThat(say(handshake, "0500")).isEqualTo("05010003" + "0a" + hex("db.example") + "6989");
        assertThat(handshake.isDone()).isFalse();
        assertThat(say(handshake, IPV4_REPLY)).isEmpty();
        assertThat(handshake.isDone()).isTrue();
    }

    @Test
    void withALoginBothAreOfferedAndTheLoginIsSentIfItIsChosen() throws IOException {
        ProxyHandshake handshake = withLogin();
        assertThat(say(handshake, "")).isEqualTo("05020002");
        assertThat(say(handshake, "0502")).isEqualTo("01" + "05" + hex("usér") + "04" + hex("p4ss"));
        assertThat(say(handshake, "0100")).isEqualTo("05010003" + "02" + hex("db") + "6989");
        assertThat(say(handshake, IPV4_REPLY)).isEmpty();
        assertThat(handshake.isDone()).isTrue();
    }

    @Test
    void aLoginThatIsNotAskedForIsNotSent() throws IOException {
        ProxyHandshake handshake = withLogin();
        say(handshake, "");
        assertThat(say(handshake, "0500")).startsWith("050100");
    }

    @Test
    void thePasswordIsWipedOnceTheProxyHasAnswered() throws IOException {
        ProxyHandshake handshake = withLogin();
        say(handshake, "");
        ByteBuffer login = handshake.advance(ByteBuffer.wrap(HEX.parseHex("0502")));
        say(handshake, "0100");
        assertThat(login.array()).containsOnly(0);
    }

    @Test
    void addressesArePassedOnAsSuch() throws IOException {
        ProxyHandshake four = plain("10.0.0.1");
        say(four, "");
        assertThat(say(four, "0500")).isEqualTo("05010001" + "0a000001" + "6989");
        ProxyHandshake six = plain("fd00::1");
        say(six, "");
        assertThat(say(six, "0500")).isEqualTo("05010004" + "fd000000000000000000000000000001" + "6989");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                IPV4_REPLY,
                "05000004" + "fd000000000000000000000000000001" + "6989",
                "05000003" + "02" + "6462" + "6989",
                "05000003" + "00" + "6989",
                "0500ff01" + "00000000" + "0000"
            })
    void everyKindOfReplyIsTakenInPiecesOfAnySize(String reply) throws IOException {
        String answers = "0502" + "0100" + reply;
        for (int size = 1; size <= 4; size++) {
            ProxyHandshake handshake = withLogin();
            StringBuilder said = new StringBuilder(say(handshake, ""));
            for (String part : new String[] {"0502", "0100", reply}) {
                for (int at = 0; at < part.length(); at += 2 * size) {
                    assertThat(handshake.isDone()).as(answers).isFalse();
                    said.append(say(handshake, part.substring(at, Math.min(part.length(), at + 2 * size))));
                }
            }
            assertThat(handshake.isDone()).isTrue();
            assertThat(said.toString()).endsWith("05010003" + "02" + "6462" + "6989");
        }
    }

    @Test
    void theLongestNameInAReplyFits() throws IOException {
        ProxyHandshake handshake = requested();
        say(handshake, "05000003" + "ff" + "61".repeat(255) + "6989");
        assertThat(handshake.isDone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | it failed for a reason that it does not tell (SOCKS5 reply 1)",
                "2 | its rules do not allow this connection (SOCKS5 reply 2)",
                "3 | it cannot reach the network of the server (SOCKS5 reply 3)",
                "4 | it cannot reach the host, or does not know its name (SOCKS5 reply 4)",
                "5 | the server refused the connection (SOCKS5 reply 5)",
                "6 | the way to the server is too long (TTL expired) (SOCKS5 reply 6)",
                "7 | it does not support the command CONNECT (SOCKS5 reply 7)",
                "8 | it does not support this type of address (SOCKS5 reply 8)",
                "9 | it refused for a reason that SOCKS5 does not know (SOCKS5 reply 9)",
                "255 | it refused for a reason that SOCKS5 does not know (SOCKS5 reply 255)"
            })
    void everyRefusalIsSaidInWordsAsSoonAsItsCodeIsThere(int code, String words) throws IOException {
        ProxyHandshake handshake = requested();
        assertThatThrownBy(() -> say(handshake, "05" + HEX.toHexDigits((byte) code)))
                .isInstanceOf(IOException.class)
                .hasMessage(words);
    }

    @Test
    void aProxyThatWantsALoginThatThereIsNotSaysWhatToSet() throws IOException {
        for (String choice : new String[] {"05ff", "0502"}) {
            ProxyHandshake handshake = plain("db");
            say(handshake, "");
            assertThatThrownBy(() -> say(handshake, choice))
                    .hasMessage("it wants to be logged in to; set proxyUsername and proxyPassword");
        }
    }

    @Test
    void aProxyThatTakesNeitherIsNotLoggedInTo() throws IOException {
        ProxyHandshake handshake = withLogin();
        say(handshake, "");
        assertThatThrownBy(() -> say(handshake, "05ff"))
                .hasMessage("it takes neither a user name with a password nor none");
    }

    @Test
    void aMethodThatWasNotOfferedIsRefused() throws IOException {
        ProxyHandshake handshake = withLogin();
        say(handshake, "");
        assertThatThrownBy(() -> say(handshake, "0501"))
                .hasMessage("it chose the authentication method 1, which it was not offered");
    }

    @Test
    void aWrongLoginIsSaidWithoutIt() throws IOException {
        ProxyHandshake handshake = withLogin();
        say(handshake, "");
        say(handshake, "0502");
        assertThatThrownBy(() -> say(handshake, "0101"))
                .hasMessage("it refused the user name and password (proxyUsername, proxyPassword)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "48545450 | it is no SOCKS5 proxy: its answer begins with the byte 72; it looks like an HTTP proxy, which is not supported",
                "1503 | it is no SOCKS5 proxy: its answer begins with the byte 21; it looks like a TLS server",
                "00 | it is no SOCKS5 proxy: its answer begins with the byte 0; it looks like a SOCKS4 proxy, which is not supported",
                "2a000000 | it is no SOCKS5 proxy: its answer begins with the byte 42"
            })
    void whatIsNoSocks5ProxyIsToldByItsFirstByte(String answer, String words) throws IOException {
        ProxyHandshake handshake = plain("db");
        say(handshake, "");
        assertThatThrownBy(() -> say(handshake, answer)).hasMessage(words);
    }

    @Test
    void aReplyOfAnotherVersionIsRefused() throws IOException {
        ProxyHandshake handshake = requested();
        assertThatThrownBy(() -> say(handshake, "04"))
                .hasMessageStartingWith("it is no SOCKS5 proxy: its answer begins with the byte 4");
        ProxyHandshake login = withLogin();
        say(login, "");
        say(login, "0502");
        assertThatThrownBy(() -> say(login, "05"))
                .hasMessage("its answer to user name and password begins with the byte 5 instead of 1");
    }

    @Test
    void aTypeOfAddressThatDoesNotExistIsRefused() throws IOException {
        ProxyHandshake handshake = requested();
        assertThatThrownBy(() -> say(handshake, "05000002"))
                .hasMessage("its answer has an address of the type 2, which SOCKS5 does not know");
    }

    @Test
    void bytesBehindAnAnswerAreRefusedWhereverTheyCome() throws IOException {
        ProxyHandshake early = plain("db");
        say(early, "");
        assertThatThrownBy(() -> say(early, "050000")).hasMessageContaining("it sent more than");
        ProxyHandshake behind = requested();
        assertThatThrownBy(() -> say(behind, IPV4_REPLY + "00")).hasMessageContaining("it sent more than");
        ProxyHandshake later = requested();
        say(later, IPV4_REPLY);
        assertThatThrownBy(() -> say(later, "00")).hasMessageContaining("it sent more than");
    }

    @Test
    void noAnswerWhateverItIsMakesMoreOfItThanAFailure() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            ProxyHandshake handshake = random.nextBoolean() ? withLogin() : plain("db");
            try {
                handshake.advance(ByteBuffer.allocate(0));
                for (int j = 0; j < 4 && !handshake.isDone(); j++) {
                    byte[] bytes = new byte[random.nextInt(300)];
                    random.nextBytes(bytes);
                    int right = random.nextInt(5);
                    for (int k = 0; k < Math.min(right, bytes.length); k++) {
                        bytes[k] = HEX.parseHex("05000001")[k];
                    }
                    handshake.advance(ByteBuffer.wrap(bytes));
                }
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("p4ss").hasMessageNotContaining("usér");
            }
        }
    }

    @Test
    void whatSocks5CannotSayIsRefused() throws IOException {
        assertThatThrownBy(() -> Socks5Proxy.of(new ProxySettings("p", 1, "ü".repeat(128), Secret.of("x"))))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("proxyUsername is longer than the 255 bytes in UTF-8 that SOCKS5 allows");
        assertThatThrownBy(() -> Socks5Proxy.of(new ProxySettings("p", 1, "u", Secret.of("x".repeat(256)))))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("proxyPassword is longer than the 255 bytes in UTF-8 that SOCKS5 allows");
        ProxyHandshake handshake = plain("h".repeat(256));
        say(handshake, "");
        assertThatThrownBy(() -> say(handshake, "0500"))
                .hasMessage("the server's host name is longer than the 255 bytes that SOCKS5 allows");
    }

    @Test
    void theProxysTextHasNoLoginInIt() {
        assertThat(Socks5Proxy.of(new ProxySettings("p", 1080, "alice", Secret.of("secret"))))
                .hasToString("Socks5Proxy[p:1080]");
    }
}
