package dev.rotor.driver;

/** Makes the failures of a connection string: they name the part, and quote nothing that could be a secret. */
final class UriError {

    private UriError() {}

    /** A failure of the whole string. */
    static MongoConfigurationException of(String problem) {
        return new MongoConfigurationException("Invalid connection string: " + problem);
    }

    /** A failure of one part, for example "host 2" and "is empty". */
    static MongoConfigurationException at(String part, String problem) {
        return of(part + " " + problem);
    }

    /**
     * A text between quotes, cut where it is long, without control characters. Only for texts that cannot be part of
     * user information.
     */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        int shown = 0;
        for (int i = 0; i < text.length() && shown < 60; i++, shown++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        if (text.length() > shown) {
            out.append("...");
        }
        return out.append('"').toString();
    }
}
