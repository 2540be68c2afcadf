package dev.rotor.packaging;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import org.opentest4j.TestAbortedException;

/**
 * The jars that an application brings, as the build made them: they are on the class path of the tests. Where it has
 * folders of classes instead, because the build stopped before it made jars, jars are made of those.
 */
final class Jars {

    private final Path folder;

    /** Where jars are put that have to be made. */
    Jars(Path folder) {
        this.folder = folder;
    }

    /** The application itself, and what every application of Rotor's brings: the driver, no transport. */
    List<Path> driver() throws IOException {
        return jarsWith(
                "dev/rotor/packaging/Consumer.class",
                "dev/rotor/driver/MongoClient.class",
                "dev/rotor/driver/core/client/ClientFactory.class",
                "org/bson/Document.class",
                "org/slf4j/Logger.class",
                "org/slf4j/simple/SimpleLogger.class",
                "com/ongres/scram/common/ScramFunctions.class",
                "com/ongres/saslprep/SASLprep.class",
                "com/ongres/stringprep/Profile.class");
    }

    List<Path> nio() throws IOException {
        return jarsWith("dev/rotor/transport/nio/NioTransportProvider.class");
    }

    /** Rotor's transports on Netty, without Netty. */
    List<Path> flavours() throws IOException {
        return jarsWith(
                "dev/rotor/transport/netty/NettyNioProvider.class",
                "dev/rotor/transport/epoll/EpollProvider.class",
                "dev/rotor/transport/iouring/IoUringProvider.class");
    }

    /** Netty with all its native libraries, in the order of the class path. */
    List<Path> netty() {
        List<Path> netty = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path) && path.getFileName().toString().startsWith("netty-")) {
                netty.add(path);
            }
        }
        return netty;
    }

    List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>(driver());
        all.addAll(nio());
        all.addAll(flavours());
        all.addAll(netty());
        return all;
    }

    /** Netty's io_uring for the processor that this is not: its module has the name of the other one. */
    static boolean isIoUringOfOtherProcessor(Path jar) {
        return isIoUringNative(jar) && !jar.toString().endsWith("linux-" + processor() + ".jar");
    }

    static boolean isIoUringNative(Path jar) {
        return jar.getFileName().toString().startsWith("netty-transport-native-io_uring-");
    }

    private static String processor() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return arch.equals("aarch64") ? "aarch_64" : "x86_64";
    }

    private List<Path> jarsWith(String... resources) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String resource : resources) {
            jars.add(jarWith(resource));
        }
        return jars;
    }

    private Path jarWith(String resource) throws IOException {
        URL url = Jars.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new IllegalStateException(resource + " is not on the class path of the tests");
        }
        String place = url.toString();
        String root = place.substring(0, place.length() - resource.length() - 1);
        if (root.startsWith("jar:")) {
            return Path.of(URI.create(root.substring("jar:".length(), root.length() - 1)));
        }
        Path jar =
                folder.resolve(resource.substring(0, resource.lastIndexOf('/')).replace('/', '.') + ".jar");
        if (Files.notExists(jar)) {
            pack(Path.of(URI.create(root)), jar);
        }
        return jar;
    }

    private static void pack(Path classes, Path jar) {
        ToolProvider tool = ToolProvider.findFirst("jar")
                .orElseThrow(() -> new TestAbortedException(
                        "this JVM has no jar tool: run the tests with a JDK, or mvn verify, which makes jars"));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        if (tool.run(out, out, "--create", "--file", jar.toString(), "-C", classes.toString(), ".") != 0) {
            throw new IllegalStateException("jar failed: " + said);
        }
    }
}
