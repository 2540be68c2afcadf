package dev.rotor.examples.quickstart;

import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** What queries with a projection or a grouping give: a record for each shape, read by the driver's record codec. */
public final class Rows {

    private Rows() {}

    /**
     * A package.
     *
     * @param name its name
     * @param module its module
     * @param classes how many class files it has
     * @param bytes how big they are together
     */
    public record PackageTotal(@BsonId String name, String module, long classes, long bytes) {}

    /**
     * A module.
     *
     * @param name its name
     * @param classes how many class files it has
     * @param bytes how big they are together
     */
    public record ModuleTotal(@BsonId String name, long classes, long bytes) {}

    /**
     * An interface.
     *
     * @param name its name
     * @param classes how many class files name it as one of theirs
     */
    public record InterfaceTotal(@BsonId String name, long classes) {}

    /**
     * A class file and its size.
     *
     * @param name the class
     * @param module its module
     * @param size of its file in bytes
     */
    public record ClassSize(String name, String module, int size) {}

    /**
     * A class and the one above it.
     *
     * @param name the class
     * @param superclass its superclass, or {@code null}
     */
    public record Lineage(String name, @Nullable String superclass) {}

    /**
     * A kind of class.
     *
     * @param kind for example {@code enum}
     * @param classes how many there are
     */
    public record KindTotal(String kind, long classes) {}
}
