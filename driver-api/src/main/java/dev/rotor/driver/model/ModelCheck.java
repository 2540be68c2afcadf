package dev.rotor.driver.model;

import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What the parts of a bulk write may say. Silently dropping an option would be worse than refusing it. */
final class ModelCheck {

    private ModelCheck() {}

    static @Nullable List<Bson> update(@Nullable Bson update, @Nullable List<Bson> pipeline) {
        if ((update == null) == (pipeline == null)) {
            throw new IllegalArgumentException("an update is either a document of operators or a pipeline");
        }
        List<Bson> copy = Check.copyOf(pipeline, "pipeline");
        if (copy != null && copy.isEmpty()) {
            throw new IllegalArgumentException("an update pipeline needs at least one stage");
        }
        return copy;
    }

    static void updateOne(UpdateOptions options) {
        ofTheWholeBulk("let", options.let());
        ofTheWholeBulk("comment", options.comment());
        ofTheWholeBulk("bypassDocumentValidation", options.bypassDocumentValidation());
    }

    static void updateMany(UpdateOptions options) {
        updateOne(options);
        Check.notGiven(options.sort(), "sort says which one document is updated; updateMany updates all that match");
    }

    static void replaceOne(ReplaceOptions options) {
        ofTheWholeBulk("let", options.let());
        ofTheWholeBulk("comment", options.comment());
        ofTheWholeBulk("bypassDocumentValidation", options.bypassDocumentValidation());
    }

    static void delete(DeleteOptions options) {
        ofTheWholeBulk("let", options.let());
        ofTheWholeBulk("comment", options.comment());
    }

    private static void ofTheWholeBulk(String option, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    option + " holds for a whole bulk write; give it as BulkWriteOptions." + option);
        }
    }
}
