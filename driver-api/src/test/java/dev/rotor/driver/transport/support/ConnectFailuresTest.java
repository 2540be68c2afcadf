package dev.rotor.driver.transport.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentence for a server that cannot be reached. */
class ConnectFailuresTest {

    private static SocketAddress address(String literal) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(literal), 27017);
    }

    private static ConnectFailures of(String host, int port, SocketAddress... addresses) {
        return new ConnectFailures(new ConnectRequest(
                host, port, List.of(addresses), Duration.ofSeconds(1), TcpOptions.DEFAULT, null, 48_000_000));
    }

    @Test
    void aNameIsSaidWithEveryAddressAndItsReason() throws Exception {
        SocketAddress first = address("10.0.0.1");
        SocketAddress second = address("10.0.0.2");
        ConnectFailures failures = of("db", 27017, first, second);
        failures.add(second, new ConnectException("Connection refused"));
        assertThat(failures.left()).isEqualTo(1);
        failures.add(first, new SocketTimeoutException("no answer within 500 ms"));

        ConnectFailedException failure = failures.toException();

        assertThat(failure)
                .hasMessage("could not connect to db:27017: /10.0.0.2:27017: Connection refused;"
                        + " /10.0.0.1:27017: no answer within 500 ms");
        assertThat(failure.isTimeout()).isTrue();
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void anErrorIsAReasonAsAnExceptionIs() throws Exception {
        Error error = new OutOfMemoryError("Cannot reserve direct buffer memory");
        SocketAddress address = address("10.0.0.1");
        ConnectFailures failures = of("db", 27017, address);
        failures.add(address, error);

        ConnectFailedException failure = failures.toException();

        assertThat(failure)
                .hasMessage("could not connect to db:27017: /10.0.0.1:27017: Cannot reserve direct buffer memory")
                .hasCause(error);
        assertThat(failure.isTimeout()).isFalse();
    }

    @Test
    void anAddressThatTheUserWroteIsSaidOnce() throws Exception {
        SocketAddress written = address("10.0.0.1");
        ConnectFailures failures = of("10.0.0.1", 27017, written);
        failures.add(written, new ConnectException("Connection refused"));
        assertThat(failures.toException()).hasMessage("could not connect to 10.0.0.1:27017: Connection refused");

        SocketAddress path = UnixDomainSocketAddress.of("/tmp/mongodb-27017.sock");
        ConnectFailures local = of("/tmp/mongodb-27017.sock", 0, path);
        local.add(path, new ConnectException("No such file or directory"));
        assertThat(local.toException())
                .hasMessage("could not connect to /tmp/mongodb-27017.sock: No such file or directory");
    }
}
