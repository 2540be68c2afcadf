package dev.rotor.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The cases that the official Java driver's runner leaves out, as names: of a folder, of a file by its description, and
 * of a case; {@code *} stands for all.
 *
 * @param entries the list, in its order
 */
record OfficialSkips(List<Entry> entries) {

    /**
     * One line of the list.
     *
     * @param folder the folder of the specification, or the end of its path
     * @param file the description of the file, or {@code *}
     * @param description the case, or {@code *}
     * @param why why it is left out, in a few words
     * @param always whether it is left out everywhere, not only on some servers
     */
    record Entry(String folder, String file, String description, String why, boolean always) {

        boolean covers(CaseResult result, String fileDescription) {
            return (result.spec().equals(folder) || result.file().contains(folder + "/"))
                    && (file.equals("*") || file.equals(fileDescription))
                    && (description.equals("*") || description.equals(result.description()));
        }
    }

    OfficialSkips {
        entries = List.copyOf(entries);
    }

    /** Reads the list that comes with this module. */
    static OfficialSkips read() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                        OfficialSkips.class.getResourceAsStream("official-driver-skips.tsv"),
                        "official-driver-skips.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        }
    }

    static OfficialSkips parse(List<String> lines) {
        return new OfficialSkips(lines.stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(OfficialSkips::entry)
                .toList());
    }

    private static Entry entry(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 5) {
            throw new IllegalArgumentException("not five columns: " + line);
        }
        return new Entry(columns[0], columns[1], columns[2], columns[3], columns[4].equals("always"));
    }
}
