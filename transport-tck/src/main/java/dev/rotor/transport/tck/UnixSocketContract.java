package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Wire;
import java.io.EOFException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wires over Unix domain sockets, for transports that have them. */
public abstract class UnixSocketContract extends TransportContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** For the class that says what is tested. */
    protected UnixSocketContract() {}

    @BeforeEach
    final void skipWithoutThem() {
        needs(TransportFeature.UNIX_DOMAIN_SOCKETS);
    }

    @Test
    void aUnixDomainSocketCarriesMessagesBothWays(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("db.sock"));
        ServerSocketChannel unix = listen(address, 8);
        RecordingListener listener = start(
                new ConnectRequest(address.toString(), 0, List.of(address), LONG, TcpOptions.DEFAULT, null, MAX_FRAME));
        Peer peer = closeLater(new Peer(unix.accept()));
        Wire wire = listener.wire();
        byte[] large = Frames.frame(5_000_000, 2);

        wire.send(ByteBuffer.wrap(large));
        assertThat(peer.readFrame()).isEqualTo(large);
        peer.write(Frames.frame(50, 1));

        assertThat(listener.frame()).isEqualTo(Frames.frame(50, 1));
        assertThat(wire.localAddress()).isNull();
        assertThat(wire.remoteAddress()).isEqualTo(address);
    }

    @Test
    void aUnixDomainSocketThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("none.sock");
        ConnectFailedException failure = failure(start(request(UnixDomainSocketAddress.of(path))));
        assertThat(failure).hasMessageContaining("none.sock");

        Files.createFile(path);
        assertThat(failure(start(request(UnixDomainSocketAddress.of(path))))).hasMessageContaining("none.sock");
    }

    @Test
    void aUnixDomainSocketWhoseBacklogIsFullIsNotTakenForConnected(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("full.sock"));
        ServerSocketChannel unix = listen(address, 1);
        for (int i = 0; i < 8; i++) {
            start(request(Duration.ofSeconds(30), address));
        }
        RecordingListener last = start(request(Duration.ofMillis(300), address));

        // Linux refuses it at once, other systems let it wait.
        assertThat(failure(last)).hasMessageContaining("full.sock");
        unix.close();
    }

    @Test
    void aUnixDomainSocketThatItsPeerClosesEndsTheWire(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("db.sock"));
        ServerSocketChannel unix = listen(address, 8);
        RecordingListener listener = start(request(address));
        Peer peer = closeLater(new Peer(unix.accept()));
        listener.wire();
        peer.write(Frames.frame(20, 1));
        peer.close();

        assertThat(listener.frame()).isEqualTo(Frames.frame(20, 1));
        assertThat(listener.closeCause()).isInstanceOf(EOFException.class);
    }
}
