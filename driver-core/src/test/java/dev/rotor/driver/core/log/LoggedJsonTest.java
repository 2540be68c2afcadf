package dev.rotor.driver.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedJsonTest {

    private static final ServerAddress SERVER = new ServerAddress("db1", 27017);

    private static BsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    @Test
    void aDocumentThatFitsIsRelaxedExtendedJson() {
        BsonDocument document = BsonDocument.parse("{a: {$numberLong: '1'}, b: [{$date: 0}, 'x'], c: {d: true}}");
        String expected = "{\"a\": 1, \"b\": [{\"$date\": \"1970-01-01T00:00:00Z\"}, \"x\"], \"c\": {\"d\": true}}";

        assertThat(EventJson.of(document, 1000)).isEqualTo(expected);
        assertThat(EventJson.of(raw(document), 1000)).isEqualTo(expected);
        assertThat(EventJson.of(document, expected.length())).isEqualTo(expected);
        assertThat(EventJson.of(document, expected.length() - 1))
                .isEqualTo(expected.substring(0, expected.length() - 1) + "...");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 6, 7, 8, 20, 29, 30})
    void aLongerOneIsCutAtTheLengthAndTheDotsDoNotCount(int length) {
        BsonDocument document = BsonDocument.parse("{a: [1, 2, 3], b: {c: 'some text'}, d: null}");
        String whole = EventJson.of(document, 1000);

        for (BsonDocument same : new BsonDocument[] {document, raw(document)}) {
            assertThat(EventJson.of(same, length)).isEqualTo(whole.substring(0, length) + "...");
        }
    }

    /** Prose test 3 of Command Logging and Monitoring. */
    @Test
    void whereverItIsCutTheTextIsValidUnicode() {
        BsonDocument document = BsonDocument.parse("{'\uD83D\uDE00 face': '\uD83D\uDE00€\uD83D\uDE80ä\u0000'}");
        String whole = EventJson.of(document, 1000);

        for (int length = 0; length < whole.length(); length++) {
            String shown = EventJson.of(document, length);

            assertThat(shown).isEqualTo(whole.substring(0, length) + "...");
            assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(shown);
        }
    }

    /** Prose test 3 of Command Logging and Monitoring. */
    @Test
    void charactersOfSeveralBytesButOneUnitCountOnce() {
        assertThat(EventJson.of(new BsonDocument("x", new BsonString("€".repeat(500))), 10))
                .isEqualTo("{\"x\": \"€€€...");
    }

    @Test
    void whatIsBehindTheCutIsNotLookedAt() {
        BsonDocument document = new BsonDocument("a", new BsonString("long enough to be cut"));
        document.append("array", new BsonArray() {
            @Override
            public java.util.Iterator<BsonValue> iterator() {
                throw new AssertionError("looked at");
            }
        });
        document.append("document", new BsonDocument() {
            private static final long serialVersionUID = 1L;

            @Override
            public java.util.Set<Map.Entry<String, BsonValue>> entrySet() {
                throw new AssertionError("looked at");
            }
        });

        assertThat(EventJson.of(document, 10)).hasSize(13);
    }

    @Test
    void ofAnArrayOnlyTheBeginningIsLookedAt() {
        int[] seen = {0};
        BsonArray array = new BsonArray() {
            @Override
            public java.util.Iterator<BsonValue> iterator() {
                var all = super.iterator();
                return new java.util.Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public BsonValue next() {
                        seen[0]++;
                        return all.next();
                    }
                };
            }
        };
        for (int i = 0; i < 1000; i++) {
            array.add(new BsonInt32(i));
        }

        EventJson.of(new BsonDocument("a", array), 20);

        assertThat(seen[0]).isLessThan(20);
    }

    @Test
    void theLengthIsThatOfTheSettingsElseOfTheEnvironmentElseAThousand() {
        assertThat(ClientLog.maxDocumentLength(7, "8")).isEqualTo(7);
        assertThat(ClientLog.maxDocumentLength(0, "8")).isZero();
        assertThat(ClientLog.maxDocumentLength(null, "8")).isEqualTo(8);
        assertThat(ClientLog.maxDocumentLength(null, null)).isEqualTo(1000);
        for (String invalid : new String[] {"", "x", "-1", "1.5", "99999999999"}) {
            assertThat(ClientLog.maxDocumentLength(null, invalid)).as(invalid).isEqualTo(1000);
        }
    }

    @Test
    void aRefusalIsShownByItsCodeLabelsAndReply() {
        BsonDocument reply =
                new BsonDocument("ok", BsonBoolean.FALSE).append("errmsg", new BsonString("no such thing"));
        MongoCommandException refusal =
                new MongoCommandException("unlimited words", 59, "CommandNotFound", "no such thing", reply, SERVER);
        refusal.addLabel("SomeLabel");

        assertThat(LoggedFailures.of(refusal, 5))
                .isEqualTo("MongoCommandException on db1:27017, code 59, codeName CommandNotFound,"
                        + " errorLabels [SomeLabel]: {\"ok\"...");
        assertThat(LoggedFailures.of(refusal, 1000)).endsWith("\"errmsg\": \"no such thing\"}");
    }

    @Test
    void otherFailuresAreShownByTheirNameAndMessage() {
        assertThat(LoggedFailures.of(new MongoException("connection reset", null), 5))
                .isEqualTo("MongoException: connection reset");
        assertThat(LoggedFailures.of(new IllegalStateException(), 5)).isEqualTo("IllegalStateException");
    }
}
