package dev.rotor.benchmarks;

import dev.rotor.benchmarks.server.BareSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;

/** No driver at all: what the operating system, the JVM and the canned server cost by themselves, for find only. */
final class Bare implements Subject {

    private final InetSocketAddress server;
    private final ConcurrentLinkedQueue<BareSocket> idle = new ConcurrentLinkedQueue<>();

    Bare(String uri) {
        URI address = URI.create(uri);
        server = new InetSocketAddress(address.getHost(), address.getPort());
    }

    @Override
    public boolean knows(Operation operation) {
        return operation == Operation.FIND_ONE;
    }

    @Override
    public Object call(Operation operation) {
        if (!knows(operation)) {
            throw new UnsupportedOperationException("a bare socket only finds");
        }
        try {
            BareSocket socket = idle.poll();
            if (socket == null) {
                socket = new BareSocket(server);
            }
            int length = socket.find();
            idle.add(socket);
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (BareSocket socket = idle.poll(); socket != null; socket = idle.poll()) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
