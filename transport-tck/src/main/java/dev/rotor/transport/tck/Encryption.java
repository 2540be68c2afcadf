package dev.rotor.transport.tck;

import dev.rotor.driver.transport.TlsSpec;
import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the two ends of each wire put between their bytes and its socket, drawn by lot. */
interface Encryption {

    /** Nothing. */
    Encryption NONE = new Encryption() {
        @Override
        public @Nullable TlsSpec ofOwner(Random random) {
            return null;
        }

        @Override
        public Socket ofPeer(Socket accepted, Random random) {
            return accepted;
        }
    };

    /** How the driver's end encrypts; {@code null} when it does not. */
    @Nullable
    TlsSpec ofOwner(Random random);

    /**
     * The socket for the server's end to talk through.
     *
     * @param accepted as it was accepted; has a channel
     * @return that one, or one around it which closes it too
     * @throws IOException when it has come to nothing, as may be meant; the accepted one is not necessarily closed
     */
    Socket ofPeer(Socket accepted, Random random) throws IOException;
}
