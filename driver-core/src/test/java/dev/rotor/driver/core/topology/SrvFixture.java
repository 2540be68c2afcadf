package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.dns.Seeds;
import dev.rotor.driver.core.dns.SrvDiscovery;
import dev.rotor.driver.core.dns.TopologySeeding;
import dev.rotor.driver.core.fake.FakeDns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A topology whose hosts are named by a fake DNS, on virtual time. */
final class SrvFixture {

    static final String MONGOS = "{ok: 1, isWritablePrimary: true, msg: 'isdbgrid', maxWireVersion: 21}";

    final FakeDns dns;
    final TopologyFixture fixture;
    final SrvDiscovery discovery;
    /** What DNS told first; empty while it has told nothing. */
    final List<Seeds> seeds = new ArrayList<>();

    SrvFixture(FakeDns dns, Consumer<TopologySettings.Builder> options) {
        this.dns = dns;
        TopologySettings.Builder builder = TopologySettings.builder();
        options.accept(builder);
        TopologySettings settings = builder.build();
        this.fixture = new TopologyFixture(options);
        Random random = new Random(20_261_121);
        this.discovery = new SrvDiscovery(
                settings, dns, fixture.loop, random::nextInt, new TopologySeeding(fixture.manager, seeds::add));
    }

    SrvFixture start() {
        fixture.start();
        discovery.start();
        fixture.settle();
        return this;
    }

    /** All monitors that wait for an answer get the same. */
    void answerAll(String hello) {
        for (ServerAddress address :
                List.copyOf(fixture.manager.description().servers().keySet())) {
            if (fixture.connections.only(address).isAsked()) {
                fixture.answer(address, hello);
            }
        }
        fixture.settle();
    }

    void advance(Duration by) {
        fixture.advance(by);
    }

    /** The hosts of the topology, sorted. */
    Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        fixture.manager.description().servers().keySet().forEach(address -> hosts.add(address.toString()));
        return hosts;
    }
}
