package dev.rotor.benchmarks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MeasuredTest {

    private static final String PAGE =
            "before\n" + TransportTables.BEGIN + "\nold\n" + TransportTables.END + "\nafter\n";

    /** The machine was slow in the second round: epoll is twice as fast as nio in each round all the same. */
    private static final Measured MEASURED = new Measured(
            "2026-01-01, a machine & its <system>",
            rounds(),
            List.of(
                    new Calls("nio", Mode.CHAINED, "epoll_wait", 1),
                    new Calls("nio", Mode.CHAINED, "futex", 0.5),
                    new Calls("nio", Mode.CHAINED, "write", 1.25)));

    private static List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        for (Mode mode : TransportsSideBySide.MODES) {
            rounds.add(new Round("nio", mode, 1, figures(1000)));
            rounds.add(new Round("epoll", mode, 1, figures(2000)));
            rounds.add(new Round("nio", mode, 2, figures(10)));
            rounds.add(new Round("epoll", mode, 2, figures(20)));
            rounds.add(new Round("nio", mode, 3, figures(900)));
            rounds.add(new Round("epoll", mode, 3, figures(1890)));
        }
        return rounds;
    }

    private static Measurement figures(double opsPerSecond) {
        return new Measurement(
                opsPerSecond, 20, 2540, 0.75, 0.25, Math.rint(1e6 / opsPerSecond), Math.rint(2e6 / opsPerSecond));
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        assertThat(MEASURED.ratio("epoll", Mode.JOIN, Measurement::opsPerSecond))
                .hasValueCloseTo(2.0, within(1e-9));
        assertThat(MEASURED.ratio("nio", Mode.JOIN, Measurement::p99Micros)).hasValue(1);
        assertThat(MEASURED.median("nio", Mode.JOIN, Measurement::opsPerSecond)).hasValue(900);
        assertThat(MEASURED.ratio("netty", Mode.JOIN, Measurement::opsPerSecond))
                .isEmpty();
    }

    @Test
    void locksAreNotCountedAmongTheCallsOfTheNetwork() {
        assertThat(MEASURED.callsOfTheNetwork("nio", Mode.CHAINED)).hasValue(2.25);
        assertThat(MEASURED.callsOfTheNetwork("epoll", Mode.CHAINED)).isEmpty();
    }

    @Test
    void whatWasMeasuredSurvivesItsFiles(@TempDir Path folder) throws IOException {
        MeasuredFiles.write(MEASURED, folder);

        assertThat(MeasuredFiles.read(folder)).isEqualTo(MEASURED);
    }

    @Test
    void aFileOfSomethingElseIsRefused(@TempDir Path folder) throws IOException {
        MeasuredFiles.write(MEASURED, folder);
        Files.writeString(folder.resolve("rounds.csv"), "# 2026\ntransport,round\n");

        assertThatThrownBy(() -> MeasuredFiles.read(folder)).hasMessageContaining("rounds.csv");
    }

    @Test
    void theTablesTakeThePlaceBetweenTheirMarkersAndNothingElse() {
        String page = TransportTables.into(PAGE, MEASURED);

        assertThat(page)
                .startsWith("before\n" + TransportTables.BEGIN)
                .endsWith(TransportTables.END + "\nafter\n")
                .doesNotContain("old")
                .contains("2.00 / 2.00 / 2.00 | 0.50 / 0.50 / 0.50 |")
                .contains("| 2.3 | 1.0 | 2,540 | 1.00 / 1.00 / 1.00 |")
                .contains("not measured here")
                .contains("| chained | `nio` | epoll_wait 1.00, futex 0.50, write 1.25 |");
        assertThat(TransportTables.into(page, MEASURED)).isEqualTo(page);
        assertThatThrownBy(() -> TransportTables.into("before", MEASURED)).hasMessageContaining(TransportTables.BEGIN);
    }

    @Test
    void theChartHasABarForEachFigure() throws Exception {
        Document svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(TransportChart.of(MEASURED))));

        // Three ratios of two transports in four modes, calls of one transport in one; the legend and the ground.
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(3 * 2 * 4 + 1 + 2 + 1);
    }
}
