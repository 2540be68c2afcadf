package dev.rotor.conformance.unified.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.conformance.unified.match.RunnerException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsTest {

    private static final Deployment REPLICA_SET = new Deployment(
            TopologyKind.REPLICA_SET,
            Version.parse("6.0.10"),
            false,
            BsonDocument.parse("{enableTestCommands: true, n: {$numberLong: '1'},"
                    + " authenticationMechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-256']}"));
    private static final Deployment SHARDED_WITH_AUTH =
            new Deployment(TopologyKind.SHARDED, Version.parse("8.2"), true, new BsonDocument());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{minServerVersion: '6.0.10'}",
                "{minServerVersion: '6.0.9'}",
                "{minServerVersion: '4.4'}",
                "{maxServerVersion: '6.0.10'}",
                "{maxServerVersion: '6.0.99'}",
                "{maxServerVersion: '10'}",
                "{topologies: ['single', 'replicaset']}",
                "{serverless: 'forbid'}",
                "{serverless: 'allow'}",
                "{auth: false}",
                "{authMechanism: 'scram-sha-256'}",
                "{serverParameters: {enableTestCommands: true}}",
                "{serverParameters: {n: 1.0}}",
                "{csfle: false}",
                "{minServerVersion: '4.4', maxServerVersion: '6.1', topologies: ['replicaset'], auth: false}",
            })
    void isMetBy(String requirement) {
        assertThat(unmet("[" + requirement + "]", REPLICA_SET)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{minServerVersion: '6.0.11'}",
                "{minServerVersion: '10.0'}",
                "{maxServerVersion: '6.0.9'}",
                "{maxServerVersion: '4.99.99'}",
                "{topologies: ['single', 'sharded', 'sharded-replicaset', 'load-balanced']}",
                "{serverless: 'require'}",
                "{auth: true}",
                "{authMechanism: 'MONGODB-OIDC'}",
                "{serverParameters: {enableTestCommands: false}}",
                "{serverParameters: {unheardOf: true}}",
                "{csfle: true}",
                "{csfle: {minLibmongocryptVersion: '1.8.0'}}",
                "{minServerVersion: '4.4', topologies: ['sharded']}",
            })
    void isNotMetBy(String requirement) {
        assertThat(unmet("[" + requirement + "]", REPLICA_SET)).isTrue();
    }

    @Test
    void oneOfSeveralIsEnough() {
        assertThat(unmet("[{minServerVersion: '99'}, {topologies: ['replicaset']}]", REPLICA_SET))
                .isFalse();
        assertThat(unmet("[{minServerVersion: '99'}, {topologies: ['single']}]", REPLICA_SET))
                .isTrue();
    }

    @Test
    void noneAtAllIsMet() {
        assertThat(unmet("[]", REPLICA_SET)).isFalse();
    }

    @Test
    void shardedMeansTheOldNameTooAndAuthIsCompared() {
        assertThat(unmet("[{topologies: ['sharded-replicaset'], auth: true}]", SHARDED_WITH_AUTH))
                .isFalse();
        assertThat(unmet("[{auth: false}]", SHARDED_WITH_AUTH)).isTrue();
    }

    @Test
    void theReasonNamesWhatIsLacking() {
        assertThat(Requirements.unmet(BsonArray.parse("[{topologies: ['single']}]"), REPLICA_SET))
                .hasValueSatisfying(reason -> assertThat(reason).contains("topologies", "single"));
    }

    @Test
    void anUnknownRequirementIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> unmet("[{moonPhase: 'full'}]", REPLICA_SET))
                .withMessageContaining("moonPhase");
    }

    @Test
    void versionsAreComparedByNumberAndWithoutWhatFollowsThem() {
        assertThat(Version.parse("4.0.10")).isGreaterThan(Version.parse("4.0.9"));
        assertThat(Version.parse("3.6")).isLessThan(Version.parse("4.0.10"));
        assertThat(Version.parse("4.9.0-alpha4-271-g7d5cf02")).isEqualTo(Version.parse("4.9"));
        assertThat(Version.parse("4")).isEqualTo(Version.parse("4.0.0"));
        assertThatExceptionOfType(RunnerException.class).isThrownBy(() -> Version.parse("four"));
    }

    private static boolean unmet(String requirements, Deployment deployment) {
        return Requirements.unmet(BsonArray.parse(requirements), deployment).isPresent();
    }
}
