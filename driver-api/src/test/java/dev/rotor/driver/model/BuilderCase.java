package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClientSettings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.bson.io.BasicOutputBuffer;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** One call of a builder method, and the JSON that it stands for. */
record BuilderCase(String method, Supplier<Bson> call, String json) {

    static final CodecRegistry REGISTRY = MongoClientSettings.builder().build().codecRegistry();

    /** Extended JSON tells 1 from 1L from 1.0, and keeps the order of names. */
    private static final JsonWriterSettings EXACT =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    static BuilderCase given(String method, Supplier<Bson> call, String json) {
        return new BuilderCase(method, call, json);
    }

    static String exact(Bson bson) {
        return bson.toBsonDocument(Document.class, REGISTRY).toJson(EXACT);
    }

    /** What must be true of every builder's value. */
    void check() {
        Bson built = call.get();
        BsonDocument expected = BsonDocument.parse(json);

        assertThat(exact(built)).as("as a document").isEqualTo(expected.toJson(EXACT));
        assertThat(streamed(built).toJson(EXACT)).as("as bytes").isEqualTo(expected.toJson(EXACT));
        assertThat(call.get()).as("equality").isEqualTo(built).hasSameHashCodeAs(built);
        assertThat(built).as("toString").hasToString(expected.toJson());
    }

    private static BsonDocument streamed(Bson bson) {
        assertThat(bson).isInstanceOf(WritableBson.class);
        BasicOutputBuffer bytes = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            ((WritableBson) bson).writeTo(writer, Document.class, REGISTRY);
        }
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes.toByteArray()))) {
            return new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
        }
    }

    /** Fails if a public static method of the facade has no case here. */
    static void checkComplete(Class<?> facade, Collection<BuilderCase> cases) {
        TreeSet<String> covered = new TreeSet<>();
        for (BuilderCase builderCase : cases) {
            covered.add(builderCase.method);
        }
        assertThat(covered).isEqualTo(new TreeSet<>(methodsOf(facade)));
    }

    /** The public static methods of a facade, with the simple names of their parameter types. */
    static List<String> methodsOf(Class<?> facade) {
        return Arrays.stream(facade.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .map(BuilderCase::signature)
                .sorted()
                .toList();
    }

    private static String signature(Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return method.getName() + "(" + parameters + ")";
    }

    @Override
    public String toString() {
        return method + " gives " + json;
    }
}
