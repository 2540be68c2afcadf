package dev.rotor.driver.model;

import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.model.geojson.Geometry;
import dev.rotor.driver.model.geojson.GeometryCollection;
import dev.rotor.driver.model.geojson.LineString;
import dev.rotor.driver.model.geojson.MultiLineString;
import dev.rotor.driver.model.geojson.MultiPoint;
import dev.rotor.driver.model.geojson.MultiPolygon;
import dev.rotor.driver.model.geojson.NamedCoordinateReferenceSystem;
import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.geojson.Polygon;
import dev.rotor.driver.model.geojson.PolygonCoordinates;
import dev.rotor.driver.model.geojson.Position;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeoJsonTest {

    private static final Position A = new Position(0, 0);
    private static final Position B = new Position(1, 0);
    private static final Position C = new Position(1, 1.5, 7);
    private static final List<Position> RING = List.of(A, B, C, A);
    private static final String RING_JSON = "[[0.0, 0.0], [1.0, 0.0], [1.0, 1.5, 7.0], [0.0, 0.0]]";

    static List<Arguments> geometries() {
        return List.of(
                Arguments.of(new Point(A), "{type: 'Point', coordinates: [0.0, 0.0]}"),
                Arguments.of(
                        new Point(NamedCoordinateReferenceSystem.EPSG_4326_STRICT_WINDING, A),
                        "{type: 'Point', coordinates: [0.0, 0.0], crs: {type: 'name', properties: "
                                + "{name: 'urn:x-mongodb:crs:strictwinding:EPSG:4326'}}}"),
                Arguments.of(
                        new MultiPoint(List.of(A, B)), "{type: 'MultiPoint', coordinates: [[0.0, 0.0], [1.0, 0.0]]}"),
                Arguments.of(
                        new LineString(List.of(A, B)), "{type: 'LineString', coordinates: [[0.0, 0.0], [1.0, 0.0]]}"),
                Arguments.of(
                        new MultiLineString(List.of(List.of(A, B), RING)),
                        "{type: 'MultiLineString', coordinates: [[[0.0, 0.0], [1.0, 0.0]], " + RING_JSON + "]}"),
                Arguments.of(new Polygon(RING), "{type: 'Polygon', coordinates: [" + RING_JSON + "]}"),
                Arguments.of(
                        new Polygon(RING, List.of(RING)),
                        "{type: 'Polygon', coordinates: [" + RING_JSON + ", " + RING_JSON + "]}"),
                Arguments.of(
                        new MultiPolygon(List.of(new PolygonCoordinates(RING), new PolygonCoordinates(RING, RING))),
                        "{type: 'MultiPolygon', coordinates: [[" + RING_JSON + "], [" + RING_JSON + ", " + RING_JSON
                                + "]]}"),
                Arguments.of(
                        new GeometryCollection(List.of(new Point(A), new LineString(List.of(A, B)))),
                        "{type: 'GeometryCollection', geometries: [{type: 'Point', coordinates: [0.0, 0.0]}, "
                                + "{type: 'LineString', coordinates: [[0.0, 0.0], [1.0, 0.0]]}]}"));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void aGeometryIsWrittenAsGeoJsonAndReadAgain(Geometry geometry, String json) {
        BsonDocument expected = BsonDocument.parse(json);

        assertThat(geometry.toJson()).isEqualTo(expected.toJson()).isEqualTo(geometry.toString());
        assertThat(encoded(geometry)).isEqualTo(expected);
        assertThat(decoded(geometry.getClass(), expected)).isEqualTo(geometry).hasSameHashCodeAs(geometry);
        assertThat(decoded(Geometry.class, expected)).isEqualTo(geometry);
    }

    @Test
    void partsOfAGeometryCanBeAsked() {
        Polygon polygon = new Polygon(NamedCoordinateReferenceSystem.CRS_84, new PolygonCoordinates(RING, RING));

        assertThat(polygon.getExterior()).isEqualTo(RING);
        assertThat(polygon.getHoles()).containsExactly(RING);
        assertThat(polygon.getCoordinateReferenceSystem()).isEqualTo(NamedCoordinateReferenceSystem.CRS_84);
        assertThat(new Point(C).getPosition().getValues()).containsExactly(1.0, 1.5, 7.0);
        assertThat(new Point(A)).isNotEqualTo(new Point(B)).isNotEqualTo(new MultiPoint(List.of(A)));
    }

    @Test
    void numbersOfAPositionMayBeIntegers() {
        assertThat(decoded(Point.class, BsonDocument.parse("{type: 'Point', coordinates: [1, {$numberLong: '2'}]}")))
                .isEqualTo(new Point(new Position(1, 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{coordinates: [1, 2]}                                  | Not a GeoJSON geometry: it has no type",
                "{type: 5}                                              | Not a GeoJSON geometry: it has no type",
                "{type: 'Circle', coordinates: [1, 2]}                  | Not a GeoJSON Circle: there is no such type",
                "{type: 'Point'}                                        | Not a GeoJSON Point: it has no coordinates",
                "{type: 'Point', coordinates: 'x'}                      | Not a GeoJSON Point: coordinates are not nested arrays of the depth that belongs to the type",
                "{type: 'LineString', coordinates: [1, 2]}              | Not a GeoJSON LineString: coordinates are not nested arrays of the depth that belongs to the type",
                "{type: 'Point', coordinates: [1]}                      | Not a GeoJSON Point: values must hold at least two numbers, not 1",
                "{type: 'Point', coordinates: [1, 'x']}                 | Not a GeoJSON Point: a position holds a value that is no number",
                "{type: 'Point', coordinates: [1, 2], x: 1}             | Not a GeoJSON Point: it has a field x",
                "{type: 'Point', coordinates: [1, 2], crs: {type: 'l'}} | Not a GeoJSON Point: its reference system is not given by a name",
                "{type: 'Polygon', coordinates: []}                     | Not a GeoJSON Polygon: a polygon has no ring",
                "{type: 'GeometryCollection', geometries: [1]}          | Not a GeoJSON GeometryCollection: geometries holds a value that is no document",
                "{type: 'LineString', coordinates: [[1, 2], [3, 4]]}    | Expected a GeoJSON Point, found a LineString"
            })
    void whatIsNoGeometryIsRefusedWithTheReason(String json, String message) {
        assertThatThrownBy(() -> decoded(Point.class, BsonDocument.parse(json)))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> new Point(nothing()), "coordinates must not be null");
        refused(() -> new Position(List.of(1.0)), "values must hold at least two numbers, not 1");
        refused(() -> new LineString(List.of(A)), "coordinates must hold at least two positions, not 1");
        refused(() -> new Polygon(List.of(A, B, A)), "exterior must be a ring of at least four positions, not 3");
        refused(
                () -> new Polygon(RING, List.of(List.of(A, B, C, B))),
                "hole must be a ring that ends at the position where it begins");
    }

    @Test
    void documentsMayHoldGeometries() {
        Document document = new Document("at", new Point(A));

        assertThat(BuilderCase.exact(document))
                .isEqualTo("{\"at\": {\"type\": \"Point\", \"coordinates\": "
                        + "[{\"$numberDouble\": \"0.0\"}, {\"$numberDouble\": \"0.0\"}]}}");
    }

    @SuppressWarnings("unchecked") // A geometry's class is what its codec is asked for by.
    private static BsonDocument encoded(Geometry geometry) {
        BsonDocument document = new BsonDocument();
        Codec<Geometry> codec = (Codec<Geometry>) BuilderCase.REGISTRY.get(geometry.getClass());
        codec.encode(
                new BsonDocumentWriter(document),
                geometry,
                EncoderContext.builder().build());
        return document;
    }

    private static <T> T decoded(Class<T> type, BsonDocument document) {
        return BuilderCase.REGISTRY
                .get(type)
                .decode(
                        new BsonDocumentReader(document),
                        DecoderContext.builder().build());
    }
}
