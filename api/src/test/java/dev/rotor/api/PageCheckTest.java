package dev.rotor.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a page is found and told with its line. */
class PageCheckTest {

    private static final ApiNames NAMES = new ApiNames(
            List.of(Fixture.class, Fixture.Query.class, Fixture.Find.class, Fixture.Options.class, Fixture.Kind.class));

    private static final String COMPLETE =
            """
            # Title

            Text with `code`, `Fixture.Query.first` and `Fixture.Options.DEFAULT.upsert(true)`.

            ## Reads

            | Theirs | Rotor | Remark |
            |---|---|---|
            | `find(a\\|b)` | `Fixture.Find.sort`, `.forBoth` | see `Fixture.Query.limit(5)` |
            | `first` | `Fixture.Find.first`, `Fixture.Find.limit`, `AutoCloseable.close` | `Other.first` is not ours |
            | `kinds` | `Fixture.Kind.TAILABLE`, `.isTailable`, `Fixture.Options.DEFAULT`, `.upsert` | |
            """;

    @Test
    void aPageThatIsRightHasNoProblems() {
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE))).isEmpty();
        assertThat(PageCheck.unspoken(NAMES, pages(COMPLETE))).isEmpty();
        assertThat(PageCheck.emptyCells(page(COMPLETE))).isEmpty();
    }

    @Test
    void aMethodThatDoesNotExistIsToldWithItsLineAndWhatIsLikeIt() {
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE.replace("Find.sort", "Find.sorted"))))
                .containsExactly("page.md:9: `Fixture.Find.sorted`: Fixture.Find has no public sorted; it has sort");
    }

    @Test
    void aTypeThatDoesNotExistIsTold() {
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE.replace("AutoCloseable.close", "Closer.close"))))
                .containsExactly("page.md:10: `Closer.close`: no type Closer");
    }

    @Test
    void anotherMemberOfTheTypeBeforeItIsTriedToo() {
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE.replace("`.forBoth`", "`.forNone`"))))
                .singleElement()
                .asString()
                .startsWith("page.md:9: `.forNone`: Fixture.Find has no public forNone");
        assertThat(PageCheck.wrongNames(
                        NAMES, pages(COMPLETE.replace("`Fixture.Find.sort`, `.forBoth`", "`.forBoth`"))))
                .contains("page.md:9: `.forBoth`: no type was named before it in the cell");
    }

    @Test
    void aWrongNameInTextAndInARemarkIsTold() {
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE.replace("Query.first` and", "Query.last` and"))))
                .singleElement()
                .asString()
                .startsWith("page.md:3: ");
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE.replace("DEFAULT.upsert(", "DEFAULT.upset("))))
                .singleElement()
                .asString()
                .contains("has no public upset; it has");
        assertThat(PageCheck.wrongNames(NAMES, pages(COMPLETE.replace("Query.limit(5)", "Query.limits(5)"))))
                .singleElement()
                .asString()
                .startsWith("page.md:9: ");
    }

    @Test
    void aPublicMethodInNoTableIsTold() {
        assertThat(PageCheck.unspoken(NAMES, pages(COMPLETE.replace(", `.forBoth`", ""))))
                .containsExactly("Fixture.Find.forBoth");
    }

    @Test
    void anInheritedMethodCountsForTheTypeThatDeclaresIt() {
        String without = COMPLETE.replace("`Fixture.Find.first`, ", "");
        assertThat(PageCheck.unspoken(NAMES, pages(without))).containsExactly("Fixture.Query.first");
        assertThat(NAMES.all()).doesNotContain("Fixture.Find.limit", "Fixture.Find.close");
    }

    @Test
    void aTypeInNoTableIsTold() {
        String without = COMPLETE.replace("`Fixture.Kind.TAILABLE`, `.isTailable`, ", "");
        assertThat(PageCheck.unspoken(NAMES, pages(without)))
                .containsExactly("Fixture.Kind", "Fixture.Kind.isTailable");
    }

    @Test
    void whatIsNamedInARemarkIsNotInTheTable() {
        String moved = COMPLETE.replace(", `.forBoth` | see", " | `Fixture.Find.forBoth`, see");
        assertThat(PageCheck.wrongNames(NAMES, pages(moved))).isEmpty();
        assertThat(PageCheck.unspoken(NAMES, pages(moved))).containsExactly("Fixture.Find.forBoth");
    }

    @Test
    void anEmptyCellIsTold() {
        assertThat(PageCheck.emptyCells(page(COMPLETE.replace("`first`", ""))))
                .containsExactly("page.md:10 does not name their call");
        assertThat(PageCheck.emptyCells(page("| A | Rotor |\n|---|---|\n| an example | [there](there.md) |\n")))
                .isEmpty();
        assertThat(PageCheck.emptyCells(page("| A | Rotor |\n|---|---|\n| an example | somewhere |\n")))
                .containsExactly("page.md:3 does not name ours");
        assertThat(PageCheck.emptyCells(page("| A | Rotor |\n|---|---|\n| `a` | |\n")))
                .containsExactly("page.md:3 does not name ours");
        assertThat(PageCheck.emptyCells(page("| A | Rotor |\n|---|---|\n| `a` |\n")))
                .containsExactly("page.md:3 has 1 cells under 2 headings");
        assertThat(PageCheck.emptyCells(page("| A | B |\n|---|---|\n| `a` | `b` |\n")))
                .containsExactly("page.md:3 is in a table without a column \"Rotor\"");
        assertThat(PageCheck.emptyCells(page("| A | Rotor |\n|---|---|\n| `a` | not yet |\n")))
                .isEmpty();
    }

    @Test
    void whatIsInABlockOfCodeIsNotRead() {
        assertThat(PageCheck.wrongNames(NAMES, pages("```\n| `a` | `Nothing.at` |\n```\n" + COMPLETE)))
                .isEmpty();
    }

    private static List<TablePage> pages(String text) {
        return List.of(page(text));
    }

    private static TablePage page(String text) {
        return TablePage.of("page.md", text);
    }
}
