package dev.rotor.gridfs.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** How a file is compressed (RFC 9110, section 8.4), and how the names of compressed files end. */
final class ContentCoding {

    private static final Map<String, String> SUFFIXES = Map.of("gzip", ".gz", "br", ".br", "zstd", ".zst");

    private ContentCoding() {}

    static List<String> known() {
        return SUFFIXES.keySet().stream().sorted().toList();
    }

    /** How the names of such files end, or null if the coding is not known. */
    static @Nullable String suffix(String coding) {
        return SUFFIXES.get(coding);
    }

    /**
     * The codings that a file's metadata names, in the order in which they were applied; none if there is no such
     * entry, or one that is no list of codings.
     */
    static List<String> stored(BsonDocument file) {
        BsonValue metadata = file.get("metadata");
        BsonValue entry = metadata != null && metadata.isDocument()
                ? metadata.asDocument().get("contentEncoding")
                : null;
        if (entry == null || !entry.isString()) {
            return List.of();
        }
        List<String> codings = new ArrayList<>();
        for (String part : entry.asString().getValue().split(",", -1)) {
            String coding = HeaderText.trim(part).toLowerCase(Locale.ROOT);
            if (!HeaderText.isToken(coding)) {
                return List.of();
            }
            if (!coding.equals("identity")) {
                codings.add(coding);
            }
        }
        return List.copyOf(codings);
    }

    /** The name without what says how the file is compressed. */
    static String plainName(String name, List<String> codings) {
        String plain = name;
        for (int i = codings.size() - 1; i >= 0; i--) {
            String suffix = suffix(codings.get(i));
            if (suffix != null && plain.toLowerCase(Locale.ROOT).endsWith(suffix)) {
                plain = plain.substring(0, plain.length() - suffix.length());
            }
        }
        return plain;
    }
}
