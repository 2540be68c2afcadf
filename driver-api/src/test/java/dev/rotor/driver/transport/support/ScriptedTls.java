package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.TlsSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** A socket without a network, and engines that follow a script. */
final class ScriptedTls implements TlsEngines {

    /** Gives the bytes that are put into {@link #arriving}, and takes as many as there is room for. */
    static final class Socket implements ByteLayer {
        /** One element a read; then the failure, or nothing. */
        final Deque<byte[]> arriving = new ArrayDeque<>();

        final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Nullable
        IOException failure;

        int room = Integer.MAX_VALUE;

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) {
            int taken = 0;
            for (int i = offset; i < offset + count; i++) {
                while (buffers[i].hasRemaining() && room > 0) {
                    written.write(buffers[i].get());
                    room--;
                    taken++;
                }
            }
            return taken;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            byte[] bytes = arriving.poll();
            if (bytes != null) {
                into.put(bytes);
                return bytes.length;
            }
            if (failure != null) {
                throw failure;
            }
            return 0;
        }

        @Override
        public void endOutput() {}

        @Override
        public void close() {}
    }

    final ScriptedEngine engine = new ScriptedEngine();
    final Socket socket = new Socket();
    final TlsResources resources;
    int released;
    private final boolean likeOpenSsl;

    ScriptedTls(boolean likeOpenSsl, ThreadFactory threads) {
        this.likeOpenSsl = likeOpenSsl;
        resources = new TlsResources(this, threads);
    }

    /** A stream whose handshake is done. */
    TlsLayer established() throws IOException {
        TlsPumps pumps = new TlsPumps(resources);
        TlsSpec spec = (host, port) -> engine;
        pumps.assemble(resources.newEngine(spec, "db.example", 27017), socket);
        TlsPumps.Parts parts = pumps.parts();
        if (parts == null) {
            throw new IllegalStateException("no engine");
        }
        return new TlsLayer(socket, pumps, parts);
    }

    @Override
    public SSLEngine newEngine(TlsSpec spec, String host, int port) {
        return spec.newEngine(host, port);
    }

    @Override
    public boolean splitsAtBuffers(SSLEngine which) {
        return likeOpenSsl;
    }

    @Override
    public void release(SSLEngine which) {
        released++;
    }

    @Override
    public void close() {}
}
