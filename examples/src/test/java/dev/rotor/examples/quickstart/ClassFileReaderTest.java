package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClassFileReaderTest {

    /** Another reader of nothing, so that there is a record among the classes. */
    private record Pair(int left, int right) {}

    @Test
    void objectHasNoSuperclass() throws IOException {
        ClassFile object = ClassFileReader.read(bytesOf(Object.class));

        assertThat(object.name()).isEqualTo("java.lang.Object");
        assertThat(object.superclass()).isNull();
        assertThat(object.interfaces()).isEmpty();
        assertThat(object.kind()).isEqualTo("class");
        assertThat(object.flags()).containsExactly("public");
        assertThat(object.packageName()).isEqualTo("java.lang");
        assertThat(object.majorVersion()).isEqualTo(Runtime.version().feature() + 44);
        assertThat(object.minorVersion()).isZero();
    }

    @Test
    void eachKindIsToldApart() throws IOException {
        assertThat(ClassFileReader.read(bytesOf(Runnable.class)).kind()).isEqualTo("interface");
        assertThat(ClassFileReader.read(bytesOf(Override.class)).kind()).isEqualTo("annotation");
        assertThat(ClassFileReader.read(bytesOf(TimeUnit.class)).kind()).isEqualTo("enum");
        assertThat(ClassFileReader.read(bytesOf(Pair.class)).kind()).isEqualTo("record");
        try (InputStream in = Object.class.getModule().getResourceAsStream("module-info.class")) {
            ClassFile descriptor = ClassFileReader.read(in.readAllBytes());
            assertThat(descriptor.kind()).isEqualTo("module");
            assertThat(descriptor.name()).isEqualTo("module-info");
            assertThat(descriptor.packageName()).isEmpty();
            assertThat(descriptor.superclass()).isNull();
        }
    }

    @Test
    void readsWhatReflectionSaysOfTheClassesOfPackages() throws Exception {
        List<JdkImage.ClassResource> files = JdkImage.classFiles(Long.MAX_VALUE).stream()
                .filter(file -> file.module().equals("java.base"))
                .filter(file -> file.resource().matches("java/(util|lang|io)/[^/]*\\.class"))
                .toList();
        assertThat(files).hasSizeGreaterThan(500);
        for (JdkImage.ClassResource file : files) {
            ClassEntry entry = file.read();
            Class<?> loaded = Class.forName(entry.name(), false, null);
            assertThat(entry.name()).isEqualTo(loaded.getName());
            assertThat(entry.packageName()).isEqualTo(loaded.getPackageName());
            assertThat(entry.interfaces())
                    .containsExactlyElementsOf(Stream.of(loaded.getInterfaces())
                            .map(Class::getName)
                            .toList());
            if (!loaded.isInterface()) {
                // Reflection says that an interface has no superclass; its class file says Object.
                Class<?> above = loaded.getSuperclass();
                assertThat(entry.superclass()).isEqualTo(above == null ? null : above.getName());
            }
            assertThat(entry.kind()).isEqualTo(kind(loaded));
        }
    }

    private static String kind(Class<?> loaded) {
        if (loaded.isAnnotation()) {
            return "annotation";
        }
        if (loaded.isInterface()) {
            return "interface";
        }
        // The class of an enum constant with a body has the flag too, though reflection does not call it an enum.
        return Enum.class.isAssignableFrom(loaded) && loaded != Enum.class
                ? "enum"
                : loaded.isRecord() ? "record" : "class";
    }

    @Test
    void everyBeginningOfAClassFileThatEndsTooEarlyIsRefused() throws IOException {
        byte[] whole = minimal();
        assertThat(ClassFileReader.read(whole).name()).isEqualTo("p.A");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ClassFileReader.read(part))
                    .as("the first %d bytes", length)
                    .isInstanceOf(BadClassFileException.class)
                    .hasMessageContaining("ends at offset " + length);
        }
    }

    @Test
    void randomDamageGivesAClassFileOrABadClassFileAndNothingElse() throws IOException {
        byte[] whole = bytesOf(Runnable.class);
        Random random = new Random(20);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                ClassFileReader.read(damaged);
            } catch (BadClassFileException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        assertBad(new byte[] {'P', 'K', 3, 4}, "CAFEBABE");
        assertBad(file(out -> out.writeShort(0)), "count of its constants is 0");
        assertBad(
                file(out -> {
                    out.writeShort(2);
                    out.writeByte(2);
                }),
                "unknown constant tag 2 at offset 10");
        assertBad(
                file(out -> {
                    out.writeShort(2);
                    out.writeByte(5);
                    out.writeLong(1);
                }),
                "takes up two indexes");
        // A class name that is an integer, one behind a long, and one behind the end.
        assertBad(withThisClass(4), "has the tag 3 where 7 is needed");
        assertBad(withThisClass(6), "no constant 6");
        assertBad(withThisClass(700), "no constant 700");
        assertBad(withThisClass(0), "no constant 0");
        // A class whose name is itself a class, and one whose name is not modified UTF-8.
        assertBad(withThisClass(3), "has the tag 7 where 1 is needed");
        assertBad(withThisClass(8), "not modified UTF-8");
    }

    private static void assertBad(byte[] bytes, String why) {
        assertThatThrownBy(() -> ClassFileReader.read(bytes))
                .isInstanceOf(BadClassFileException.class)
                .hasMessageContaining(why);
    }

    /** A class p.A without a superclass. */
    private static byte[] minimal() throws IOException {
        return withThisClass(2);
    }

    private static byte[] withThisClass(int index) throws IOException {
        return file(out -> {
            out.writeShort(9);
            out.writeByte(1);
            out.writeUTF("p/A");
            out.writeByte(7);
            out.writeShort(1);
            out.writeByte(7);
            out.writeShort(2);
            out.writeByte(3);
            out.writeInt(42);
            out.writeByte(5);
            out.writeLong(42);
            out.writeByte(1);
            out.writeShort(1);
            out.writeByte(0xff);
            out.writeByte(7);
            out.writeShort(7);
            out.writeShort(0x21);
            out.writeShort(index);
            out.writeShort(0);
            out.writeShort(0);
        });
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] file(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0xCAFEBABE);
            out.writeShort(0);
            out.writeShort(61);
            body.write(out);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        try (@Nullable InputStream in = type.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no " + resource);
            }
            return in.readAllBytes();
        }
    }
}
