package dev.rotor.testserver;

import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments of {@link Main}. */
record MainArguments(
        String topology,
        int members,
        String version,
        String auth,
        int port,
        String setName,
        Map<String, Object> parameters) {

    static final String USAGE =
            """
            usage: [--topology standalone|rs|sharded|lb] [--members N] [--version 8.2] [--auth user:password]
                   [--port 27017] [--set-name rs0] [--parameter name=value]...""";

    /** Reads them; an IllegalArgumentException names what is wrong. */
    static MainArguments parse(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            String value = arguments[i + 1];
            switch (name) {
                case "--parameter" -> {
                    int equals = value.indexOf('=');
                    if (equals <= 0) {
                        throw new IllegalArgumentException("--parameter takes name=value");
                    }
                    parameters.put(value.substring(0, equals), typed(value.substring(equals + 1)));
                }
                case "--topology", "--members", "--version", "--auth", "--port", "--set-name" -> given.put(name, value);
                default -> throw new IllegalArgumentException("unknown argument " + name);
            }
        }
        return new MainArguments(
                given.getOrDefault("--topology", "standalone"),
                number("--members", given.getOrDefault("--members", "1")),
                given.getOrDefault("--version", "8.2"),
                given.getOrDefault("--auth", ""),
                number("--port", given.getOrDefault("--port", "0")),
                given.getOrDefault("--set-name", "rs0"),
                parameters);
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a number, not " + text, e);
        }
    }

    private static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    TestServerBuilder builder() {
        TestServerBuilder builder =
                switch (topology) {
                    case "standalone" -> TestServer.standalone();
                    case "rs" -> TestServer.replicaSet(members);
                    case "sharded" -> TestServer.sharded(members);
                    case "lb" -> TestServer.loadBalanced(members);
                    default -> throw new IllegalArgumentException("unknown topology " + topology);
                };
        builder.version(version).port(port).setName(setName);
        if (!auth.isEmpty()) {
            int colon = auth.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("--auth takes user:password");
            }
            builder.auth(auth.substring(0, colon), auth.substring(colon + 1));
        }
        parameters.forEach(builder::parameter);
        return builder;
    }

    @Override
    public String toString() {
        return "MainArguments[" + topology + ", " + members + ", " + version + "]";
    }
}
