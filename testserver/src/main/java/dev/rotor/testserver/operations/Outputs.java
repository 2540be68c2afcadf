package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonOrder;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Paths;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** {@code $out} and {@code $merge}: a pipeline's documents go into a collection. */
final class Outputs {
    private static final Set<String> MATCHED = Set.of("replace", "keepExisting", "merge", "fail");
    private static final Set<String> NOT_MATCHED = Set.of("insert", "discard", "fail");

    private Outputs() {}

    static void write(Call call, Namespace source, Document stage, List<Document> documents, Variables variables) {
        if (stage.containsKey("$out")) {
            out(call, target("$out", source, stage.get("$out")), documents);
        } else {
            merge(call, source, stage.get("$merge"), documents, variables);
        }
    }

    private static Namespace target(String name, Namespace source, @Nullable Object spec) {
        if (spec instanceof String collection && !collection.isEmpty()) {
            return new Namespace(source.database(), collection);
        }
        if (spec instanceof Document d && d.get("coll") instanceof String collection) {
            return new Namespace(d.get("db") instanceof String db ? db : source.database(), collection);
        }
        throw new CommandError(
                name.equals("$out") ? 16990 : 51178,
                name + " only supports a string or object argument, but found " + Values.typeName(spec));
    }

    /** The target is replaced as a whole: a new collection with its options and indexes takes its name. */
    private static void out(Call call, Namespace namespace, List<Document> documents) {
        StoredCollection existing = Targets.existing(call, namespace);
        if (existing != null && existing.isCapped()) {
            throw new CommandError(17152, "namespace '" + namespace + "' is capped so it can't be used for $out");
        }
        Targets.checkName(namespace);
        Namespace temporary = new Namespace(
                namespace.database(),
                "tmp.agg_out." + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        StoredCollection fresh = call.store()
                .createCollection(
                        null,
                        temporary,
                        existing == null ? new Document() : existing.options().cloneDeeply());
        try {
            if (existing != null) {
                List<Document> indexes = new ArrayList<>();
                existing.indexes().stream()
                        .filter(index -> !index.isId())
                        .forEach(index -> indexes.add(index.spec().cloneDeeply()));
                if (!indexes.isEmpty()) {
                    call.store().createIndexes(null, fresh, indexes);
                }
            }
            for (Document document : documents) {
                Inserting.insert(call, temporary, document.cloneDeeply());
            }
        } catch (CommandError error) {
            call.store().drop(fresh);
            throw error;
        }
        call.store().rename(fresh, namespace);
    }

    private static void merge(
            Call call, Namespace source, @Nullable Object spec, List<Document> documents, Variables variables) {
        Document options = spec instanceof Document d ? d : new Document("into", spec);
        for (String name : options.keySet()) {
            if (!Set.of("into", "on", "let", "whenMatched", "whenNotMatched").contains(name)) {
                throw new CommandError(40415, "BSON field '$merge." + name + "' is an unknown field.");
            }
        }
        Namespace namespace = target("$merge", source, options.get("into"));
        Object matched = options.getOrDefault("whenMatched", "merge");
        Object notMatched = options.getOrDefault("whenNotMatched", "insert");
        if (!(matched instanceof List) && !MATCHED.contains(String.valueOf(matched))) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "Enumeration value '" + matched + "' for field 'whenMatched' is not a valid value.");
        }
        if (!NOT_MATCHED.contains(String.valueOf(notMatched))) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "Enumeration value '" + notMatched + "' for field '$merge.whenNotMatched' is not a valid value.");
        }
        List<String> on = on(options.get("on"));
        StoredCollection existing = Targets.existing(call, namespace);
        checkUnique(existing, on);
        for (Document document : documents) {
            one(call, namespace, document, options, on, matched, String.valueOf(notMatched), variables);
        }
    }

    private static List<String> on(@Nullable Object value) {
        List<String> fields = new ArrayList<>();
        for (Object each : value instanceof List<?> many
                ? many
                : java.util.Collections.singletonList(value == null ? "_id" : value)) {
            fields.add(String.valueOf(each));
        }
        return fields;
    }

    private static void checkUnique(@Nullable StoredCollection collection, List<String> on) {
        boolean unique = collection == null
                ? on.equals(List.of("_id"))
                : collection.indexes().stream()
                        .anyMatch(index -> index.isUnique()
                                && index.keys().keySet().equals(Set.copyOf(on))
                                && !index.spec().containsKey("partialFilterExpression"));
        if (!unique) {
            throw new CommandError(51183, "Cannot find index to verify that join fields will be unique");
        }
    }

    private static void one(
            Call call,
            Namespace namespace,
            Document given,
            Document options,
            List<String> on,
            Object matched,
            String notMatched,
            Variables variables) {
        Document document = given.cloneDeeply();
        if (on.contains("_id")) {
            document.putIfAbsent("_id", new ObjectId());
        }
        Document query = new Document();
        for (String field : on) {
            Object value = Paths.values(document, field).get(0);
            if (value == null || value instanceof de.bwaldvogel.mongo.backend.Missing || value instanceof List) {
                throw new CommandError(
                        51132, "$merge write error: 'on' field cannot be missing, null, undefined or an array");
            }
            query.append(field, new Document("$eq", value));
        }
        Document current = current(call, namespace, query);
        if (current == null) {
            if (notMatched.equals("fail")) {
                throw new CommandError(
                        13113,
                        "$merge could not find a matching document in the target collection for at least one document in the source collection");
            }
            if (notMatched.equals("insert")) {
                Inserting.insert(call, namespace, document);
            }
            return;
        }
        if (matched.equals("keepExisting")) {
            return;
        }
        if (matched.equals("fail")) {
            // An insert says what is in the way.
            Inserting.insert(call, namespace, document);
            return;
        }
        Object update = matched.equals("merge") ? new Document("$set", withoutSame(document, current)) : matched;
        if (matched.equals("replace")) {
            update = document;
        }
        Variables inner = variables.let(
                options.get("let") instanceof Document let ? let : new Document("new", "$$ROOT"), document);
        if (update instanceof Document set && set.get("$set") instanceof Document fields && fields.isEmpty()) {
            return;
        }
        new Updating(namespace, query, update, false, false, new Document(), null, null, null, inner).run(call);
    }

    private static Document withoutSame(Document document, Document current) {
        Document changed = new Document();
        document.forEach((field, value) -> {
            if (!current.containsKey(field) || !BsonOrder.same(value, current.get(field))) {
                changed.put(field, value);
            }
        });
        return changed;
    }

    private static @Nullable Document current(Call call, Namespace namespace, Document query) {
        List<Document> found = new Reader(call).matching(namespace, Filter.of(query, Collation.SIMPLE, Variables.NONE));
        return found.isEmpty() ? null : found.get(0);
    }
}
