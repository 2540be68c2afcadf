package dev.rotor.examples.quickstart;

import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.codecs.pojo.annotations.BsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One document of the catalogue: a class file. A plain record: the driver's codecs write and read it as it is.
 *
 * @param id the module and the resource, {@code java.base/java/lang/Object.class}
 * @param module the module it is in
 * @param packageName its package, the field {@code package} of the document
 * @param name its name, with dots
 * @param kind what {@link ClassFile#kind()} says
 * @param size of the file in bytes
 * @param version the class-file version, 61 for Java 17
 * @param flags its access flags by name
 * @param superclass its superclass, or {@code null}, and then the document has no such field
 * @param interfaces the interfaces that it implements or extends directly
 */
public record ClassEntry(
        @BsonId String id,
        String module,
        @BsonProperty("package") String packageName,
        String name,
        String kind,
        int size,
        int version,
        List<String> flags,
        @Nullable String superclass,
        List<String> interfaces) {

    /**
     * The entry of a class file.
     *
     * @param file where it is
     * @param content its bytes
     * @return the entry
     * @throws BadClassFileException if it cannot be read
     */
    static ClassEntry of(JdkImage.ClassResource file, byte[] content) throws BadClassFileException {
        ClassFile head = ClassFileReader.read(content);
        return new ClassEntry(
                file.module() + "/" + file.resource(),
                file.module(),
                head.packageName(),
                head.name(),
                head.kind(),
                content.length,
                head.majorVersion(),
                head.flags(),
                head.superclass(),
                head.interfaces());
    }
}
