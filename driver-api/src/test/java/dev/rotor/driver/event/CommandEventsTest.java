package dev.rotor.driver.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class CommandEventsTest {
    private static final ConnectionId CONNECTION = new ConnectionId(new ServerAddress("db1", 27017), 3, 8812);
    private static final BsonDocument PRIVATE = new BsonDocument("salary", new BsonString("a lot"));

    @Test
    void aConnectionIsNamedByServerAndBothNumbers() {
        assertThat(CONNECTION).hasToString("db1:27017#3/8812");
        assertThat(new ConnectionId(new ServerAddress("db1", 27017), 3, -1)).hasToString("db1:27017#3");
    }

    @Test
    void theTextOfAnEventHoldsNoUserData() {
        CommandStartedEvent started = new CommandStartedEvent(7, 8, CONNECTION, "app", "insert", PRIVATE, null);
        CommandSucceededEvent succeeded =
                new CommandSucceededEvent(7, 8, CONNECTION, "app", "insert", Duration.ofMillis(5), PRIVATE, null);
        CommandFailedEvent failed = new CommandFailedEvent(
                7,
                8,
                CONNECTION,
                "app",
                "insert",
                Duration.ofMillis(5),
                new IllegalStateException("salary: a lot"),
                null);
        assertThat(started).hasToString("CommandStartedEvent{insert on app, request 7, operation 8, db1:27017#3/8812}");
        assertThat(succeeded)
                .hasToString("CommandSucceededEvent{insert on app, request 7, operation 8, db1:27017#3/8812,"
                        + " PT0.005S}");
        assertThat(failed)
                .hasToString("CommandFailedEvent{insert on app, request 7, operation 8, db1:27017#3/8812, PT0.005S,"
                        + " IllegalStateException}");
    }
}
