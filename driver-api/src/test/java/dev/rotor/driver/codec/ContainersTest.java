package dev.rotor.driver.codec;

import static dev.rotor.driver.codec.Coding.again;
import static dev.rotor.driver.codec.Coding.decode;
import static dev.rotor.driver.codec.Coding.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.types.CodeWithScope;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Maps, collections, arrays, enums and times: in documents, and as components. */
@SuppressWarnings({"ArrayRecordComponent", "UnusedMethod"}) // users write such records; constructors run by codecs
class ContainersTest {

    /** One constant has a body, which makes it a class of its own. */
    private enum Planet {
        EARTH,
        MARS {
            @Override
            boolean red() {
                return true;
            }
        };

        boolean red() {
            return false;
        }
    }

    @Test
    void immutableAndUnusualCollectionsAreWrittenInADocument() {
        Document document = new Document("of", List.of(1))
                .append("set", Set.of(2))
                .append("map", Map.of("a", 3))
                .append("unmodifiable", Collections.unmodifiableMap(new TreeMap<>(Map.of("b", 4))))
                .append("list", Collections.unmodifiableList(new ArrayList<>(List.of(5))))
                .append("arrays", Arrays.asList(6, null))
                .append("deque", new ArrayDeque<>(List.of(7)))
                .append("enums", EnumSet.of(Planet.MARS))
                .append("byEnum", new EnumMap<>(Map.of(Planet.MARS, 8)))
                .append("keys", new TreeMap<>(Map.of(9, "n")))
                .append("ints", new int[] {10, 11})
                .append("texts", new String[] {"x", "y"})
                .append("mixed", new Object[] {1, "z", null, List.of(true)})
                .append("empty", Optional.empty())
                .append("full", Optional.of(List.of("o")))
                .append("mars", Planet.MARS)
                .append("view", new HashMap<>(Map.of("k", "v")).values())
                .append("code", new CodeWithScope("f()", new Document("s", 1)));
        assertThat(encode(document))
                .isEqualTo(BsonDocument.parse("{of: [1], set: [2], map: {a: 3}, unmodifiable: {b: 4}, list: [5],"
                        + " arrays: [6, null], deque: [7], enums: ['MARS'], byEnum: {MARS: 8}, keys: {'9': 'n'},"
                        + " ints: [10, 11], texts: ['x', 'y'], mixed: [1, 'z', null, [true]], empty: null, full: ['o'],"
                        + " mars: 'MARS', view: ['v'], code: {$code: 'f()', $scope: {s: 1}}}"));
    }

    private record Kinds(
            Collection<Integer> collection,
            Iterable<Integer> iterable,
            ArrayList<Integer> arrayList,
            CopyOnWriteArrayList<Integer> concurrentList,
            Set<String> set,
            SortedSet<String> sorted,
            NavigableSet<String> navigable,
            Queue<Integer> queue,
            Deque<Integer> deque,
            EnumSet<Planet> enumSet,
            SortedMap<String, Integer> sortedMap,
            ConcurrentMap<String, Integer> concurrent,
            EnumMap<Planet, Integer> enumMap) {}

    @Test
    void eachKindOfCollectionIsReadIntoOneThatFits() {
        Kinds kinds = new Kinds(
                List.of(1),
                List.of(2),
                new ArrayList<>(List.of(3)),
                new CopyOnWriteArrayList<>(List.of(4)),
                new LinkedHashSet<>(List.of("z", "a", "m")),
                new TreeSet<>(Set.of("b", "a")),
                new TreeSet<>(Set.of("d", "c")),
                new ArrayDeque<>(List.of(5)),
                new ArrayDeque<>(List.of(6)),
                EnumSet.allOf(Planet.class),
                new TreeMap<>(Map.of("a", 1)),
                new ConcurrentHashMap<>(Map.of("b", 2)),
                new EnumMap<>(Map.of(Planet.MARS, 3)));
        Kinds back = again(kinds);
        assertThat(back).usingRecursiveComparison().isEqualTo(kinds);
        assertThat(back.set()).as("in the stored order").containsExactly("z", "a", "m");
        assertThat(back.enumMap().keySet().iterator().next().red()).isTrue();
        back.collection().add(9);
        assertThat(back.collection()).as("plain, not immutable").containsExactly(1, 9);
    }

