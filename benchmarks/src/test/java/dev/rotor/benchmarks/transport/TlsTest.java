package dev.rotor.benchmarks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import dev.rotor.benchmarks.Operation;
import dev.rotor.benchmarks.Subject;
import dev.rotor.benchmarks.Subjects;
import dev.rotor.benchmarks.server.CannedServer;
import dev.rotor.driver.MongoTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {

    private static final String PAGE = "before\n" + TransportTables.BEGIN + "\nothers\n" + TransportTables.END + "\n"
            + TlsTables.BEGIN + "\nold\n" + TlsTables.END + "\nafter\n";

    private static final Measured SMALL = new Measured("2026-01-01, a machine", rounds(TlsSideBySide.MODES), List.of());
    private static final Measured LARGE =
            new Measured("2026-01-02, a machine", rounds(List.of(TlsSideBySide.LARGE_MODE)), List.of());

    private static List<Round> rounds(List<Mode> modes) {
        List<Round> rounds = new ArrayList<>();
        for (Mode mode : modes) {
            rounds.add(new Round("nio", mode, 1, new Measurement(1000, 40, 4100, 1, 0, 100, 200)));
            rounds.add(new Round("netty+openssl", mode, 1, new Measurement(1500, 30.26, 3100, 1, 0, 50, 300)));
        }
        return rounds;
    }

    @Test
    void aRowIsATransportAndWhatEncrypts() {
        assertThat(TlsRow.parse("nio")).isEqualTo(new TlsRow("nio", TlsRow.Engine.JDK));
        assertThat(TlsRow.parse("io_uring+openssl").needs()).containsExactly("io_uring", TransportList.OPENSSL);
        assertThat(TlsRow.parse("nio+plain").encrypted()).isFalse();
        assertThat(List.of("netty", "netty+openssl", "netty+plain"))
                .allSatisfy(name -> assertThat(TlsRow.parse(name).name()).isEqualTo(name));
        assertThatThrownBy(() -> TlsRow.parse("nio+gnutls")).hasMessageContaining("GNUTLS");
    }

    @Test
    void onlyRowsWithTheJdksEngineAreKeptFromOpenSsl() {
        assertThat(TlsRow.parse("netty").jvmOptions()).containsExactly("-Dio.netty.handler.ssl.noOpenSsl=true");
        assertThat(TlsRow.parse("netty+openssl").jvmOptions()).isEmpty();
    }

    @Test
    void anEncryptedServerIsReachedByEncryptedRowsAlone() throws IOException {
        try (CannedServer server = new CannedServer(new CannedServer.Options(0, 0, false, true, 1000))) {
            Thread thread = new Thread(server, "canned-server");
            thread.setDaemon(true);
            thread.start();
            String uri = "mongodb://127.0.0.1:" + server.port();

            try (Subject rotor = Subjects.open(TlsRow.parse("nio").driver(), uri)) {
                assertThat((Document) rotor.call(Operation.FIND_ONE)).containsKey("payload");
            }
            String plain = TlsRow.parse("nio+plain").driver() + "&serverSelectionTimeoutMS=200";
            try (Subject rotor = Subjects.open(plain, uri)) {
                assertThatThrownBy(() -> rotor.call(Operation.FIND_ONE))
                        .hasCauseInstanceOf(MongoTimeoutException.class);
            }
        }
    }

    @Test
    void roundsSurviveTheirFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new").resolve(TlsSideBySide.SMALL);
        MeasuredFiles.writeRounds(SMALL, file);

        assertThat(MeasuredFiles.readRounds(file)).isEqualTo(SMALL);
    }

    @Test
    void theTablesTakeThePlaceBetweenTheirMarkersAndNothingElse() {
        String page = TlsTables.into(PAGE, SMALL, LARGE);

        assertThat(page)
                .startsWith(PAGE.substring(0, PAGE.indexOf(TlsTables.BEGIN)))
                .endsWith(TlsTables.END + "\nafter\n")
                .doesNotContain("old")
                .contains("2026-01-01", "2026-01-02")
                .contains("| chained | `nio` | JDK | 1.00 | 1.00 | 1.00 | 1.00 | 40.0 | 4,100 |")
                .contains("|  | `netty` | OpenSSL | 1.50 | 0.50 | 1.50 | 0.76 | 30.3 | 3,100 |")
                .contains("\n| `netty` | OpenSSL | 1.50 | 0.50 | 1.50 | 0.76 | 30 | 3,100 | 1,500 |");
        assertThat(TlsTables.into(page, SMALL, LARGE)).isEqualTo(page);
        assertThatThrownBy(() -> TlsTables.into("before", SMALL, LARGE)).hasMessageContaining(TlsTables.BEGIN);
    }
}
