package dev.rotor.driver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection string cut into its parts, with user information, database and options decoded, as the Connection String
 * specification describes it under "General Syntax".
 *
 * @param srv whether the scheme is {@code mongodb+srv}
 * @param username the decoded user name, empty if it is; null without user information
 * @param password the decoded password, or null without one
 * @param hosts the host information as written
 * @param database the decoded database, or null without one
 * @param options keys and values, decoded, in their order
 * @param suspicious whether an unescaped at-sign comes after the host information; then what looks like a host, a
 *     database or an option may be a piece of a password, and must not be quoted
 */
record UriParts(
        boolean srv,
        @Nullable String username,
        @Nullable Secret password,
        String hosts,
        @Nullable String database,
        List<Option> options,
        boolean suspicious) {

    private static final String SCHEME = "mongodb://";
    private static final String SRV_SCHEME = "mongodb+srv://";

    /** What RFC 3986 allows in user information besides letters and digits; the colon separates name and password. */
    private static final String USER_INFO_MARKS = "-._~!$&'()*+,;=%";

    private static final String MUST_BE_ENCODED = "; user name and password must be percent-encoded";

    /**
     * One key and its value.
     *
     * @param key as written, decoded
     * @param value decoded, may be empty
     * @param position counted from 1
     * @param legacyDelimiter whether a semicolon came before it
     */
    record Option(String key, String value, int position, boolean legacyDelimiter) {
        @Override
        public String toString() {
            return "option " + position;
        }
    }

    @Override
    public String toString() {
        return "UriParts[hidden]";
    }

    /**
     * Cuts a connection string.
     *
     * @throws MongoConfigurationException if its form is wrong
     */
    static UriParts of(String uri) {
        boolean srv = uri.startsWith(SRV_SCHEME);
        if (!srv && !uri.startsWith(SCHEME)) {
            throw UriError.of("the scheme is wrong: it must start with \"mongodb://\" or \"mongodb+srv://\"");
        }
        String rest = uri.substring(srv ? SRV_SCHEME.length() : SCHEME.length());
        int end = endOfAuthority(rest);
        String authority = rest.substring(0, end);
        String tail = rest.substring(end);
        boolean suspicious = tail.indexOf('@') >= 0;

        int at = authority.lastIndexOf('@');
        String username = null;
        Secret password = null;
        if (at >= 0) {
            String userInfo = authority.substring(0, at);
            checkUserInfo(userInfo);
            int colon = userInfo.indexOf(':');
            username = PercentDecoder.decode(colon < 0 ? userInfo : userInfo.substring(0, colon), "the user name");
            if (colon >= 0) {
                password = Secret.of(PercentDecoder.decode(userInfo.substring(colon + 1), "the password"));
            }
        }
        String hosts = authority.substring(at + 1);
        if (hosts.isEmpty()) {
            throw UriError.of(
                    tail.startsWith("/") && tail.length() > 1 && tail.charAt(1) != '?'
                            ? "the host is missing; the path of a Unix domain socket must be percent-encoded, with"
                                    + " each '/' written as %2F"
                            : "the host is missing");
        }

        if (suspicious && tail.startsWith("?")) {
            throw UriError.of(
                    "an unescaped '@' comes after a '?'; if they belong to a password, write its '?' as %3F and"
                            + " '@' as %40, else write a '/' before the '?'");
        }
        int question = tail.indexOf('?');
        String path = question < 0 ? tail : tail.substring(0, question);
        String query = question < 0 ? "" : tail.substring(question + 1);
        return new UriParts(srv, username, password, hosts, database(path), options(query, suspicious), suspicious);
    }

    private static int endOfAuthority(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
                return i;
            }
        }
        return rest.length();
    }

    private static void checkUserInfo(String userInfo) {
        int colons = 0;
        for (int i = 0; i < userInfo.length(); i++) {
            char c = userInfo.charAt(i);
            if (c == ':') {
                if (++colons > 1) {
                    throw UriError.at("the user information", "contains more than one ':'" + MUST_BE_ENCODED);
                }
            } else if (c == '@') {
                throw UriError.at("the user information", "contains an unescaped '@'" + MUST_BE_ENCODED);
            } else if (c < 128 && !isAsciiLetterOrDigit(c) && USER_INFO_MARKS.indexOf(c) < 0) {
                throw UriError.at(
                        "the user information",
                        "contains a character that must not stand there unescaped" + MUST_BE_ENCODED);
            }
        }
    }

    static boolean isAsciiLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static @Nullable String database(String path) {
        if (path.length() < 2) {
            return null;
        }
        String raw = path.substring(1);
        if (raw.indexOf('@') >= 0) {
            throw UriError.at(
                    "the database",
                    "contains an unescaped '@'; if it belongs to a password, write that password's '/' as %2F and '@'"
                            + " as %40");
        }
        if (raw.indexOf('/') >= 0) {
            throw UriError.at(
                    "the database",
                    "contains an unescaped '/'; the path of a Unix domain socket must be percent-encoded, with each"
                            + " '/' written as %2F");
        }
        String database = PercentDecoder.decode(raw, "the database");
        for (int i = 0; i < database.length(); i++) {
            char c = database.charAt(i);
            if (c == '/' || c == '\\' || c == ' ' || c == '"' || c == '$') {
                throw UriError.at("the database", "contains '" + c + "', which no database name may");
            }
        }
        return database;
    }

    private static List<Option> options(String query, boolean suspicious) {
        List<Option> options = new ArrayList<>();
        int position = 1;
        int from = 0;
        boolean legacy = false;
        for (int i = 0; i <= query.length(); i++) {
            boolean end = i == query.length();
            if (!end && query.charAt(i) != '&' && query.charAt(i) != ';') {
                continue;
            }
            if (i > from) {
                options.add(option(query.substring(from, i), position++, legacy, suspicious));
            }
            legacy = !end && query.charAt(i) == ';';
            from = i + 1;
        }
        return options;
    }

    private static Option option(String pair, int position, boolean legacy, boolean suspicious) {
        String part = "option " + position;
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw UriError.at(
                    part,
                    "has no '=' and so no value"
                            + (suspicious ? "; if a password contains '?' or '@', they must be percent-encoded" : ""));
        }
        String key = PercentDecoder.decode(pair.substring(0, equals), "the name of " + part);
        if (key.isEmpty()) {
            throw UriError.at(part, "has no name before its '='");
        }
        UriOption known = UriOption.find(key);
        String value = PercentDecoder.decode(
                pair.substring(equals + 1), "the value of " + (known == null ? part : known.uriName()));
        return new Option(key, value, position, legacy);
    }
}
