package dev.rotor.driver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of one connection string: the values that count, which options were mentioned at all, and the warnings.
 * Whatever is unknown or invalid is ignored with a warning, as the Connection String specification asks.
 */
final class UriOptions {

    private final Map<UriOption, Object> values = new EnumMap<>(UriOption.class);
    private final Set<UriOption> mentioned = EnumSet.noneOf(UriOption.class);
    private final List<TagSet> tagSets = new ArrayList<>();
    /** The values as they were given, for {@link #toString()}; empty for secrets. */
    private final Map<UriOption, String> texts = new EnumMap<>(UriOption.class);

    private final List<String> tagTexts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    /** Whether texts may be pieces of a password and must not be quoted. */
    private final boolean suspicious;

    private UriOptions(boolean suspicious) {
        this.suspicious = suspicious;
    }

    /**
     * Reads the options.
     *
     * @throws MongoConfigurationException if one is given twice that must not be
     */
    static UriOptions of(UriParts parts) {
        UriOptions options = new UriOptions(parts.suspicious());
        Set<UriOption> underNewName = EnumSet.noneOf(UriOption.class);
        boolean legacyDelimiter = false;
        for (UriParts.Option option : parts.options()) {
            UriOption known = UriOption.find(option.key());
            if (known != null && !UriOption.isDeprecated(option.key())) {
                underNewName.add(known);
            }
            legacyDelimiter |= option.legacyDelimiter();
        }
        if (legacyDelimiter) {
            options.warnings.add("Options are separated by ';', which is deprecated; use '&'");
        }
        boolean afterSecret = false;
        for (UriParts.Option option : parts.options()) {
            UriOption known = UriOption.find(option.key());
            if (known == null) {
                options.unknown(option, afterSecret);
                afterSecret |= soundsSecret(option.key());
            } else {
                afterSecret = known.isSecret();
                options.read(option, known, underNewName);
            }
        }
        return options;
    }

    private void read(UriParts.Option option, UriOption known, Set<UriOption> underNewName) {
        String name = known.uriName();
        if (UriOption.isDeprecated(option.key())) {
            if (underNewName.contains(known)) {
                warnings.add("Deprecated option " + UriError.quote(option.key())
                        + " is ignored because its replacement \"" + name + "\" is there too");
                return;
            }
            warnings.add(
                    "Deprecated option " + UriError.quote(option.key()) + " has been replaced by \"" + name + "\"");
        }
        if (known == UriOption.GSSAPI_SERVICE_NAME) {
            warnings.add(
                    "Deprecated option \"gssapiServiceName\": use authMechanismProperties=SERVICE_NAME:... instead");
        }
        boolean repeated = !mentioned.add(known) && !known.isList();
        if (repeated && known.isOnceOnly()) {
            throw UriError.at("option " + name, "is given more than once");
        }
        if (known == UriOption.AUTH_SOURCE && option.value().isEmpty()) {
            throw UriError.at("option authSource", "is empty");
        }
        boolean quotable = !suspicious && !known.isSecret();
        Object value = known.value()
                .parser()
                .parse(
                        option.value(),
                        remark -> warnings.add(
                                quotable
                                        ? "Option \"" + name + "\" " + remark
                                        : "Part of the value of option \"" + name + "\" is unsupported or deprecated"));
        if (value == null) {
            warnings.add("Unsupported value " + (quotable ? UriError.quote(option.value()) + " " : "") + "of option \""
                    + name + "\" is ignored: it must be " + known.value().expected());
            return;
        }
        texts.put(known, known.isSecret() ? "" : option.value());
        if (known.isList()) {
            tagTexts.add(option.value());
            tagSets.add((TagSet) value);
            return;
        }
        Object before = values.put(known, value);
        if (known == UriOption.TLS) {
            // Repetitions that agree are as good as one: Atlas hands out strings with both ssl and tls.
            if (before != null && !before.equals(value)) {
                throw UriError.at("options tls and ssl", "contradict each other");
            }
        } else if (repeated) {
            warnings.add("Option \"" + name + "\" is given more than once; the last valid value counts");
        }
    }

    private void unknown(UriParts.Option option, boolean afterSecret) {
        if (suspicious || afterSecret) {
            // A password with an unescaped '&' in it goes on as an option.
            warnings.add("Unsupported option " + option.position()
                    + " is ignored; its name is not shown because it may be part of a password");
        } else if (option.key().equalsIgnoreCase("serverSelectionTryOnce")) {
            warnings.add("Option \"serverSelectionTryOnce\" is ignored: it is for single-threaded drivers");
        } else {
            warnings.add("Unsupported option " + UriError.quote(option.key()) + " is ignored");
        }
    }

    /** Whether somebody may have meant a password by an option that does not exist. */
    private static boolean soundsSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("pass") || lower.contains("pwd") || lower.contains("secret") || lower.contains("token");
    }

    /** The value of an option, or null when it does not count. */
    <T> @Nullable T get(UriOption option, Class<T> type) {
        Object value = values.get(option);
        return value == null ? null : type.cast(value);
    }

    boolean isTrue(UriOption option) {
        return Objects.equals(values.get(option), true);
    }

    /** Whether an option is there, even with a value that does not count. */
    boolean mentions(UriOption option) {
        return mentioned.contains(option);
    }

    /** Whether one of the options counts. */
    boolean has(UriOption... options) {
        for (UriOption option : options) {
            if (values.containsKey(option)) {
                return true;
            }
        }
        return false;
    }

    List<TagSet> tagSets() {
        return Collections.unmodifiableList(tagSets);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Names and values that count, for a {@code toString}, with secrets and what may be one hidden. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        texts.forEach((option, text) -> {
            if (option.isList()) {
                tagTexts.forEach(tags -> append(out, option, tags));
            } else {
                append(out, option, text);
            }
        });
        return out.toString();
    }

    private void append(StringBuilder out, UriOption option, String text) {
        out.append(out.isEmpty() ? "" : "&")
                .append(option.uriName())
                .append('=')
                .append(suspicious || option.isSecret() ? "***" : text);
    }
}
