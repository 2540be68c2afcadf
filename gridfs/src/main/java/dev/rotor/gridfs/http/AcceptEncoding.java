package dev.rotor.gridfs.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which content codings a client accepts (RFC 9110, section 12.5.3). Weights are in thousandths. */
final class AcceptEncoding {

    private static final int BEST = 1000;

    /** Null: the client said nothing, and so accepts any. */
    private final @Nullable Map<String, Integer> weights;

    private AcceptEncoding(@Nullable Map<String, Integer> weights) {
        this.weights = weights;
    }

    static AcceptEncoding parse(@Nullable String header) {
        if (header == null) {
            return new AcceptEncoding(null);
        }
        Map<String, Integer> weights = new HashMap<>();
        for (String part : header.split(",", -1)) {
            int semicolon = part.indexOf(';');
            String coding = HeaderText.trim(semicolon < 0 ? part : part.substring(0, semicolon))
                    .toLowerCase(Locale.ROOT);
            if (!HeaderText.isToken(coding)) {
                continue;
            }
            int weight = semicolon < 0 ? BEST : weight(HeaderText.trim(part.substring(semicolon + 1)));
            // One that is there twice, or whose weight makes no sense, is accepted less rather than more.
            weights.merge(unaliased(coding), weight, Math::min);
        }
        return new AcceptEncoding(weights);
    }

    /** Whether files that are compressed so, one coding over the other, may be sent. */
    boolean accepts(List<String> codings) {
        for (String coding : codings) {
            if (weights != null && weight(weights, unaliased(coding)) <= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Those of the codings that the client would rather have than the plain file, the best one first; as good ones stay
     * in order. None if the client said nothing: then nobody knows whether it can decompress.
     */
    List<String> preferred(List<String> codings) {
        Map<String, Integer> known = weights;
        if (known == null) {
            return List.of();
        }
        int plain = known.getOrDefault("identity", 0);
        List<String> better = new ArrayList<>();
        for (String coding : codings) {
            int weight = weight(known, coding);
            if (weight > 0 && weight >= plain) {
                better.add(coding);
            }
        }
        better.sort(
                Comparator.comparing((String coding) -> weight(known, coding)).reversed());
        return List.copyOf(better);
    }

    private static int weight(Map<String, Integer> weights, String coding) {
        return weights.getOrDefault(coding, weights.getOrDefault("*", 0));
    }

    private static String unaliased(String coding) {
        return switch (coding) {
            case "x-gzip" -> "gzip";
            case "x-compress" -> "compress";
            default -> coding;
        };
    }

    /** The weight that a parameter is, or 0. */
    private static int weight(String parameter) {
        if (parameter.length() < 3
                || (parameter.charAt(0) | 0x20) != 'q'
                || parameter.charAt(1) != '='
                || parameter.length() > 7) {
            return 0;
        }
        char whole = parameter.charAt(2);
        if ((whole != '0' && whole != '1') || (parameter.length() > 3 && parameter.charAt(3) != '.')) {
            return 0;
        }
        int weight = (whole - '0') * BEST;
        int worth = BEST;
        for (int i = 4; i < parameter.length(); i++) {
            int digit = parameter.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            worth /= 10;
            weight += digit * worth;
        }
        return weight > BEST ? 0 : weight;
    }
}
