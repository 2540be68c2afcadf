package dev.rotor.testserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MainArgumentsTest {

    @Test
    void whatIsSaidIsDone() {
        MainArguments arguments = MainArguments.parse(
                "--topology", "rs", "--members", "3", "--version", "7.0", "--parameter", "requireApiVersion=true");
        assertThat(arguments.parameters()).isEqualTo(Map.of("requireApiVersion", true));
        try (TestServer server = arguments.builder().start()) {
            assertThat(server.addresses()).hasSize(3);
            assertThat(server.connectionString()).endsWith("/?replicaSet=rs0");
        }
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> MainArguments.parse("--colour", "red")).hasMessageContaining("--colour");
        assertThatThrownBy(() -> MainArguments.parse("--port")).hasMessageContaining("--port needs a value");
        assertThatThrownBy(() -> MainArguments.parse("--port", "x")).hasMessageContaining("--port takes a number");
        assertThatThrownBy(() -> MainArguments.parse("--topology", "ring").builder())
                .hasMessageContaining("ring");
        assertThatThrownBy(() -> MainArguments.parse("--version", "3.6").builder())
                .hasMessageContaining("3.6");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(MainArguments.parse("--auth", "user:secret").toString()).doesNotContain("secret");
    }
}
