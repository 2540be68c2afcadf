package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the process held when a test began: sockets where the system shows them, and what the probes count. */
final class Leaks {

    /** Where Linux shows a process its open files, as links that say what they are. */
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final List<LeakProbe> probes;
    private final List<Long> counts = new ArrayList<>();

    private Leaks(List<LeakProbe> probes) {
        this.probes = probes;
        for (LeakProbe probe : probes) {
            counts.add(probe.count().getAsLong());
        }
    }

    // The JDK keeps some files of its own from the first socket on that it opens and closes.
    static {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel one = SocketChannel.open(server.getLocalAddress());
                    SocketChannel other = server.accept()) {
                one.configureBlocking(false);
                other.shutdownOutput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the kit needs sockets of this machine's loopback address", e);
        }
    }

    /** Counts. */
    static Leaks now(List<LeakProbe> more) {
        List<LeakProbe> probes = new ArrayList<>(more);
        if (Files.isDirectory(OPEN_FILES)) {
            probes.add(new LeakProbe("sockets", () -> openFiles("socket:")));
            probes.add(new LeakProbe("selectors and the like", () -> openFiles("anon_inode:")));
        }
        return new Leaks(probes);
    }

    /** Counts the process's threads as well, once those are there that are made once for all. */
    static Leaks withThreads(List<LeakProbe> more) {
        List<LeakProbe> probes = new ArrayList<>(more);
        probes.add(new LeakProbe("threads", Leaks::threads));
        return now(probes);
    }

    /** Counts memory outside of the heap, and nothing else. */
    static Leaks ofMemory(List<LeakProbe> more) {
        List<LeakProbe> probes = new ArrayList<>(more);
        probes.add(new LeakProbe("direct buffers", Leaks::directBuffers));
        probes.add(new LeakProbe("bytes of direct buffers", Leaks::directBytes));
        return new Leaks(probes);
    }

    private static long threads() {
        return Thread.getAllStackTraces().size();
    }

    /** How many buffers outside of the heap there are. */
    static long directBuffers() {
        return ofDirectMemory(BufferPoolMXBean::getCount);
    }

    private static long directBytes() {
        return ofDirectMemory(BufferPoolMXBean::getMemoryUsed);
    }

    private static long ofDirectMemory(ToLongFunction<BufferPoolMXBean> what) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(what)
                .sum();
    }

    void assertNoneSince() {
        for (int i = 0; i < probes.size(); i++) {
            LeakProbe probe = probes.get(i);
            assertThat(probe.count().getAsLong())
                    .as("%s left open; there were %d before", probe.name(), counts.get(i))
                    .isLessThanOrEqualTo(counts.get(i));
        }
    }

    /** The open files that are of this kind; the kinds are how the links' targets begin. */
    private static long openFiles(String kind) {
        long count = 0;
        try (DirectoryStream<Path> links = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path link : links) {
                if (kindOf(link).startsWith(kind)) {
                    count++;
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the open files cannot be listed", e);
        }
        return count;
    }

    private static String kindOf(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // Closed since it was listed, as the listing's own is.
            return "";
        }
    }
}
