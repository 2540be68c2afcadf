package dev.rotor.driver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.driver.core.op.ConcernDocuments;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The Read and Write Concern specification's tests of what is sent to the server. */
public final class ConcernFormat implements Format {

    /** For the service loader. */
    public ConcernFormat() {}

    @Override
    public String name() {
        return "read and write concern documents";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.tests(
                options, "read-write-concern/tests", ConcernFormat::isOfDocuments, ConcernFormat::run);
    }

    private static boolean isOfDocuments(BsonDocument file) {
        return file.isArray("tests")
                && !file.containsKey("schemaVersion")
                && file.getArray("tests").stream()
                        .noneMatch(test -> test.asDocument().containsKey("uri"));
    }

    private static void run(BsonDocument test) {
        BsonDocument write = document(test, "writeConcern");
        BsonDocument read = document(test, "readConcern");
        assertThat(write != null || read != null).as("a concern is given").isTrue();
        if (!test.getBoolean("valid").getValue()) {
            assertThatThrownBy(() -> {
                        if (write != null) {
                            writeConcern(write);
                        } else {
                            readConcern(requireNonNull(read));
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        if (write != null) {
            WriteConcern concern = writeConcern(write);
            assertThat(normal(ConcernDocuments.of(concern)))
                    .isEqualTo(normal(test.getDocument("writeConcernDocument")));
            assertThat(concern.isServerDefault())
                    .isEqualTo(test.getBoolean("isServerDefault").getValue());
            assertThat(concern.isAcknowledged())
                    .isEqualTo(test.getBoolean("isAcknowledged").getValue());
        }
        if (read != null) {
            ReadConcern concern = readConcern(read);
            assertThat(normal(ConcernDocuments.of(concern))).isEqualTo(normal(test.getDocument("readConcernDocument")));
            assertThat(concern.isServerDefault())
                    .isEqualTo(test.getBoolean("isServerDefault").getValue());
        }
    }

    private static @Nullable BsonDocument document(BsonDocument test, String name) {
        return test.isDocument(name) ? test.getDocument(name) : null;
    }

    static ReadConcern readConcern(BsonDocument document) {
        return document.isEmpty()
                ? ReadConcern.DEFAULT
                : new ReadConcern(document.getString("level").getValue());
    }

    static WriteConcern writeConcern(BsonDocument document) {
        WriteConcern concern = WriteConcern.ACKNOWLEDGED;
        for (String name : document.keySet()) {
            BsonValue value = requireNonNull(document.get(name));
            concern = switch (name) {
                case "w" ->
                    value.isString()
                            ? concern.withW(value.asString().getValue())
                            : concern.withW(value.asNumber().intValue());
                case "journal" -> concern.withJournal(value.asBoolean().getValue());
                case "wtimeoutMS" ->
                    concern.withWTimeout(Duration.ofMillis(value.asNumber().longValue()));
                default -> throw new AssertionError("unknown part of a write concern: " + name);
            };
        }
        return concern;
    }

    /** Whole numbers of one type. */
    private static BsonDocument normal(BsonDocument document) {
        BsonDocument normal = new BsonDocument();
        document.forEach((name, value) ->
                normal.put(name, value instanceof BsonNumber number ? new BsonInt64(number.longValue()) : value));
        return normal;
    }
}