    private record Arrays2(
            int[] ints,
            long[] longs,
            double[] doubles,
            float[] floats,
            short[] shorts,
            boolean[] booleans,
            char[] chars,
            String[] texts,
            int[][] matrix,
            Planet[] planets,
            List<String>[] lists) {}

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void arraysOfEachTypeComeBack() {
        Arrays2 arrays = new Arrays2(
                new int[] {1, 2},
                new long[] {3},
                new double[] {4.5},
                new float[] {5.5f},
                new short[] {6},
                new boolean[] {true, false},
                new char[] {'c'},
                new String[] {"a"},
                new int[][] {{1}, {}, {2, 3}},
                new Planet[] {Planet.EARTH, Planet.MARS},
                (List<String>[]) new List[] {List.of("x")});
        assertThat(again(arrays)).usingRecursiveComparison().isEqualTo(arrays);
        assertThatThrownBy(() -> decode(Coding.REGISTRY, Arrays2.class, BsonDocument.parse("{ints: [1, null]}")))
                .hasMessage("null where a primitive int is wanted, at field ints.1 of " + Arrays2.class.getName());
    }

    private record Keys(
            Map<Planet, Integer> planets,
            Map<UUID, Integer> uuids,
            Map<ObjectId, Integer> ids,
            Map<Integer, Integer> ints,
            Map<Long, Integer> longs,
            Map<Double, Integer> doubles,
            Map<BigDecimal, Integer> decimals,
            Map<Boolean, Integer> booleans,
            Map<Character, Integer> letters,
            Map<LocalDate, Map<Integer, String>> days,
            Map<?, Integer> any) {}

    @Test
    void keysThatHaveATextAreFieldNames() {
        Keys keys = new Keys(
                Map.of(Planet.MARS, 1),
                Map.of(new UUID(1, 2), 2),
                Map.of(new ObjectId(), 3),
                Map.of(-4, 4),
                Map.of(5L, 5),
                Map.of(6.5, 6),
                Map.of(new BigDecimal("7.70"), 7),
                Map.of(true, 8),
                Map.of('i', 9),
                Map.of(LocalDate.of(2026, 1, 2), Map.of(1, "x")),
                Map.of("any", 1));
        assertThat(again(keys)).isEqualTo(keys);
    }

    private record BadKeys(Map<List<String>, Integer> map) {}

