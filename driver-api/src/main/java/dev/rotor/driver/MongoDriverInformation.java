package dev.rotor.driver;

import java.util.Objects;

/**
 * A library that wraps this driver, told to servers in the handshake's client metadata after the driver's own, as the
 * Handshake specification defines it.
 *
 * @param name the library's name; must not contain {@code |}
 * @param version the library's version, empty for none; must not contain {@code |}
 * @param platform what it runs on, empty for none; must not contain {@code |}
 */
public record MongoDriverInformation(String name, String version, String platform) {

    public MongoDriverInformation {
        check("name", name);
        check("version", version);
        check("platform", platform);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("driver information needs a name");
        }
    }

    private static void check(String part, String value) {
        Objects.requireNonNull(value, part);
        if (value.indexOf('|') >= 0) {
            throw new IllegalArgumentException("the " + part + " of driver information must not contain '|': " + value);
        }
    }
}
