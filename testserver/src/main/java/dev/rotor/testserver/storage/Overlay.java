package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The uncommitted writes of one transaction. Used under the lock of the {@link Store} only. */
public final class Overlay {
    private final ReadPoint readPoint;
    private final Map<StoredRecord, Optional<Document>> documents = new LinkedHashMap<>();
    private final Map<StoredRecord, StoredCollection> homes = new LinkedHashMap<>();
    private final Map<StoredRecord, List<Document>> images = new LinkedHashMap<>();
    private final Map<Namespace, StoredCollection> created = new LinkedHashMap<>();
    private final List<LogDraft> drafts = new ArrayList<>();

    /** A transaction that sees what was committed up to {@code time}. */
    public Overlay(long time) {
        readPoint = new ReadPoint(time, this);
    }

    public ReadPoint readPoint() {
        return readPoint;
    }

    @Nullable
    Document documentOf(StoredRecord record) {
        Optional<Document> written = documents.get(record);
        return written == null ? record.committed() : written.orElse(null);
    }

    void write(StoredCollection home, StoredRecord record, @Nullable Document document) {
        record.own(this);
        documents.put(record, Optional.ofNullable(document));
        homes.put(record, home);
        if (document != null) {
            images.computeIfAbsent(record, r -> new ArrayList<>()).add(document);
        }
    }

    /** All documents that the record was, in this transaction. */
    List<Document> imagesOf(StoredRecord record) {
        return images.getOrDefault(record, List.of());
    }

    void draft(LogDraft draft) {
        drafts.add(draft);
    }

    List<LogDraft> drafts() {
        return drafts;
    }

    Map<StoredRecord, Optional<Document>> documents() {
        return documents;
    }

    StoredCollection homeOf(StoredRecord record) {
        return Objects.requireNonNull(homes.get(record));
    }

    /** Collections created in the transaction, which nobody else sees before it commits. */
    public Map<Namespace, StoredCollection> created() {
        return created;
    }

    /** Whether nothing was written: such a transaction leaves no trace in the log. */
    public boolean isEmpty() {
        return drafts.isEmpty() && created.isEmpty();
    }
}
