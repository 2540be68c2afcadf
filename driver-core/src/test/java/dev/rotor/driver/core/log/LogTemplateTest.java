package dev.rotor.driver.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTemplateTest {

    private final LogTemplate template =
            new LogTemplate("Fixed", "To {host}[:{port}][ for service {id}]. Done: {what}");

    @Test
    void valuesTakeThePlaceOfTheirNames() {
        assertThat(template.text(Map.of("host", "db1", "port", 27017, "id", "ab", "what", "all")))
                .isEqualTo("To db1:27017 for service ab. Done: all");
        assertThat(template.message()).isEqualTo("Fixed");
    }

    @Test
    void aSegmentWhoseValueIsNotThereIsLeftOutAsAWhole() {
        assertThat(template.text(Map.of("host", "/tmp/a.sock", "what", "all"))).isEqualTo("To /tmp/a.sock. Done: all");
    }

    @Test
    void whatIsInAValueIsNoTemplate() {
        assertThat(template.text(Map.of("host", "{what}[x]", "what", "{host} {} [")))
                .isEqualTo("To {what}[x]. Done: {host} {} [");
    }

    @Test
    void aTemplateThatDoesNotEndIsRefused() {
        assertThatThrownBy(() -> new LogTemplate("m", "a {b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogTemplate("m", "a [b")).isInstanceOf(IllegalArgumentException.class);
    }
}
