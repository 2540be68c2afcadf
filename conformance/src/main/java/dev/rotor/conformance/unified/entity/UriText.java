package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.RunnerException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A connection string whose options are replaced and added to. Names of options are compared without case. */
public final class UriText {

    private final String beforeOptions;
    private final List<String> options;

    private UriText(String beforeOptions, List<String> options) {
        this.beforeOptions = beforeOptions;
        this.options = options;
    }

    /** Takes a connection string apart. */
    public static UriText parse(String uri) {
        int question = uri.indexOf('?');
        String before = question < 0 ? uri : uri.substring(0, question);
        if (before.indexOf('/', before.indexOf("://") + 3) < 0) {
            before += "/";
        }
        List<String> options = new ArrayList<>();
        if (question >= 0) {
            for (String option : uri.substring(question + 1).split("&", -1)) {
                if (!option.isEmpty()) {
                    options.add(option);
                }
            }
        }
        return new UriText(before, options);
    }

    /** With the {@code uriOptions} of a client entity instead of options of the same name. */
    public UriText with(BsonDocument uriOptions) {
        UriText result = this;
        for (var option : uriOptions.entrySet()) {
            result = result.without(option.getKey());
            if (option.getKey().equalsIgnoreCase("readPreferenceTags")) {
                for (BsonValue tags : option.getValue().asArray()) {
                    result = result.plus(option.getKey(), tags.asString().getValue());
                }
            } else {
                result = result.plus(option.getKey(), text(option.getKey(), option.getValue()));
            }
        }
        return result.isDirect() ? result.without("replicaSet").withFirstHostOnly() : result;
    }

    /** With this option, unless there is one of the name. */
    public UriText orElse(String name, String value) {
        return has(name) ? this : plus(name, value);
    }

    /** With this host instead of those there are. */
    public UriText withHost(String host) {
        int start = Math.max(beforeOptions.indexOf("://") + 3, beforeOptions.lastIndexOf('@') + 1);
        return new UriText(
                beforeOptions.substring(0, start) + host + beforeOptions.substring(beforeOptions.indexOf('/', start)),
                options);
    }

    private boolean isDirect() {
        return options.stream().anyMatch(option -> option.equalsIgnoreCase("directConnection=true"));
    }

    private UriText withFirstHostOnly() {
        int comma = beforeOptions.indexOf(',');
        if (comma < 0) {
            return this;
        }
        return new UriText(
                beforeOptions.substring(0, comma) + beforeOptions.substring(beforeOptions.indexOf('/', comma)),
                options);
    }

    private boolean has(String name) {
        return options.stream().anyMatch(option -> isNamed(option, name));
    }

    private UriText without(String name) {
        return new UriText(
                beforeOptions,
                options.stream().filter(option -> !isNamed(option, name)).toList());
    }

    private UriText plus(String name, String value) {
        List<String> more = new ArrayList<>(options);
        more.add(name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        return new UriText(beforeOptions, more);
    }

    private static boolean isNamed(String option, String name) {
        String lower = option.toLowerCase(Locale.ROOT);
        return lower.startsWith(name.toLowerCase(Locale.ROOT) + '=');
    }

    private static String text(String name, BsonValue value) {
        if (value.isString()) {
            return value.asString().getValue();
        }
        if (value.isBoolean()) {
            return String.valueOf(value.asBoolean().getValue());
        }
        if (value.isInt32() || value.isInt64()) {
            return String.valueOf(value.asNumber().longValue());
        }
        if (value.isDouble()) {
            return String.valueOf(value.asDouble().getValue());
        }
        if (value.isDocument() && !value.asDocument().containsKey("$$placeholder")) {
            StringJoiner pairs = new StringJoiner(",");
            value.asDocument().forEach((key, each) -> pairs.add(key + ':' + text(name, each)));
            return pairs.toString();
        }
        if (value.isArray()) {
            StringJoiner values = new StringJoiner(",");
            value.asArray().forEach(each -> values.add(text(name, each)));
            return values.toString();
        }
        throw new RunnerException("the runner has no value for the URI option " + name + ": " + Matcher.text(value));
    }

    @Override
    public String toString() {
        return options.isEmpty() ? beforeOptions : beforeOptions + '?' + String.join("&", options);
    }
}
