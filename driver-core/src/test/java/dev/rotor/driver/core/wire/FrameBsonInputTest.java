package dev.rotor.driver.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.bson.BsonSerializationException;
import org.junit.jupiter.api.Test;

class FrameBsonInputTest {

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] malformed = {'a', (byte) 0xE9, 'b'};
        assertThatThrownBy(() -> string(malformed).readString())
                .isInstanceOf(BsonSerializationException.class)
                .isNotInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> new FrameBsonInput(new byte[] {(byte) 0xFF, 0}, 0, 2).readCString())
                .isInstanceOf(BsonSerializationException.class)
                .isNotInstanceOf(MalformedMessageException.class);
    }

    @Test
    void theReplacementCharacterItselfIsTextLikeAnyOther() {
        String text = "a\uFFFDb";
        assertThat(string(text.getBytes(StandardCharsets.UTF_8)).readString()).isEqualTo(text);
    }

    private static FrameBsonInput string(byte[] utf8) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) (utf8.length + 1), 0, 0, 0});
        out.writeBytes(utf8);
        out.write(0);
        return new FrameBsonInput(out.toByteArray(), 0, out.size());
    }
}
