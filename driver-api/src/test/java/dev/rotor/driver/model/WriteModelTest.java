package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

class WriteModelTest {
    private static final Bson FILTER = new Document("name", "Ada");
    private static final Bson UPDATE = new Document("$set", new Document("born", 1815));

    @Test
    void anUpdateIsEitherADocumentOrAPipeline() {
        assertThat(new UpdateOneModel<>(FILTER, UPDATE).pipeline()).isNull();
        assertThat(new UpdateOneModel<>(FILTER, List.of(UPDATE)).update()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpdateOneModel<>(FILTER, UPDATE, List.of(UPDATE), UpdateOptions.DEFAULT))
                .withMessageContaining("either");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpdateManyModel<>(FILTER, null, null, UpdateOptions.DEFAULT))
                .withMessageContaining("either");
    }

    @Test
    void aPipelineIsCopiedAndHasAtLeastOneStage() {
        List<Bson> stages = new ArrayList<>(List.of(UPDATE));
        UpdateManyModel<Document> model = new UpdateManyModel<>(FILTER, stages);
        stages.clear();
        assertThat(model.pipeline()).containsExactly(UPDATE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpdateManyModel<>(FILTER, List.of()))
                .withMessageContaining("at least one stage");
    }

    @Test
    void whatHoldsForTheWholeBulkIsRefusedInOneWriteOfIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpdateOneModel<>(FILTER, UPDATE, UpdateOptions.DEFAULT.comment("c")))
                .withMessage("comment holds for a whole bulk write; give it as BulkWriteOptions.comment");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new UpdateManyModel<>(FILTER, UPDATE, UpdateOptions.DEFAULT.bypassDocumentValidation(true)))
                .withMessageContaining("BulkWriteOptions.bypassDocumentValidation");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ReplaceOneModel<>(FILTER, new Document(), ReplaceOptions.DEFAULT.let(new Document("a", 1))))
                .withMessageContaining("BulkWriteOptions.let");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeleteOneModel<Document>(FILTER, DeleteOptions.DEFAULT.let(new Document("a", 1))))
                .withMessageContaining("BulkWriteOptions.let");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeleteManyModel<Document>(FILTER, DeleteOptions.DEFAULT.comment("c")))
                .withMessageContaining("BulkWriteOptions.comment");
    }

    @Test
    void aSortIsRefusedWhereAllThatMatchAreUpdated() {
        UpdateOptions sorted = UpdateOptions.DEFAULT.sort(new Document("born", 1));
        assertThat(new UpdateOneModel<Document>(FILTER, UPDATE, sorted).options())
                .isEqualTo(sorted);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpdateManyModel<Document>(FILTER, UPDATE, sorted))
                .withMessageContaining("sort");
    }

    @Test
    void aMissingPartIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> new UpdateOneModel<Document>(FILTER, (Bson) nothing()))
                .withMessage("update");
        assertThatNullPointerException()
                .isThrownBy(() -> new InsertOneModel<Object>(nothing()))
                .withMessage("document");
        assertThatNullPointerException()
                .isThrownBy(() -> new DeleteOneModel<Document>((Bson) nothing()))
                .withMessage("filter");
    }

    /** What a caller who does not check for null would pass. */
    @SuppressWarnings("NullAway")
    private static Object nothing() {
        return null;
    }
}
