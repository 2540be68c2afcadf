package dev.rotor.transport.iouring;

import dev.rotor.driver.transport.Availability;
import dev.rotor.transport.netty.NettyPresence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Why io_uring cannot be used, told from what Netty threw and what the kernel says of itself. */
final class IoUringReasons {

    /**
     * What the kernel says of itself.
     *
     * @param release its version, for example {@code 6.1.0-13-amd64}; empty if unknown
     * @param disabled the value of {@code kernel.io_uring_disabled}: 1 for unprivileged processes, 2 for all; else 0
     */
    record Kernel(String release, int disabled) {

        private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

        static Kernel read() {
            int disabled = 0;
            try {
                if (Files.isReadable(DISABLED)) {
                    disabled = Integer.parseInt(Files.readString(DISABLED).strip());
                }
            } catch (IOException | NumberFormatException e) {
                // A kernel that does not say has nothing switched off by this means.
                disabled = 0;
            }
            return new Kernel(System.getProperty("os.version", ""), disabled);
        }
    }

    private IoUringReasons() {}

    static Availability of(Throwable cause, String osArch, boolean onModulePath, Kernel kernel) {
        Throwable root = NettyPresence.root(cause);
        // Netty's loader looks for the library as a file in a jar, then among those of the system.
        if (root instanceof FileNotFoundException
                || root instanceof UnsatisfiedLinkError
                || root instanceof ClassNotFoundException) {
            Availability missing = NettyPresence.nativeMissing(
                    "io_uring", "io.netty:netty-transport-native-io_uring", "linux", osArch, cause);
            return onModulePath
                    ? Availability.no(
                            missing.reason() + "; if it is on the module path, leave out the one for the other"
                                    + " processor, whose module has the same name",
                            missing.cause())
                    : missing;
        }
        String words = String.valueOf(root.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("cannot allocate memory") || lower.contains("enomem")) {
            return no(
                    "the limit of locked memory is too small for its rings: raise it (ulimit -l, or LimitMEMLOCK of the"
                            + " service), or open fewer loops",
                    words,
                    root);
        }
        if (lower.contains("operation not permitted") || lower.contains("permission denied")) {
            return no(
                    kernel.disabled() > 0
                            ? "it is switched off by kernel.io_uring_disabled=" + kernel.disabled()
                                    + ": set that to 0, or use epoll"
                            : "this process may not use it, as under the seccomp profile of many containers: allow"
                                    + " io_uring_setup, io_uring_enter and io_uring_register, or use epoll",
                    words,
                    root);
        }
        if (lower.contains("too many open files")) {
            return no("no file descriptors are left: raise the limit (ulimit -n)", words, root);
        }
        return no("the kernel " + kernel.release() + " lacks what Netty needs of it; use epoll", words, root);
    }

    private static Availability no(String reason, String words, Throwable root) {
        return Availability.no("io_uring cannot be used: " + reason + " (" + words + ")", root);
    }
}
