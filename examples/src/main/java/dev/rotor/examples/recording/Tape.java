package dev.rotor.examples.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A file of answers, a line each: the command, and the whole message in Base64. It knows as much of the wire protocol
 * as that takes. Answers hold what users stored, so the file is as secret as the data.
 *
 * @param file for messages
 * @param out where answers are written, or {@code null}
 * @param answers those that were read, by command, in order
 */
record Tape(Path file, @Nullable PrintStream out, Map<String, Answers> answers) implements AutoCloseable {

    private static final int START_BYTES = 128;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    /** Flags of a message that is followed by none, and of one that may be followed by several. */
    private static final int NOT_ONE_ANSWER = 1 << 1 | 1 << 16;

    private record Answers(List<byte[]> messages, AtomicInteger given) {}

    private static Path place() {
        return Path.of(System.getProperty(RecordingProvider.FILE, "recording.txt"));
    }

    static Tape write() {
        Path file = place();
        try {
            return new Tape(file, new PrintStream(Files.newOutputStream(file), true, UTF_8), Map.of());
        } catch (IOException e) {
            throw new IllegalStateException("cannot write the record " + file + ": " + e, e);
        }
    }

    static Tape read() {
        Path file = place();
        Map<String, Answers> answers = new ConcurrentHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                answers.computeIfAbsent(
                                line.substring(0, space),
                                command -> new Answers(new ArrayList<>(), new AtomicInteger()))
                        .messages()
                        .add(Base64.getDecoder().decode(line.substring(space + 1)));
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("cannot replay the record " + file + ": " + e, e);
        }
        return new Tape(file, null, answers);
    }

    void add(String command, byte[] answer) {
        if (out != null) {
            out.println(command + " " + Base64.getEncoder().encodeToString(answer));
        }
    }

    /** The next answer to a command; the last one is given for ever. */
    byte[] next(String command) throws IOException {
        Answers of = answers.get(command);
        if (of == null) {
            throw new IOException("the record " + file + " has no answer to the command " + command);
        }
        return of.messages()
                .get(Math.min(of.given().getAndIncrement(), of.messages().size() - 1));
    }

    @Override
    public void close() {
        if (out != null) {
            out.close();
        }
    }

    // ---- messages

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** As much of a message as is looked at here. Positions are left alone. */
    static byte[] start(ByteBuffer... message) {
        ByteBuffer start = ByteBuffer.allocate(START_BYTES);
        for (ByteBuffer part : message) {
            start.put(part.slice().limit(Math.min(part.remaining(), start.remaining())));
        }
        return start.array();
    }

    /** The command, which is the first name in the document; {@code null} for what is not answered once. */
    static @Nullable String command(byte[] start) {
        int kind = littleEndian(start).getInt(12);
        boolean once =
                kind == OP_QUERY || (kind == OP_MSG && (littleEndian(start).getInt(16) & NOT_ONE_ANSWER) == 0);
        // Behind the flags, the name of a collection and two numbers, or the kind of a section; then a length and a
        // type.
        int from = kind == OP_QUERY ? 16 + 4 + "admin.$cmd ".length() + 8 + 5 : 16 + 4 + 1 + 5;
        int to = from;
        while (once && to < start.length && Character.isLetter(start[to])) {
            to++;
        }
        return from == to ? null : new String(start, from, to - from, UTF_8);
    }

    static int number(byte[] message) {
        return littleEndian(message).getInt(4);
    }

    static int answers(byte[] message) {
        return littleEndian(message).getInt(8);
    }

    static byte[] answering(byte[] question, byte[] recorded) {
        byte[] answer = recorded.clone();
        littleEndian(answer).putInt(8, number(question));
        return answer;
    }
}
