package dev.rotor.conformance.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Makes a table of the kit's reports, and puts it into a page between two markers. */
public final class KitCounts {

    static final String BEGIN = "<!-- kit counts -->";
    static final String END = "<!-- /kit counts -->";

    /** The order of columns; others follow by name. */
    private static final List<String> FIRST = List.of("nio", "netty", "epoll", "io_uring");

    /** How one claim went on one transport. */
    private record Claim(String transport, String contract, String result, String why) {}

    private final List<Claim> claims;

    private KitCounts(List<Claim> claims) {
        this.claims = claims;
    }

    /**
     * Reads reports and writes the table.
     *
     * @param arguments the page, and the reports, one of each transport
     * @throws IOException if they cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        List<Path> reports = Stream.of(arguments).skip(1).map(Path::of).toList();
        Files.writeString(page, into(Files.readString(page), of(reports).table()));
    }

    static KitCounts of(List<Path> reports) throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Path report : reports) {
            for (String line : Files.readAllLines(report)) {
                BsonDocument claim = BsonDocument.parse(line);
                claims.add(new Claim(
                        claim.getString("transport").getValue(),
                        claim.getString("contract").getValue(),
                        claim.getString("result").getValue(),
                        claim.getString("why", new BsonString("")).getValue()));
            }
        }
        return new KitCounts(claims);
    }

    /** Puts a table between the markers, in place of the one that is there. */
    static String into(String page, String table) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no " + BEGIN + " with an " + END + " behind it");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + page.substring(end);
    }

    private List<String> transports() {
        List<String> names = new ArrayList<>(
                new TreeSet<>(claims.stream().map(Claim::transport).toList()));
        names.sort(Comparator.comparingInt(name -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size()));
        return names;
    }

    String table() {
        List<String> transports = transports();
        StringBuilder table = new StringBuilder("| contract |");
        transports.forEach(name -> table.append(" `").append(name).append("` |"));
        table.append("\n|---|").append("---:|".repeat(transports.size())).append('\n');
        for (String contract :
                new TreeSet<>(claims.stream().map(Claim::contract).toList())) {
            row(table, contract, transports, contract);
        }
        row(table, "all", transports, "");
        table.append("\nClaims that passed");
        String skips = skips(transports);
        if (skips.isEmpty()) {
            return table.append("; none was skipped.\n").toString();
        }
        return table.append(", and those that were skipped. Why:\n\n")
                .append(skips)
                .toString();
    }

    /** The counts of one contract, or of all when that is empty. */
    private void row(StringBuilder table, String title, List<String> transports, String contract) {
        table.append("| ").append(title).append(" |");
        for (String transport : transports) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Claim claim : claims) {
                if (claim.transport.equals(transport) && (contract.isEmpty() || claim.contract.equals(contract))) {
                    counts.merge(claim.result, 1, Integer::sum);
                }
            }
            table.append(' ').append(counts.getOrDefault("passed", 0));
            counts.forEach((result, count) -> {
                if (!result.equals("passed")) {
                    table.append(", ").append(count).append(' ').append(result);
                }
            });
            table.append(" |");
        }
        table.append('\n');
    }

    private String skips(List<String> transports) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (String transport : transports) {
            for (Claim claim : claims) {
                if (claim.transport.equals(transport) && claim.result.equals("skipped")) {
                    reasons.merge(
                            "`" + transport + "`: " + claim.why.replace("Assumption failed: ", ""), 1, Integer::sum);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        reasons.forEach((reason, count) ->
                text.append("- ").append(reason).append(" (").append(count).append(")\n"));
        return text.toString();
    }
}
