package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies update operators: the engine knows them only on a collection, so each document gets one of its own. */
final class Scratch extends MemoryCollection {
    private Scratch() {
        super(EngineDatabase.EMPTY, "scratch", CollectionOptions.withDefaults(), new CursorRegistry());
    }

    @Override
    protected boolean tracksDataSize() {
        // Measuring would refuse values that the engine does not know.
        return false;
    }

    /** The document after the update; the one given is used up. */
    static Document update(Document document, Document operators, Document query, @Nullable List<?> arrayFilters) {
        Scratch scratch = new Scratch();
        scratch.addDocumentInternal(document);
        return scratch.run(new Document("query", query).append("update", operators), arrayFilters);
    }

    /** The document that an upsert makes of its filter. */
    static Document upsert(Document operators, Document query, @Nullable List<?> arrayFilters) {
        Document document = new Scratch()
                .run(new Document("query", query).append("update", operators).append("upsert", true), arrayFilters);
        Document seed = UpsertSeed.of(query);
        if (seed.containsKey("_id") && seed.get("_id") == null) {
            // The engine takes null for no id and makes one up.
            document.put("_id", null);
        }
        return document;
    }

    private Document run(Document command, @Nullable List<?> arrayFilters) {
        // The engine fills into the update what it finds there: a copy, since the update may meet many documents.
        command.put("update", Values.copy(command.get("update")));
        command.put("new", true);
        if (arrayFilters != null) {
            command.put("arrayFilters", arrayFilters);
        }
        try {
            return Values.document(findAndModify(command).get("value"));
        } catch (RuntimeException failure) {
            throw Failures.of(failure);
        }
    }
}
