package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.event.EventJson;
import org.bson.BsonDocument;
import org.bson.json.Converter;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/** What is shown of documents and failures. */
final class Content {

    private Content() {}

    /** A document as text; {@code null} where nothing is to be shown of it. */
    static @Nullable String of(BsonDocument document, Detail detail, int maxLength) {
        return switch (detail) {
            case NONE -> null;
            case NAMES -> EventJson.of(document, maxLength, shape());
            case DOCUMENTS -> EventJson.of(document, maxLength);
        };
    }

    /** Writes a question mark for whatever is not a document or an array. */
    private static JsonWriterSettings.Builder shape() {
        return JsonWriterSettings.builder()
                .outputMode(JsonMode.RELAXED)
                .nullConverter(hidden())
                .stringConverter(hidden())
                .dateTimeConverter(hidden())
                .binaryConverter(hidden())
                .booleanConverter(hidden())
                .doubleConverter(hidden())
                .int32Converter(hidden())
                .int64Converter(hidden())
                .decimal128Converter(hidden())
                .objectIdConverter(hidden())
                .timestampConverter(hidden())
                .regularExpressionConverter(hidden())
                .symbolConverter(hidden())
                .undefinedConverter(hidden())
                .minKeyConverter(hidden())
                .maxKeyConverter(hidden())
                .javaScriptConverter(hidden());
    }

    private static <T> Converter<T> hidden() {
        return (value, writer) -> writer.writeRaw("?");
    }

    /** A failure as text. What a server says may quote values; where those are not shown, neither is that. */
    static String of(Throwable failure, Detail detail, int maxLength) {
        String name = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        if (detail == Detail.DOCUMENTS || !(failure instanceof MongoCommandException refused)) {
            return message == null ? name : name + ": " + OneLine.cut(message, maxLength);
        }
        StringBuilder text =
                new StringBuilder(80).append(name).append(", code ").append(refused.code());
        if (!refused.codeName().isEmpty()) {
            text.append(" (").append(refused.codeName()).append(')');
        }
        if (!refused.labels().isEmpty()) {
            text.append(", ").append(refused.labels());
        }
        return text.toString();
    }

    /** The code of a failure, where the server gave one. */
    static @Nullable Integer code(Throwable failure) {
        return failure instanceof MongoException known && known.code() > 0 ? known.code() : null;
    }
}
