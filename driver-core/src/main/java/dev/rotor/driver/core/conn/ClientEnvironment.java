package dev.rotor.driver.core.conn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the driver runs in, as it is told to servers.
 *
 * @param driverVersion this driver's version
 * @param osType {@code Linux}, {@code Darwin}, {@code Windows} or {@code unknown}
 * @param osName the system's name
 * @param osArchitecture the machine's architecture
 * @param osVersion the system's version
 * @param platform runtime and transport
 * @param variables reads an environment variable; {@code null} for one that is not set
 * @param docker whether this is a Docker container
 */
public record ClientEnvironment(
        String driverVersion,
        String osType,
        String osName,
        String osArchitecture,
        String osVersion,
        String platform,
        Function<String, @Nullable String> variables,
        boolean docker) {

    /**
     * This process.
     *
     * @param transport the name of the transport in use
     */
    public static ClientEnvironment current(String transport) {
        String osName = property("os.name");
        return new ClientEnvironment(
                version(),
                osType(osName),
                osName,
                property("os.arch"),
                property("os.version"),
                "Java/" + property("java.vendor") + "/" + property("java.runtime.version") + "/" + transport,
                System::getenv,
                Files.exists(Path.of("/.dockerenv")));
    }

    /** The kind of system by the name that Java gives it. */
    static String osType(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return "Linux";
        }
        if (name.startsWith("mac")) {
            return "Darwin";
        }
        return name.startsWith("windows") ? "Windows" : "unknown";
    }

    /** The build writes the version into a resource, so that it stands in one place only. */
    static String version() {
        try (InputStream in = ClientEnvironment.class.getResourceAsStream("driver.properties")) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version", "unknown");
            }
        } catch (IOException e) {
            // A driver that cannot read its own version still connects.
        }
        return "unknown";
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
