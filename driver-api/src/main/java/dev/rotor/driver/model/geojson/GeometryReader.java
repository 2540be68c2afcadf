package dev.rotor.driver.model.geojson;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/** Makes a geometry of the document that stands for it. */
final class GeometryReader {

    private GeometryReader() {}

    static Geometry read(BsonDocument document) {
        BsonValue type = document.get("type");
        if (type == null || !type.isString()) {
            throw new CodecConfigurationException("Not a GeoJSON geometry: it has no type");
        }
        String name = type.asString().getValue();
        try {
            return read(name, document);
        } catch (IllegalArgumentException e) {
            throw new CodecConfigurationException("Not a GeoJSON " + name + ": " + e.getMessage(), e);
        }
    }

    private static Geometry read(String type, BsonDocument document) {
        CoordinateReferenceSystem crs = crs(document.get("crs"));
        String contentName = type.equals("GeometryCollection") ? "geometries" : "coordinates";
        for (String name : document.keySet()) {
            if (!name.equals("type") && !name.equals(contentName) && !name.equals("crs")) {
                throw new IllegalArgumentException("it has a field " + name);
            }
        }
        BsonArray content = array(contentName, document.get(contentName));
        return switch (type) {
            case "Point" -> new Point(crs, position(content));
            case "MultiPoint" -> new MultiPoint(crs, positions(content));
            case "LineString" -> new LineString(crs, positions(content));
            case "MultiLineString" -> new MultiLineString(crs, each(content, GeometryReader::positions));
            case "Polygon" -> new Polygon(crs, polygon(content));
            case "MultiPolygon" -> new MultiPolygon(crs, each(content, GeometryReader::polygon));
            case "GeometryCollection" -> new GeometryCollection(crs, geometries(content));
            default -> throw new IllegalArgumentException("there is no such type");
        };
    }

    private static List<Geometry> geometries(BsonArray content) {
        List<Geometry> geometries = new ArrayList<>();
        for (BsonValue value : content) {
            if (!value.isDocument()) {
                throw new IllegalArgumentException("geometries holds a value that is no document");
            }
            geometries.add(read(value.asDocument()));
        }
        return geometries;
    }

    private static PolygonCoordinates polygon(BsonArray content) {
        List<List<Position>> rings = each(content, GeometryReader::positions);
        if (rings.isEmpty()) {
            throw new IllegalArgumentException("a polygon has no ring");
        }
        return new PolygonCoordinates(rings.get(0), rings.subList(1, rings.size()));
    }

    private static List<Position> positions(BsonArray content) {
        return each(content, GeometryReader::position);
    }

    private static Position position(BsonArray content) {
        List<Double> values = new ArrayList<>();
        for (BsonValue value : content) {
            if (!value.isNumber()) {
                throw new IllegalArgumentException("a position holds a value that is no number");
            }
            values.add(value.asNumber().doubleValue());
        }
        return new Position(values);
    }

    private static <T> List<T> each(BsonArray content, Function<BsonArray, T> reader) {
        List<T> values = new ArrayList<>();
        for (BsonValue value : content) {
            values.add(reader.apply(array("coordinates", value)));
        }
        return values;
    }

    private static BsonArray array(String name, @Nullable BsonValue value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        if (!value.isArray()) {
            throw new IllegalArgumentException(name + " are not nested arrays of the depth that belongs to the type");
        }
        return value.asArray();
    }

    private static @Nullable CoordinateReferenceSystem crs(@Nullable BsonValue value) {
        if (value == null) {
            return null;
        }
        if (value.isDocument()
                && value.asDocument().get("properties") instanceof BsonDocument properties
                && properties.get("name") instanceof BsonString name) {
            return new NamedCoordinateReferenceSystem(name.getValue());
        }
        throw new IllegalArgumentException("its reference system is not given by a name");
    }
}
