package dev.rotor.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rotor.driver.MongoClient;
import dev.rotor.testserver.TestServer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BankTest {

    private final TestServer server = TestServer.replicaSet(1).start();
    private final MongoClient client = MongoClient.create(server.connectionString());
    private final Bank bank = new Bank(client);

    @BeforeEach
    void open() {
        join(bank.open(2, 100));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void whatNobodyCanBeGivenIsNotTaken() {
        assertThat(bank.transfer(0, 7, 10))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(Exception.class)
                .withMessageContaining("there is no account 7");

        assertThat(join(bank.total())).isEqualTo(200);
        assertThat(join(bank.transfers())).isZero();
    }

    @Test
    void nobodyTakesByGivingLessThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bank.transfer(0, 1, -500))
                .withMessageContaining("-500");

        assertThat(join(bank.poorest())).isEqualTo(100);
    }
}
