package dev.rotor.gridfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that is larger than the memory of the JVM that stores it and reads it back, which has 64 MiB: 128 MiB, or what
 * {@code -Drotor.gridfs.large=1g} says. The server holds the chunks in the memory of this process.
 */
class LargeFileTest {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final int MINUTES = 30;

    @TempDir
    Path folder;

    private final long length = length(System.getProperty("rotor.gridfs.large", "128m"));

    /** {@code 128m}, {@code 1g}. */
    private static long length(String text) {
        String number = text.substring(0, text.length() - 1);
        return switch (text.toLowerCase(Locale.ROOT).charAt(text.length() - 1)) {
            case 'm' -> Long.parseLong(number) * MEBIBYTE;
            case 'g' -> Long.parseLong(number) * 1024 * MEBIBYTE;
            default -> throw new IllegalArgumentException("rotor.gridfs.large must be as 128m or 1g, not " + text);
        };
    }

    @BeforeEach
    void thereIsRoom() throws IOException {
        long heap = Runtime.getRuntime().maxMemory();
        long needed = 2 * length + 256 * MEBIBYTE;
        Assumptions.assumeTrue(
                heap >= needed,
                () -> "the server needs a heap of " + needed / MEBIBYTE + " MiB in this process, which has "
                        + heap / MEBIBYTE + ": run with -DargLine=-Xmx" + needed / MEBIBYTE + "m");
        long disk = Files.getFileStore(folder).getUsableSpace();
        Assumptions.assumeTrue(
                disk >= 2 * length,
                () -> "two files of " + length / MEBIBYTE + " MiB do not fit into " + folder.getRoot()
                        + ": set java.io.tmpdir");
    }

    @Test
    void aFileLargerThanTheHeapGoesUpAndComesDownUnchanged() throws Exception {
        Path source = folder.resolve("source");
        Path target = folder.resolve("target");
        Path output = folder.resolve("output");
        String digest = write(source);

        try (TestServer server = TestServer.standalone().start()) {
            Process child = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LargeFileChild.class.getName(),
                            server.connectionString(),
                            source.toString(),
                            target.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(output.toFile()))
                    .start();
            boolean ended = child.waitFor(MINUTES, TimeUnit.MINUTES);
            child.destroyForcibly();
            String said = Files.readString(output);
            assertThat(ended).as(said).isTrue();
            assertThat(child.exitValue()).as(said).isZero();
            assertThat(said).contains(LargeFileChild.STORED + digest);
            System.out.println(said.strip());
        }
        assertThat(Files.size(target)).isEqualTo(length);
        assertThat(digestOf(target)).isEqualTo(digest);
    }

    private String write(Path file) throws Exception {
        Random random = new Random(1);
        byte[] block = new byte[(int) MEBIBYTE];
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            for (long written = 0; written < length; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digestOf(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ByteBuffer block = ByteBuffer.allocate((int) MEBIBYTE);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(block.clear()) >= 0) {
                digest.update(block.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
