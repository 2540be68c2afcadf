package dev.rotor.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class ConnectReasonsTest {

    @Test
    void theSystemsWordsAreLeftOfANativeChannelsMessage() {
        assertThat(ConnectReasons.words("finishConnect(..) failed with error(-111): Connection refused"))
                .isEqualTo("Connection refused");
        assertThat(ConnectReasons.words("io_uring connect(..) failed with error(-111): Connection refused"))
                .isEqualTo("Connection refused");
        assertThat(ConnectReasons.words("connect(..) failed: No such file or directory"))
                .isEqualTo("No such file or directory");
    }

    @Test
    void otherMessagesAreLeftAlone() {
        assertThat(ConnectReasons.words("Connection refused")).isEqualTo("Connection refused");
        assertThat(ConnectReasons.words(null)).isNull();
    }

    @Test
    void theAddressIsNotSaidTwice() {
        ConnectException netty = new ConnectException("Connection refused: /127.0.0.1:1");
        netty.initCause(new ConnectException("Connection refused"));

        assertThat(ConnectReasons.plain(netty)).hasMessage("Connection refused");
    }

    @Test
    void aPathThatIsNotThereIsSaidInTheSystemsWords() {
        assertThat(ConnectReasons.plain(new FileNotFoundException())).hasMessage("No such file or directory");
    }

    @Test
    void whatIsNoConnectFailureBecomesOneWithTheCause() {
        Throwable odd = new IllegalStateException("odd");
        assertThat(ConnectReasons.plain(odd)).hasMessage("odd").hasCause(odd);
        assertThat(ConnectReasons.plain(new IllegalStateException())).hasMessage("IllegalStateException");
        IOException own = new IOException("own");
        assertThat(ConnectReasons.plain(own)).isSameAs(own);
    }
}
