package dev.rotor.transport.tck;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A server's end of one wire that goes wrong in a way of its own, drawn by lot, on a thread of its own. */
final class FaultyPeer implements Runnable {

    /** What a peer does. */
    private enum Fault {
        NONE,
        CLOSES_AT_ONCE,
        RESETS_AT_ONCE,
        RESETS_WHILE_READING,
        CLOSES_INSIDE_A_MESSAGE,
        RESETS_INSIDE_A_MESSAGE,
        HALF_CLOSES,
        TALKS_IN_BITS,
        TALKS_UNASKED,
        TALKS_NONSENSE,
        IS_SILENT
    }

    /** How many messages a peer sends that was not asked. */
    private static final int UNASKED = 20;

    private final Socket socket;
    private final Encryption encryption;
    private final Random random;
    private final CountDownLatch over;

    /**
     * Makes the peer.
     *
     * @param socket accepted; closed at the end
     * @param encryption what its bytes go through
     * @param random draws what goes wrong
     * @param over is counted down when nobody may be silent any more
     */
    FaultyPeer(Socket socket, Encryption encryption, Random random, CountDownLatch over) {
        this.socket = socket;
        this.encryption = encryption;
        this.random = random;
        this.over = over;
    }

    @Override
    public void run() {
        Fault[] faults = Fault.values();
        try (socket) {
            play(faults[random.nextInt(faults.length)]);
        } catch (IOException e) {
            // The other end has faults of its own.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Fault fault) throws IOException, InterruptedException {
        if (fault == Fault.CLOSES_AT_ONCE) {
            return;
        }
        if (fault == Fault.RESETS_AT_ONCE) {
            reset();
            return;
        }
        if (fault == Fault.IS_SILENT) {
            over.await();
            return;
        }
        if (fault == Fault.RESETS_WHILE_READING) {
            // Where a handshake comes first, this is in the middle of it.
            int unused = socket.getInputStream().read(new byte[1 + random.nextInt(5000)]);
            reset();
            return;
        }
        try (Socket spoken = encryption.ofPeer(socket, random)) {
            talk(fault, spoken);
        }
    }

    private void talk(Fault fault, Socket spoken) throws IOException {
        InputStream in = spoken.getInputStream();
        OutputStream out = spoken.getOutputStream();
        byte[] message = Frames.frame(16 + random.nextInt(60_000), 1);
        switch (fault) {
            case CLOSES_INSIDE_A_MESSAGE -> out.write(part(message));
            case RESETS_INSIDE_A_MESSAGE -> {
                out.write(part(message));
                reset();
            }
            case HALF_CLOSES -> {
                out.write(message);
                spoken.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
            }
            case TALKS_IN_BITS -> {
                for (int at = 0; at < message.length; ) {
                    int to = Math.min(message.length, at + 1 + random.nextInt(3000));
                    out.write(message, at, to - at);
                    at = to;
                }
                echo(in, out);
            }
            case TALKS_UNASKED -> {
                for (int i = 0; i < UNASKED; i++) {
                    out.write(message);
                }
                in.transferTo(OutputStream.nullOutputStream());
            }
            case TALKS_NONSENSE -> {
                out.write(Frames.join(Frames.length(15 - random.nextInt(1000)), new byte[1000]));
                in.transferTo(OutputStream.nullOutputStream());
            }
            default -> echo(in, out);
        }
    }

    private byte[] part(byte[] message) {
        return Arrays.copyOf(message, 1 + random.nextInt(message.length - 1));
    }

    /** Answers each message with itself until the stream ends. */
    private static void echo(InputStream in, OutputStream out) throws IOException {
        DataInputStream data = new DataInputStream(in);
        for (; ; ) {
            byte[] head = new byte[4];
            data.readFully(head);
            byte[] rest = new byte
                    [ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt() - 4];
            data.readFully(rest);
            out.write(Frames.join(head, rest));
        }
    }

    private void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
