package dev.rotor.driver.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpLiteralTest {

    @Test
    void addressesAreRead() {
        for (String literal : List.of("127.0.0.1", "10.20.30.40", "0.0.0.0", "255.255.255.255")) {
            assertThat(IpLiteral.parse(literal))
                    .extracting(InetAddress::getHostAddress)
                    .isEqualTo(literal);
        }
        assertThat(IpLiteral.parse("::1"))
                .extracting(InetAddress::getHostAddress)
                .isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(IpLiteral.parse("fd00::27"))
                .extracting(InetAddress::getHostAddress)
                .isEqualTo("fd00:0:0:0:0:0:0:27");
    }

    @Test
    void whatIsNoneIsAName() {
        for (String name : List.of(
                "localhost",
                "1.2.3",
                "1.2.3.",
                "1.2.3.4.5",
                "1.2.3.4.",
                "1.2.3.4.example",
                "300.1.1.1",
                "1234.1.1.1",
                "a.b.c.d",
                "1..2.3",
                ".1.2.3",
                "1.2.3.-4",
                "1:2:zz",
                "4294967297.1.1.1",
                "")) {
            assertThat(IpLiteral.parse(name)).as(name).isNull();
        }
    }
}
