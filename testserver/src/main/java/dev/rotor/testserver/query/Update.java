package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an update does to a document: operators, a replacement, or a pipeline. */
public final class Update {
    private static final Set<String> OPERATORS = Set.of(
            "$set",
            "$unset",
            "$inc",
            "$mul",
            "$min",
            "$max",
            "$rename",
            "$setOnInsert",
            "$currentDate",
            "$push",
            "$pull",
            "$pullAll",
            "$addToSet",
            "$pop");

    private final @Nullable Document operators;
    private final @Nullable Document replacement;
    private final @Nullable Pipeline pipeline;
    private final @Nullable List<?> arrayFilters;
    private final Filter filter;
    private final ServerVersion version;
    private final boolean positional;

    private Update(
            @Nullable Document operators,
            @Nullable Document replacement,
            @Nullable Pipeline pipeline,
            @Nullable List<?> arrayFilters,
            Filter filter,
            ServerVersion version) {
        this.operators = operators;
        this.replacement = replacement;
        this.pipeline = pipeline;
        this.arrayFilters = arrayFilters;
        this.filter = filter;
        this.version = version;
        positional = operators != null
                && operators.values().stream()
                        .anyMatch(change -> change instanceof Document fields
                                && fields.keySet().stream()
                                        .anyMatch(path -> path.endsWith(".$") || path.contains(".$.")));
    }

    /**
     * Reads an update.
     *
     * @throws CommandError if it is malformed, names an unknown operator or a stage that updates do not have
     */
    public static Update of(
            @Nullable Object spec,
            @Nullable Object arrayFilters,
            boolean multi,
            Filter filter,
            Variables variables,
            ServerVersion version) {
        List<?> filters = arrayFilters instanceof List<?> many && !many.isEmpty() ? many : null;
        if (spec instanceof List<?> stages) {
            if (filters != null) {
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE, "arrayFilters may not be specified for pipeline-syle updates");
            }
            return new Update(null, null, Pipeline.ofUpdate(stages, variables, version), null, filter, version);
        }
        if (!(spec instanceof Document document)) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Update argument must be either an object or an array");
        }
        boolean replaces =
                document.isEmpty() || !document.keySet().iterator().next().startsWith("$");
        if (replaces) {
            checkReplacement(document, multi, filters);
            return new Update(null, document, null, null, filter, version);
        }
        checkOperators(document, version);
        return new Update(document, null, null, filters, filter, version);
    }

    private static void checkReplacement(Document document, boolean multi, @Nullable List<?> filters) {
        if (multi) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE, "multi update is not supported for replacement-style update");
        }
        if (filters != null) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE, "arrayFilters may not be specified for replacement-style updates");
        }
        for (String name : document.keySet()) {
            if (name.startsWith("$")) {
                throw new CommandError(
                        ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                        "The dollar ($) prefixed field '" + name + "' in '" + name
                                + "' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.");
            }
        }
    }

    private static void checkOperators(Document document, ServerVersion version) {
        for (Map.Entry<String, Object> entry : document.entrySet()) {
            String operator = entry.getKey();
            if (operator.equals("$bit")) {
                throw new CommandError(ErrorCode.NOT_IMPLEMENTED, "This server does not implement the operator $bit");
            }
            if (!OPERATORS.contains(operator)) {
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE,
                        "Unknown modifier: " + operator
                                + ". Expected a valid update modifier or pipeline-style update specified as an array");
            }
            if (!(entry.getValue() instanceof Document fields)) {
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE,
                        "Modifiers operate on fields but we found type " + Values.typeName(entry.getValue())
                                + " instead. For example: {$mod: {<field>: ...}} not {" + operator + ": "
                                + JsonText.shell(entry.getValue()) + "}");
            }
            if (fields.isEmpty() && !version.atLeast(5, 0)) {
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE,
                        "'" + operator + "' is empty. You must specify a field like so: {" + operator
                                + ": {<field>: ...}}");
            }
        }
    }

    public boolean isReplacement() {
        return replacement != null;
    }

    /**
     * Whether change streams tell the update as a replacement: the pipeline puts a new document in the place of the
     * old.
     */
    public boolean replacesWhole() {
        return replacement != null;
    }

    /** The document after the update; the one given is not changed. */
    public Document applyTo(Document before) {
        Document after;
        if (replacement != null) {
            after = withId(replacement, before.getOrMissing("_id"));
        } else if (pipeline != null) {
            after = withId(pipeline.runOn(before), before.getOrMissing("_id"));
        } else {
            after = Scratch.update(
                    before.cloneDeeply(), operators(), positional ? filter.spec() : new Document(), arrayFilters);
        }
        if (!BsonOrder.same(before.getOrMissing("_id"), after.getOrMissing("_id"))) {
            throw new CommandError(
                    ErrorCode.IMMUTABLE_FIELD,
                    "After applying the update, the (immutable) field '_id' was found to have been altered to _id: "
                            + JsonText.shell(after.get("_id")));
        }
        FieldNames.checkUpdated(after, version);
        return after;
    }

    /** The document that an upsert inserts if nothing matches. */
    public Document inserted() {
        Document after;
        Document seed = UpsertSeed.of(filter.spec());
        if (replacement != null) {
            after = withId(replacement, seed.getOrMissing("_id"));
            if (seed.containsKey("_id") && !BsonOrder.same(seed.get("_id"), after.get("_id"))) {
                throw new CommandError(
                        ErrorCode.IMMUTABLE_FIELD,
                        "After applying the update, the (immutable) field '_id' was found to have been altered to _id: "
                                + JsonText.shell(after.get("_id")));
            }
        } else if (pipeline != null) {
            after = withId(pipeline.runOn(seed), seed.getOrMissing("_id"));
        } else {
            after = Scratch.upsert(operators(), filter.spec(), arrayFilters);
        }
        FieldNames.checkUpdated(after, version);
        return after;
    }

    private Document operators() {
        return operators == null ? new Document() : operators;
    }

    /** With {@code _id} first, which is the old one unless the new document brings one. */
    private static Document withId(Document document, Object old) {
        Document result = new Document();
        if (document.containsKey("_id")) {
            result.put("_id", document.get("_id"));
        } else if (!(old instanceof de.bwaldvogel.mongo.backend.Missing)) {
            result.put("_id", old);
        } else if (!document.containsKey("_id")) {
            result.put("_id", new de.bwaldvogel.mongo.bson.ObjectId());
        }
        document.forEach(result::putIfAbsent);
        return result.cloneDeeply();
    }
}
