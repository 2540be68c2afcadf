package dev.rotor.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a class file says (JVMS 4.1). Names have dots, as in source code.
 *
 * @param majorVersion the class-file version, 61 for Java 17
 * @param minorVersion 65535 for classes that use preview features, else 0 nowadays
 * @param accessFlags the flags as they are in the file
 * @param name the class's own name, {@code module-info} for a module descriptor
 * @param superclass the superclass; {@code null} for {@code java.lang.Object} and for module descriptors
 * @param interfaces the interfaces that it implements or, if it is an interface, extends directly
 */
record ClassFile(
        int majorVersion,
        int minorVersion,
        int accessFlags,
        String name,
        @Nullable String superclass,
        List<String> interfaces) {

    /** Flags of table 4.1-B; ACC_SUPER (0x20) means nothing any more and is left out. */
    private static final int ACC_PUBLIC = 0x0001;

    private static final int ACC_FINAL = 0x0010;
    private static final int ACC_INTERFACE = 0x0200;
    private static final int ACC_ABSTRACT = 0x0400;
    private static final int ACC_SYNTHETIC = 0x1000;
    private static final int ACC_ANNOTATION = 0x2000;
    private static final int ACC_ENUM = 0x4000;
    private static final int ACC_MODULE = 0x8000;

    ClassFile {
        Objects.requireNonNull(name, "name");
        interfaces = List.copyOf(interfaces);
    }

    /**
     * What a reader of source code would call it.
     *
     * @return {@code class}, {@code interface}, {@code annotation}, {@code enum}, {@code record} or {@code module}
     */
    String kind() {
        if (has(ACC_MODULE)) {
            return "module";
        }
        if (has(ACC_ANNOTATION)) {
            return "annotation";
        }
        if (has(ACC_INTERFACE)) {
            return "interface";
        }
        if (has(ACC_ENUM)) {
            return "enum";
        }
        return "java.lang.Record".equals(superclass) ? "record" : "class";
    }

    /**
     * The access flags by name, in the order of their bits.
     *
     * @return for example {@code [public, final]}
     */
    List<String> flags() {
        List<String> flags = new ArrayList<>(4);
        addIf(flags, ACC_PUBLIC, "public");
        addIf(flags, ACC_FINAL, "final");
        addIf(flags, ACC_INTERFACE, "interface");
        addIf(flags, ACC_ABSTRACT, "abstract");
        addIf(flags, ACC_SYNTHETIC, "synthetic");
        addIf(flags, ACC_ANNOTATION, "annotation");
        addIf(flags, ACC_ENUM, "enum");
        addIf(flags, ACC_MODULE, "module");
        return flags;
    }

    /**
     * The package of this class.
     *
     * @return the name, empty for the unnamed package and for module descriptors
     */
    String packageName() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    private boolean has(int flag) {
        return (accessFlags & flag) != 0;
    }

    private void addIf(List<String> flags, int flag, String flagName) {
        if (has(flag)) {
            flags.add(flagName);
        }
    }
}
