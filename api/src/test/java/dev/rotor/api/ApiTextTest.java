package dev.rotor.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of an API has everything that users can name, and nothing else. */
class ApiTextTest {

    private static final String MODULE = "org.example.shop";

    private static final Map<String, String> SOURCES = Map.of(
            "module-info.java",
            """
            module org.example.shop {
                requires static transitive org.jspecify;
                requires java.logging;
                exports org.example.shop;
                exports org.example.shop.friends to java.logging;
                uses java.util.spi.ToolProvider;
            }
            """,
            "org/example/shop/package-info.java",
            """
            @org.jspecify.annotations.NullMarked
            package org.example.shop;
            """,
            "org/example/shop/friends/Friend.java",
            """
            package org.example.shop.friends;
            public class Friend {}
            """,
            "org/example/shop/hidden/Hidden.java",
            """
            package org.example.shop.hidden;
            public class Hidden {}
            """,
            "org/example/shop/Shop.java",
            """
            package org.example.shop;

            import java.io.IOException;
            import java.util.List;
            import java.util.Map;
            import org.jspecify.annotations.Nullable;

            public interface Shop<T extends @Nullable Object, E extends Enum<E> & Shop.Marked> extends AutoCloseable {
                int SIZE = 255 * 1024;
                String QUOTED = "a \\"b\\"";
                List<String> NONE = List.of();

                @Nullable T find(String name, int @Nullable [] sizes, byte[]... more) throws IOException;

                Map.@Nullable Entry<String, ? super @Nullable T> entry(List<? extends @Nullable Number> list, List<?> any);

                <R> R as(Class<R> type);

                <R> R as(Class<R> type, E kind);

                default void help() {}

                static void open() {}

                @Deprecated(since = "2", forRemoval = true)
                void old();

                private void secret() {}

                @Override
                String toString();

                interface Marked {}
            }
            """,
            "org/example/shop/Base.java",
            """
            package org.example.shop;

            abstract class Base implements Comparable<String> {
                public void fromBase() {}
                protected void notForTheFinal() {}
                @Override public int compareTo(String other) { return 0; }
            }
            """,
            "org/example/shop/Good.java",
            """
            package org.example.shop;

            public final class Good extends Base {
                Good() {}
                public Good(int price) {}
                void unseen() {}
            }
            """,
            "org/example/shop/Open.java",
            """
            package org.example.shop;

            public abstract class Open extends RuntimeException {
                private static final long serialVersionUID = 1;
                protected int seen;
                protected Open(String message) { super(message); }
                protected abstract void hook();
                public final void fixed() {}
                public java.util.Date today() { return new java.util.Date(); }
                public java.util.Formatter clerk(java.util.logging.Formatter namesake) { return null; }
                protected static class Part {}
                private static class Inner {}
                static class Local {}
            }
            """,
            "org/example/shop/Kinds.java",
            """
            package org.example.shop;

            import org.jspecify.annotations.Nullable;

            public final class Kinds {
                private Kinds() {}
                public sealed interface Pet permits Cat, Dog, Fish {}
                public record Cat(String name, @Nullable Integer lives) implements Pet {
                    public Cat { }
                    public Cat(String name) { this(name, 9); }
                    public boolean isLucky() { return true; }
                    @Override public String name() { return name; }
                }
                public record Dog() implements Pet {}
                record Fish() implements Pet {}
                public enum Size {
                    SMALL { @Override int grams() { return 1; } },
                    LARGE { @Override int grams() { return 2; } };
                    abstract int grams();
                    public int doubled() { return 2 * grams(); }
                }
                public @interface Mark {
                    String[] value() default {"a", "b"};
                    Class<?> type();
                }
            }
            """);

