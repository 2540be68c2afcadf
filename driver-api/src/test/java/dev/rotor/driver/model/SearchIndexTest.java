package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static dev.rotor.driver.model.VectorSearchIndexFields.autoEmbedField;
import static dev.rotor.driver.model.VectorSearchIndexFields.filterField;
import static dev.rotor.driver.model.VectorSearchIndexFields.vectorField;

import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchIndexTest {

    static List<BuilderCase> fields() {
        return List.of(
                given(
                        "vectorField(String)",
                        () -> vectorField("x")
                                .numDimensions(3)
                                .similarity("cosine")
                                .indexingMethod("hnsw")
                                .hnswOptions(HnswSearchIndexOptions.DEFAULT
                                        .maxEdges(16)
                                        .numEdgeCandidates(100)),
                        "{type: 'vector', path: 'x', numDimensions: 3, similarity: 'cosine', indexingMethod: 'hnsw', "
                                + "hnswOptions: {maxEdges: 16, numEdgeCandidates: 100}}"),
                given("filterField(String)", () -> filterField("x"), "{type: 'filter', path: 'x'}"),
                given(
                        "autoEmbedField(String)",
                        () -> autoEmbedField("x")
                                .modality("text")
                                .model("m")
                                .numDimensions(3)
                                .quantization("scalar")
                                .similarity("cosine")
                                .indexingMethod("flat")
                                .hnswOptions(new Document("maxEdges", 16)),
                        "{type: 'autoEmbed', path: 'x', modality: 'text', model: 'm', numDimensions: 3, "
                                + "quantization: 'scalar', similarity: 'cosine', indexingMethod: 'flat', "
                                + "hnswOptions: {maxEdges: 16}}"));
    }

    static List<BuilderCase> definitions() {
        return List.of(
                given(
                        "vectorSearch(Bson[])",
                        () -> SearchIndexDefinition.vectorSearch(vectorField("x"), filterField("y")),
                        "{fields: [{type: 'vector', path: 'x'}, {type: 'filter', path: 'y'}]}"),
                given(
                        "vectorSearch(List)",
                        () -> SearchIndexDefinition.vectorSearch(List.of(filterField("y")))
                                .storedSource(new Document("include", List.of("z"))),
                        "{fields: [{type: 'filter', path: 'y'}], storedSource: {include: ['z']}}"));
    }

    @ParameterizedTest
    @MethodSource({"fields", "definitions"})
    void everyValueIsTheJsonItStandsFor(BuilderCase value) {
        value.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(VectorSearchIndexFields.class, fields());
        BuilderCase.checkComplete(SearchIndexDefinition.class, definitions());
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> vectorField(""), "path must not be empty");
        refused(() -> vectorField("x").numDimensions(0), "numDimensions must be at least 1, not 0");
        refused(() -> autoEmbedField("x").model(nothing()), "model must not be null");
        refused(() -> HnswSearchIndexOptions.DEFAULT.maxEdges(0), "maxEdges must be at least 1, not 0");
        refused(() -> SearchIndexDefinition.vectorSearch(), "fields must not be empty");
    }
}
