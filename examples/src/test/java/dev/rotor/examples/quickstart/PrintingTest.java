package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PrintingTest {

    @Test
    void aTableIsAsWideAsItsCellsAndAlignsNumbersToTheRight() {
        Table table = new Table("name", "count").row("a", 1).row("abcdef", 12_345);

        assertThat(table.lines())
                .containsExactly("name     count", "------  ------", "a            1", "abcdef  12,345");
    }

    @Test
    void aCellThatIsTooWideLosesItsBeginning() {
        Table table = new Table("class", "bytes").row("x".repeat(200) + ".TheName", 5);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Screen.WIDTH - 2));
        assertThat(table.lines().get(2)).startsWith("...xxx").contains(".TheName ");
    }

    @Test
    void aPipeGetsALineForEveryTenthAndNoCarriageReturn() {
        Printed printed = new Printed();
        Progress progress = new Progress(printed.screen(false, false), () -> 0, 100);
        for (int done = 0; done <= 100; done++) {
            progress.done(done);
        }

        assertThat(printed.out()).doesNotContain("\r").doesNotContain("\u001b");
        assertThat(printed.out().lines()).hasSize(10);
        assertThat(printed.out().lines()).first().asString().startsWith("   10 %  10 of 100");
    }

    @Test
    void aTerminalGetsABarWithTheRate() {
        Printed printed = new Printed();
        AtomicLong now = new AtomicLong();
        Progress progress = new Progress(printed.screen(true, false), now::get, 2_000);
        now.set(TimeUnit.SECONDS.toNanos(2));
        progress.done(1_000);

        assertThat(printed.out())
                .isEqualTo(
                        "\r\u001b[K  [" + "#".repeat(20) + ".".repeat(20) + "]  50 %  1,000 of 2,000  500 documents/s");
    }

    @Test
    void aTerminalIsNotRedrawnMoreOftenThanOneCanSee() {
        Printed printed = new Printed();
        Progress progress = new Progress(printed.screen(true, false), () -> 0, 1_000);
        for (int done = 1; done < 1_000; done++) {
            progress.done(done);
        }

        assertThat(printed.out().split("\r", -1)).hasSize(2);
    }

    @Test
    void colourNeedsATerminalThatHasNotSaidNo() {
        assertThat(Screen.ofProcess(true, Map.of("TERM", "xterm")).colour()).isTrue();
        assertThat(Screen.ofProcess(false, Map.of("TERM", "xterm")).colour()).isFalse();
        assertThat(Screen.ofProcess(true, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(Screen.ofProcess(true, Map.of()).colour()).isFalse();
        assertThat(Screen.ofProcess(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))
                        .colour())
                .isFalse();
        assertThat(Screen.ofProcess(true, Map.of("TERM", "xterm", "NO_COLOR", ""))
                        .colour())
                .isTrue();
    }

    @Test
    void aLongErrorIsBrokenBetweenWordsAndItsDetailsAreIndented() {
        Printed printed = new Printed();
        printed.screen(false, false).error("first " + "word ".repeat(40).strip() + "\ndetail");

        assertThat(printed.err().lines()).hasSize(4).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(Screen.WIDTH));
        assertThat(printed.err())
                .startsWith("quickstart: first word")
                .contains("\n  word word")
                .endsWith("\n  detail\n");
    }

    @Test
    void quietPrintsNothingButTheSummary() {
        Printed printed = new Printed();
        Screen screen = printed.screen(true, false).quiet(true);
        screen.heading("title", "how");
        screen.line("line");
        screen.overwrite("bar");
        screen.table(new Table("a"));
        screen.summary("summary");
        screen.verdict("OK");

        assertThat(printed.out()).isEqualTo("summary\nOK\n");
    }
}