    private static final String TEXT =
            """
            module org.example.shop
                exports org.example.shop
                exports org.example.shop.friends to java.logging
                requires java.logging
                requires transitive static org.jspecify
                uses java.util.spi.ToolProvider

            @NullMarked package org.example.shop
                import java.io.IOException
                import java.util.Date
                import java.util.List
                import java.util.Map
                import org.jspecify.annotations.NullMarked
                import org.jspecify.annotations.Nullable

                final class Good implements Comparable<String>
                    Good(int)
                    int compareTo(String)
                    void fromBase()

                final class Kinds

                record Kinds.Cat implements Kinds.Pet
                    component String name
                    component @Nullable Integer lives
                    Cat(String)
                    boolean isLucky()

                record Kinds.Dog implements Kinds.Pet

                @interface Kinds.Mark
                    Class<?> type()
                    String[] value() default {"a", "b"}

                sealed interface Kinds.Pet permits Kinds.Cat, Kinds.Dog, (hidden)

                enum Kinds.Size
                    SMALL
                    LARGE
                    int doubled()

                abstract class Open extends RuntimeException
                    protected int seen
                    protected Open(String)
                    java.util.Formatter clerk(java.util.logging.Formatter)
                    final void fixed()
                    protected abstract void hook()
                    Date today()

                protected static class Open.Part
                    protected Part()

                interface Shop<T extends @Nullable Object, E extends Enum<E> & Shop.Marked> extends AutoCloseable
                    static final List<String> NONE
                    static final String QUOTED = "a \\"b\\""
                    static final int SIZE = 261120
                    <R> R as(Class<R>)
                    <R> R as(Class<R>, E)
                    Map.@Nullable Entry<String, ? super @Nullable T> entry(List<? extends @Nullable Number>, List<?>)
                    @Nullable T find(String, int @Nullable [], byte[]...) throws IOException
                    default void help()
                    @Deprecated(forRemoval = true, since = "2") void old()
                    static void open()

                interface Shop.Marked
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everythingThatUsersCanNameIsThereAndNothingElse() {
        assertThat(text(SOURCES)).isEqualTo(TEXT);
    }

    @Test
    void classesInAJarGiveTheTextOfClassesInAFolder() {
        Path jar = CompiledModule.jar(CompiledModule.compile(folder, SOURCES));
        assertThat(CompiledModule.look(jar, MODULE, ApiText::of)).isEqualTo(TEXT);
    }

    @Test
    void aMethodThatIsTakenAwayAndOneThatComesAreSeen() {
        String changed = text(with("Good.java", "public Good(int price) {}", "public int price() { return 1; }"));
        assertThat(ApiDiff.between(TEXT, changed))
                .isEqualTo(
                        """
                          org.example.shop.Good
                            - Good(int)
                            + int price()
                        """);
    }

    @Test
    void aNullThatMayComeIsSeen() {
        String changed = text(with("Shop.java", "Map.@Nullable Entry", "Map.Entry"));
        assertThat(ApiDiff.between(TEXT, changed))
                .contains("org.example.shop.Shop\n")
                .contains("- Map.@Nullable Entry");
    }

    @Test
    void aTypeThatIsTakenAwayIsSeenWithItsMembers() {
        Map<String, String> fewer = new HashMap<>(SOURCES);
        fewer.remove("org/example/shop/Good.java");
        assertThat(ApiDiff.between(TEXT, text(fewer)))
                .isEqualTo(
                        """
                          org.example.shop.Good
                            - final class Good implements Comparable<String>
                            - Good(int)
                            - int compareTo(String)
                            - void fromBase()
                        """);
    }

    @Test
    void aConstantOfAnotherValueIsSeen() {
        String changed = text(with("Shop.java", "255 * 1024", "256 * 1024"));
        assertThat(ApiDiff.between(TEXT, changed)).contains("+ static final int SIZE = 262144");
    }

    @Test
    void anEnumsOtherOrderIsSeen() {
        String changed = TEXT.replace("SMALL\n        LARGE", "LARGE\n        SMALL");
        assertThat(ApiDiff.between(TEXT, changed)).isEqualTo("  only the order of the lines, or blanks\n");
    }

    @Test
    void theSameTextHasNoDifference() {
        assertThat(ApiDiff.between(TEXT, TEXT)).isEmpty();
    }

    @Test
    void aSignatureThatNamesATypeNotExportedIsTold() {
        Map<String, String> leaking =
                with("Good.java", "void unseen()", "public void take(org.example.shop.hidden.Hidden it)");
        assertThat(CompiledModule.look(CompiledModule.compile(folder, leaking), MODULE, ApiText::leaks))
                .containsExactly("org.example.shop names org.example.shop.hidden.Hidden");
        assertThat(CompiledModule.look(CompiledModule.compile(folder, SOURCES), MODULE, ApiText::leaks))
                .isEmpty();
    }

    private String text(Map<String, String> sources) {
        return CompiledModule.look(CompiledModule.compile(folder, sources), MODULE, ApiText::of);
    }

    private static Map<String, String> with(String file, String old, String now) {
        Map<String, String> changed = new HashMap<>(SOURCES);
        changed.computeIfPresent("org/example/shop/" + file, (name, source) -> {
            assertThat(source).contains(old);
            return source.replace(old, now);
        });
        return changed;
    }
}
