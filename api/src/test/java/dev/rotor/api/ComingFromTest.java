package dev.rotor.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The pages for those who come from another driver name what exists, and all of it. */
class ComingFromTest {

    private static final TablePage MOTOR = page("docs/coming-from-motor.md");
    private static final TablePage OFFICIAL = page("docs/coming-from-the-official-driver.md");
    private static final List<TablePage> PAGES = List.of(MOTOR, OFFICIAL);
    private static final ApiNames NAMES = new ApiNames(
            Published.FOUND.stream().flatMap(module -> module.types().stream()).toList());

    @Test
    void everyTypeAndMethodThatAPageNamesExists() {
        assertThat(PageCheck.wrongNames(NAMES, PAGES)).isEmpty();
    }

    @Test
    void everyPublicTypeAndMethodIsInATable() {
        assertThat(PageCheck.unspoken(NAMES, PAGES))
                .as("public, and in no table of %s or %s", MOTOR.name(), OFFICIAL.name())
                .isEmpty();
    }

    @Test
    void everyRowNamesTheirCallAndOurs() {
        assertThat(PageCheck.emptyCells(MOTOR)).isEmpty();
        assertThat(PageCheck.emptyCells(OFFICIAL)).isEmpty();
        assertThat(MOTOR.rows()).noneMatch(row -> "not yet".equals(row.cell(PageCheck.OURS)));
    }

    @Test
    void everyCallOfMotorHasARow() {
        Set<String> missing = new TreeSet<>();
        String section = "";
        for (String line : calls()) {
            if (line.startsWith("#")) {
                section = line.substring(1).strip();
                assertThat(MOTOR.headings()).contains(section);
            } else if (!isNamed(section, line)) {
                missing.add(section + ": " + line);
            }
        }
        assertThat(missing).as("calls of Motor and PyMongo Async without a row").isEmpty();
    }

    @Test
    void theSectionsAreInTheOrderOfTheList() {
        List<String> sections = calls().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .toList();
        assertThat(MOTOR.headings()).containsSubsequence(sections);
    }

    @Test
    void theReadmeLeadsToBothPages() {
        String readme = Published.text(Published.ROOT.resolve("README.md"));
        assertThat(PAGES).allMatch(page -> readme.contains("](" + page.name() + ")"));
    }

    private static boolean isNamed(String section, String call) {
        return MOTOR.rows().stream()
                .filter(row -> row.section().equals(section))
                .flatMap(row -> TableRow.code(row.cells().get(0)).stream())
                .anyMatch(code ->
                        code.equals(call) || code.replaceFirst("\\(.*", "").equals(call));
    }

    /** What a person coming from there may have used, a name a line, by section. */
    private static List<String> calls() {
        return Published.text(Published.ROOT.resolve("api/src/test/resources/motor-calls.txt"))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static TablePage page(String name) {
        return TablePage.of(name, Published.text(Published.ROOT.resolve(name)));
    }
}
