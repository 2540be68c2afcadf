package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadPreference;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option record that an operation takes is found and tried by reflection: a copying method that loses one of its
 * dozen arguments compiles, and nobody would notice until a server misbehaves.
 */
class OptionCopiesTest {
    /** Options of which only one at a time may be given, and the one to leave out when all are. */
    private static final List<String> LEFT_OUT = List.of("hintString", "granularity");

    private static final List<String> DEFAULTS_TO_TRUE = List.of("ordered", "check");

    /** Options that have a value by default. */
    private static final List<Class<?>> NEVER_NULL = List.of(ReturnDocument.class, ReadPreference.class, Set.class);

    static Set<Class<?>> optionRecords() {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> api : List.of(MongoCollection.class, MongoDatabase.class, FindQuery.class)) {
            for (Method method : api.getMethods()) {
                for (Type parameter : method.getGenericParameterTypes()) {
                    collect(parameter, found);
                }
            }
        }
        return found;
    }

    static List<Class<?>> recordsWithDefault() {
        return optionRecords().stream()
                .filter(type -> Arrays.stream(type.getFields())
                        .anyMatch(field -> field.getName().equals("DEFAULT")))
                .toList();
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, found);
            }
        } else if (type instanceof Class<?> option && !copiers(option).isEmpty() && found.add(option)) {
            for (RecordComponent component : option.getRecordComponents()) {
                collect(component.getGenericType(), found);
            }
        }
    }

    @Test
    void theOptionsOfOperationsAreFoundAndThoseInsideThem() {
        assertThat(optionRecords())
                .contains(
                        UpdateOptions.class,
                        IndexModel.class,
                        IndexOptions.class,
                        TimeSeriesOptions.class,
                        Collation.class);
    }

    @ParameterizedTest
    @MethodSource("optionRecords")
    void aCopyDiffersInTheOneOptionOnly(Class<?> type) throws Exception {
        Object before = full(type);
        for (Map.Entry<RecordComponent, Method> copier : copiers(type).entrySet()) {
            RecordComponent changed = copier.getKey();
            if (LEFT_OUT.contains(changed.getName())) {
                continue;
            }
            Object value = sample(changed, 100);
            Object after = copier.getValue().invoke(before, value);
            for (RecordComponent component : type.getRecordComponents()) {
                boolean same = !component.getName().equals(changed.getName());
                assertThat(read(component, after))
                        .as("%s of %s after changing %s", component.getName(), type.getSimpleName(), changed.getName())
                        .isEqualTo(same ? read(component, before) : value);
            }
            assertThat(after).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("optionRecords")
    void optionsWithEqualPartsAreEqual(Class<?> type) throws Exception {
        assertThat(full(type)).isEqualTo(full(type)).hasSameHashCodeAs(full(type));
    }

    @ParameterizedTest
    @MethodSource("optionRecords")
    void theTextNamesEverythingThatWasGivenAndNothingElse(Class<?> type) throws Exception {
        Object options = full(type);
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = read(component, options);
            if (value == null) {
                assertThat(options.toString()).doesNotContain(component.getName() + "=");
            } else {
                assertThat(options.toString()).contains(component.getName() + "=" + value);
            }
        }
        assertThat(options.toString()).startsWith(type.getSimpleName() + "{").doesNotContain("null");
    }

    @ParameterizedTest
    @MethodSource("recordsWithDefault")
    void nothingIsSentUnlessItIsAskedFor(Class<?> type) throws Exception {
        Object options = type.getField("DEFAULT").get(null);
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getType().isPrimitive() && !NEVER_NULL.contains(component.getType())) {
                assertThat(read(component, options)).as(component.getName()).isNull();
            }
        }
        assertThat(options.toString()).isIn(type.getSimpleName() + "{}", type.getSimpleName() + "{dropTarget=false}");
    }

    /** The methods that copy, by the component that they change. */
    private static Map<RecordComponent, Method> copiers(Class<?> type) {
        Map<RecordComponent, Method> copiers = new LinkedHashMap<>();
        if (!type.isRecord()) {
            return copiers;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(component.getName())
                        && method.getReturnType() == type
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0] == component.getType()) {
                    copiers.put(component, method);
                }
            }
        }
        return copiers;
    }

    /** With every option given, each with a value of its own. */
    private static Object full(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = LEFT_OUT.contains(components[i].getName()) ? null : sample(components[i], i);
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private static @Nullable Object read(RecordComponent component, Object options) throws Exception {
        return component.getAccessor().invoke(options);
    }

    private static Object sample(RecordComponent component, int seed) {
        Class<?> type = component.getType();
        boolean changed = seed >= 100;
        if (type == boolean.class || type == Boolean.class) {
            // What was given shows in the text; these show only when they are not the default.
            return DEFAULTS_TO_TRUE.contains(component.getName()) == changed;
        }
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[changed ? 0 : constants.length - 1];
        }
        Map<Class<?>, Object> samples = Map.ofEntries(
                Map.entry(Bson.class, new Document("k", seed)),
                Map.entry(List.class, List.of(new Document("k", seed))),
                Map.entry(Set.class, Set.of(seed)),
                Map.entry(
                        ReadPreference.class, ReadPreference.NEAREST.withMaxStaleness(Duration.ofSeconds(100 + seed))),
                Map.entry(String.class, "s" + seed),
                Map.entry(BsonValue.class, new BsonInt32(seed)),
                Map.entry(Duration.class, Duration.ofSeconds(seed + 1)),
                Map.entry(Long.class, seed + 1L),
                Map.entry(Integer.class, seed + 1),
                Map.entry(Double.class, seed + 0.5),
                Map.entry(Collation.class, Collation.create("l" + seed)),
                Map.entry(CommitQuorum.class, new CommitQuorum(new BsonString("q" + seed))),
                Map.entry(ValidationOptions.class, ValidationOptions.DEFAULT.validator(new Document("v", seed))),
                Map.entry(TimeSeriesOptions.class, TimeSeriesOptions.create("t" + seed)),
                Map.entry(ClusteredIndexOptions.class, ClusteredIndexOptions.create(new Document("_id", 1), changed)),
                Map.entry(
                        ChangeStreamPreAndPostImagesOptions.class, ChangeStreamPreAndPostImagesOptions.create(changed)),
                Map.entry(IndexOptions.class, IndexOptions.DEFAULT.name("i" + seed)));
        return Objects.requireNonNull(samples.get(type), () -> "no sample for " + type);
    }
}
