package dev.rotor.examples.recording;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A text file, with a line for each thing that happens. Of messages it has the headers alone: what they say is nobody
 * else's, and passwords may be in it.
 *
 * @param out where lines go
 */
record Recording(PrintStream out) implements AutoCloseable {

    /** The system property that names the file. */
    static final String FILE = "dev.rotor.examples.recording";

    private static final int HEADER_BYTES = 16;

    /**
     * Opens the file, to append to it.
     *
     * @throws IllegalStateException if it cannot be written
     */
    static Recording open() {
        Path file = Path.of(System.getProperty(FILE, "recording.log"));
        try {
            return new Recording(new PrintStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the record cannot be written: " + e + " (system property " + FILE + ")", e);
        }
    }

    /** From any thread; a line is whole. */
    void line(long wire, String what) {
        out.println(Instant.now() + " #" + wire + " " + what);
    }

    /** Describes a message: its length, its number, and which one it answers. Positions are left alone. */
    static String describe(ByteBuffer... message) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long length = 0;
        for (ByteBuffer part : message) {
            length += part.remaining();
            header.put(part.slice().limit(Math.min(part.remaining(), header.remaining())));
        }
        if (header.hasRemaining()) {
            return length + " bytes";
        }
        int answers = header.getInt(8);
        return length + " bytes, message " + header.getInt(4) + (answers == 0 ? "" : " that answers " + answers);
    }

    @Override
    public void close() {
        out.close();
    }
}
