package dev.rotor.driver.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Hostname Canonicalization" of the Authentication specification, and what Kerberos calls a server. */
class CanonicalizationTest {

    /** Alias.test is an alias of Second.test., which is one of Real.test; their address is called Reverse.test. */
    private static final class Dns implements NameService {

        final List<String> asked = new ArrayList<>();

        @Nullable
        String broken;

        List<String> reverse = List.of("Reverse.test");
        Map<String, String> aliases = Map.of("alias.test", "Second.test.", "Second.test", "Real.test.");

        private void ask(String question) throws UnknownHostException {
            asked.add(question);
            if (question.equals(broken)) {
                throw new UnknownHostException(question);
            }
        }

        @Override
        public List<InetAddress> addresses(String host) throws UnknownHostException {
            ask("A");
            return host.equals("nowhere.test")
                    ? List.of()
                    : List.of(
                            InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
                            InetAddress.getByAddress(new byte[] {10, 0, 0, 2}));
        }

        @Override
        public List<String> canonicalNames(String host) throws UnknownHostException {
            ask("CNAME");
            String alias = aliases.get(host);
            return alias == null ? List.of() : List.of(alias, "another.test");
        }

        @Override
        public List<String> names(InetAddress address) throws UnknownHostException {
            ask("PTR");
            assertThat(address.getHostAddress()).isEqualTo("10.0.0.1");
            return reverse;
        }
    }

    private final Dns dns = new Dns();

    private String name(@Nullable String property, String host) {
        return Canonicalization.of(property).nameOf(host, dns);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"none", "false"})
    void whoDoesNotAskForItGetsTheNameAsItIsAndDnsIsNotAsked(@Nullable String property) {
        assertThat(name(property, "Alias.test")).isEqualTo("Alias.test");
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void forwardFollowsAliasesToTheLastOne() {
        assertThat(name("forward", "alias.test")).isEqualTo("real.test");
        assertThat(dns.asked).containsExactly("A", "CNAME", "CNAME", "CNAME");
    }

    @Test
    void aNameThatIsNoAliasIsWrittenInLowerCase() {
        assertThat(name("forward", "DB1.test")).isEqualTo("db1.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forwardAndReverse", "true"})
    void forwardAndReverseGivesTheNameOfTheFirstAddress(String property) {
        assertThat(name(property, "alias.test")).isEqualTo("reverse.test");
        assertThat(dns.asked).containsExactly("A", "PTR");
    }

    @ParameterizedTest
    @CsvSource({"forward, A", "forward, CNAME", "forwardAndReverse, A", "forwardAndReverse, PTR"})
    void whereALookupFailsTheGivenNameStays(String property, String broken) {
        dns.broken = broken;
        assertThat(name(property, "Alias.test")).isEqualTo("Alias.test");
        assertThat(dns.asked).contains(broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward", "forwardAndReverse"})
    void aHostWithoutAddressesKeepsItsName(String property) {
        assertThat(name(property, "nowhere.test")).isEqualTo("nowhere.test");
    }

    @Test
    void anAddressWithoutANameKeepsTheGivenOne() {
        dns.reverse = List.of();
        assertThat(name("forwardAndReverse", "Alias.test")).isEqualTo("Alias.test");
    }

    @Test
    void aliasesThatGoRoundInCirclesAreNotFollowedForEver() {
        dns.aliases = Map.of("a.test", "b.test.", "b.test", "a.test.");
        assertThat(name("forward", "a.test")).isEqualTo("a.test");
        assertThat(dns.asked).hasSize(17);
    }

    @Test
    void anotherValueIsRefused() {
        assertThatThrownBy(() -> Canonicalization.of("maybe")).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- the service

    private ServicePrincipal service(String... properties) {
        MongoCredential credential = MongoCredential.createGSSAPICredential("alice@ROTOR.TEST");
        for (int i = 0; i < properties.length; i += 2) {
            credential = credential.withMechanismProperty(properties[i], properties[i + 1]);
        }
        return ServicePrincipal.of(credential, new ServerAddress("alias.test", 27017), dns);
    }

    @Test
    void theServiceIsMongodbAtTheHostOfTheServer() {
        assertThat(service()).hasToString("mongodb/alias.test");
    }

    @Test
    void propertiesNameServiceHostAndRealm() {
        assertThat(service("SERVICE_NAME", "db", "SERVICE_HOST", "db9.test", "SERVICE_REALM", "OTHER.TEST"))
                .hasToString("db/db9.test@OTHER.TEST");
    }

    @Test
    void theHostThatAPropertyNamesIsCanonicalizedLikeOthers() {
        assertThat(service("CANONICALIZE_HOST_NAME", "forward")).hasToString("mongodb/real.test");
        assertThat(service("CANONICALIZE_HOST_NAME", "true", "SERVICE_HOST", "db9.test"))
                .hasToString("mongodb/reverse.test");
    }
}
