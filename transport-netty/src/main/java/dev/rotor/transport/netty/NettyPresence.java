package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Availability;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers whether a flavour can run, in sentences that a person can act on. */
public final class NettyPresence {

    private NettyPresence() {}

    /**
     * Asks, and takes whatever is thrown for an answer.
     *
     * @param flavour the name of the transport
     * @param question asks the flavour
     * @return its answer, or that classes are missing
     */
    public static Availability check(String flavour, Supplier<Availability> question) {
        try {
            return question.get();
        } catch (LinkageError e) {
            Throwable root = root(e);
            return Availability.no(
                    "the transport " + flavour + " needs Netty 4.2 on the class path, of one version throughout: "
                            + root,
                    root);
        } catch (RuntimeException e) {
            return Availability.no("whether the transport " + flavour + " can run could not be told: " + e, e);
        }
    }

    /**
     * Answers by the operating system, without touching native code.
     *
     * @param flavour the name of the transport
     * @param needs what it needs, as {@code os.name} starts, in lower case
     * @param osName the value of {@code os.name}
     * @param alternatives the transports to choose instead
     * @return a negative answer, or {@code null} when the system is right
     */
    public static @Nullable Availability wrongSystem(String flavour, String needs, String osName, String alternatives) {
        if (osName.toLowerCase(Locale.ROOT).startsWith(needs)) {
            return null;
        }
        String name = needs.startsWith("mac") ? "macOS" : "Linux";
        return Availability.no(
                "the transport " + flavour + " runs on " + name + " alone, this is " + osName + "; use " + alternatives,
                null);
    }

    /**
     * Says why Netty's native code cannot be used.
     *
     * @param flavour the name of the transport
     * @param artifact the artifact that has the native library, without version
     * @param classifier how the classifier begins, for example {@code linux}
     * @param osArch the value of {@code os.arch}
     * @param cause what Netty gave as its reason
     * @return the negative answer
     */
    public static Availability nativeMissing(
            String flavour, String artifact, String classifier, String osArch, Throwable cause) {
        Throwable root = root(cause);
        String arch = arch(osArch);
        if (arch == null) {
            return Availability.no(
                    "the transport " + flavour + " has no native library for the processor " + osArch
                            + ", only for x86_64 and aarch_64; use nio",
                    root);
        }
        return Availability.no(
                "the native library of the transport " + flavour + " cannot be loaded: add the artifact " + artifact
                        + " with classifier " + classifier + "-" + arch
                        + " in the version of the other Netty artifacts ("
                        + root + ")",
                root);
    }

    /**
     * Netty's name of a processor.
     *
     * @param osArch the value of {@code os.arch}
     * @return {@code x86_64}, {@code aarch_64}, or {@code null} for others
     */
    static @Nullable String arch(String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64", "x64" -> "x86_64";
            case "aarch64", "aarch_64", "arm64" -> "aarch_64";
            default -> null;
        };
    }

    /**
     * The failure behind the others.
     *
     * @param failure a failure
     * @return its last cause, itself if it has none
     */
    public static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null && cause != root; cause = root.getCause()) {
            root = cause;
        }
        return root;
    }
}
