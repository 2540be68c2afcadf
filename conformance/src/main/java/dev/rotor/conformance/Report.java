package dev.rotor.conformance;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriter;
import org.bson.json.JsonWriterSettings;

/** Collects the results of a run, from any thread, and writes them down. */
public final class Report {

    private static final Comparator<CaseResult> ORDER = Comparator.comparing(CaseResult::file)
            .thenComparing(CaseResult::description)
            .thenComparing(CaseResult::profile);

    private final ConcurrentLinkedQueue<CaseResult> results = new ConcurrentLinkedQueue<>();

    /** Adds a result. */
    public void add(CaseResult result) {
        results.add(result);
    }

    /** All results so far, sorted by file, description and profile. */
    public List<CaseResult> results() {
        List<CaseResult> sorted = new ArrayList<>(results);
        sorted.sort(ORDER);
        return sorted;
    }

    /**
     * Writes {@code conformance.json} and {@code conformance.txt} into a folder, which is made when it is not there.
     */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Writer out = Files.newBufferedWriter(folder.resolve("conformance.json"))) {
            writeJson(out);
        }
        Files.writeString(
                folder.resolve("conformance.txt"), Summary.of(results()).table());
    }

    private void writeJson(Writer out) throws IOException {
        // One entry a line, so that two reports can be compared by line.
        out.write("[");
        String separator = "\n";
        for (CaseResult result : results()) {
            out.write(separator);
            separator = ",\n";
            JsonWriter json = new JsonWriter(
                    out,
                    JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build());
            json.writeStartDocument();
            json.writeString("spec", result.spec());
            json.writeString("file", result.file());
            json.writeString("description", result.description());
            json.writeString("profile", result.profile());
            json.writeString("status", result.status().word());
            if (result.reason() != null) {
                json.writeString("reason", result.reason());
            }
            if (!result.repeats().isEmpty()) {
                json.writeStartArray("repeats");
                result.repeats().forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeEndDocument();
            json.flush();
        }
        out.write("\n]\n");
    }
}