    @Test
    void keysThatHaveNoTextAreRefused() {
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, BadKeys.class))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageStartingWith("a map with keys of java.util.List cannot be stored")
                .hasMessageEndingWith("at field map of " + BadKeys.class.getName());
        assertThatThrownBy(() -> encode(new Document("m", Map.of(List.of(), 1))))
                .hasMessageStartingWith("a key of java.util.ImmutableCollections$ListN cannot be a field name")
                .hasMessageEndingWith("at field m.[] of org.bson.Document");
        Map<@Nullable String, Integer> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        assertThatThrownBy(() -> encode(new Document("m", nullKey)))
                .hasMessageStartingWith("a null key cannot be a field name");
        assertThatThrownBy(() -> decode(Keys.class, "{planets: {PLUTO: 1}}"))
                .hasMessage("the field name \"PLUTO\" is no key of " + Planet.class.getTypeName()
                        + ", at field planets.PLUTO of " + Keys.class.getName());
    }

    private record Immutable(List<String> list) {
        Immutable {
            list = List.copyOf(list);
        }
    }

    @Test
    void aRecordMayMakeWhatItGetsImmutable() {
        Immutable immutable = decode(Immutable.class, "{list: ['a']}");
        assertThatThrownBy(() -> immutable.list().add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aCollectionThatCannotBeMadeIsWrittenAllTheSame() {
        Class<?> unmade = List.of(1, 2, 3).getClass();
        assertThat(encode(new Document("a", List.of(1, 2, 3)))).isEqualTo(BsonDocument.parse("{a: [1, 2, 3]}"));
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, unmade)
                        .decode(
                                arrayReader(),
                                org.bson.codecs.DecoderContext.builder().build()))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("can be written but not read");
    }

    private static org.bson.BsonReader arrayReader() {
        org.bson.BsonDocumentReader reader = new org.bson.BsonDocumentReader(BsonDocument.parse("{a: []}"));
        reader.readStartDocument();
        reader.readBsonType();
        reader.readName();
        return reader;
    }

    private record Times(
            Duration duration,
            Period period,
            Year year,
            YearMonth month,
            MonthDay day,
            ZoneId zone,
            ZoneId fixed,
            ZoneOffset offset,
            java.time.DayOfWeek weekday) {}

    @Test
    void timesWithoutABsonTypeAreTheirIsoText() {
        Times times = new Times(
                Duration.ofSeconds(90, 5),
                Period.of(1, 2, 3),
                Year.of(2026),
                YearMonth.of(2026, 7),
                MonthDay.of(2, 29),
                ZoneId.of("Europe/Berlin"),
                ZoneOffset.ofHours(2),
                ZoneOffset.UTC,
                java.time.DayOfWeek.MONDAY);
        assertThat(encode(times))
                .isEqualTo(BsonDocument.parse("{duration: 'PT1M30.000000005S', period: 'P1Y2M3D', year: 2026,"
                        + " month: '2026-07', day: '--02-29', zone: 'Europe/Berlin', fixed: '+02:00', offset: 'Z',"
                        + " weekday: 'MONDAY'}"));
        assertThat(again(times)).isEqualTo(times);
        assertThat(encode(new Document("z", ZoneId.of("Europe/Berlin")))
                        .getString("z")
                        .getValue())
                .isEqualTo("Europe/Berlin");
        assertThatThrownBy(() -> decode(Times.class, "{duration: 'soon'}"))
                .hasMessage("\"soon\" is no java.time.Duration, at field duration of " + Times.class.getName());
    }

    private record Enums(Planet planet, List<Planet> list, Map<Planet, Planet> map) {}

    @Test
    void anUnknownEnumConstantIsNamedWithThoseThatThereAre() {
        Enums enums = new Enums(Planet.MARS, List.of(Planet.EARTH), Map.of(Planet.EARTH, Planet.MARS));
        assertThat(again(enums)).isEqualTo(enums);
        assertThatThrownBy(() -> decode(Enums.class, "{list: ['MARS', 'PLUTO']}"))
                .hasMessage("the enum " + Planet.class.getName()
                        + " has no constant \"PLUTO\"; it has EARTH, MARS, at field list.1 of "
                        + Enums.class.getName());
    }

    private record Rows(int count, List<String> rows) implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return rows.iterator();
        }
    }

    @Test
    void aRecordThatIteratesIsADocumentAllTheSame() {
        Rows rows = new Rows(2, List.of("a"));
        assertThat(encode(new Document("rows", rows))).isEqualTo(BsonDocument.parse("{rows: {count: 2, rows: ['a']}}"));
        assertThat(again(rows)).isEqualTo(rows);
    }

    /** A document class of the user's own. */
    public static final class OwnDocument extends Document {
        @java.io.Serial
        private static final long serialVersionUID = 1;
    }

    @Test
    void aClassDerivedFromDocumentIsReadAsItself() {
        OwnDocument own = new OwnDocument();
        own.append("x", 1).append("y", List.of(new Document("z", 2)));
        assertThat(again(own)).isEqualTo(own).isInstanceOf(OwnDocument.class);
    }

    /** Collections of one class each, said by the class itself. */
    public static final class Instants extends ArrayList<Instant> {
        @java.io.Serial
        private static final long serialVersionUID = 1;
    }

    // That the parameter has nothing to do with the elements is the point.
    @SuppressWarnings("UnusedTypeParameter")
    public static final class InstantsOf<K> extends HashMap<UUID, Instant> {
        @java.io.Serial
        private static final long serialVersionUID = 1;
    }

    private record Stamps(Instants times, InstantsOf<String> byId) {}

    @Test
    void aClassThatDeclaresItsElementsIsReadWithThem() {
        Instants times = new Instants();
        times.add(Instant.EPOCH);
        InstantsOf<String> byId = new InstantsOf<>();
        byId.put(new UUID(1, 2), Instant.EPOCH);
        Stamps stamps = new Stamps(times, byId);
        assertThat(again(stamps)).isEqualTo(stamps);
    }

    /** Of a class that has no codec: what is in it has. */
    public static final class Comparables extends ArrayList<Comparable<?>> {
        @java.io.Serial
        private static final long serialVersionUID = 1;
    }

    @Test
    void aClassThatDeclaresElementsWithoutCodecIsReadAsTheBsonTypesSay() {
        Comparables values = new Comparables();
        values.add("a");
        values.add(1);
        assertThat(encode(new Document("a", values))).isEqualTo(BsonDocument.parse("{a: ['a', 1]}"));
    }

    /** Iterates, and nothing can be added to it. */
    public static final class Steps implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return List.of("a", "b").iterator();
        }
    }

    private record Walk(Steps steps) {}

    @Test
    void anIterableThatIsNoCollectionIsWrittenOnly() {
        assertThat(encode(new Walk(new Steps()))).isEqualTo(BsonDocument.parse("{steps: ['a', 'b']}"));
        assertThatThrownBy(() -> decode(Walk.class, "{steps: ['a']}"))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("can be written but not read: it is no Collection")
                .hasMessageContaining("at field steps of");
    }

    private record Iterating(Iterable<String> names) {}

    @Test
    void aPlainIterableIsReadAsAList() {
        Iterating value = new Iterating(List.of("a", "b"));
        assertThat(again(value)).isEqualTo(value);
    }

    private record Bson(BsonValue value, List<BsonValue> values) {}

    @Test
    void aNullThatABsonValueSaysComesBackAsThat() {
        Bson value = new Bson(BsonNull.VALUE, List.of(BsonNull.VALUE, new BsonInt32(1)));
        assertThat(again(value)).isEqualTo(value);
        assertThat(decode(Bson.class, "{values: []}").value()).isNull();
    }
}
