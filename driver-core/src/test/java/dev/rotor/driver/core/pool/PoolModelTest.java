package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.types.ObjectId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on virtual time: whatever happens in whatever order, the promises of a pool hold. */
class PoolModelTest {

    private static final int RUNS = 150;
    private static final int STEPS = 400;
    private static final ObjectId[] SERVICES = {
        new ObjectId("64a000000000000000000001"), new ObjectId("64a000000000000000000002")
    };

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thePromisesHoldUnderRandomUse(boolean loadBalanced) {
        for (int seed = 0; seed < RUNS; seed++) {
            Model model = new Model(new Random(seed), loadBalanced);
            try {
                model.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Model {
        private final Random random;
        private final PoolFixture fixture = new PoolFixture();
        private final Set<FakeConnection> held = new HashSet<>();
        private final List<FakeConnection> holding = new ArrayList<>();
        private final List<Asked> asked = new ArrayList<>();
        private boolean closed;
        private int ended;
        private int cancelled;

        Model(Random random, boolean loadBalanced) {
            this.random = random;
            fixture.loadBalanced = loadBalanced;
            fixture.maxSize = random.nextInt(6);
            fixture.minSize = fixture.maxSize == 0 ? random.nextInt(3) : random.nextInt(fixture.maxSize + 1);
            fixture.maxConnecting = 1 + random.nextInt(3);
            fixture.maxIdleTime = Duration.ofMillis(random.nextInt(3) * 700L);
            fixture.maxWaitTime = Duration.ofMillis(random.nextInt(3) * 300L);
            fixture.loops = List.of(fixture.loop, new ManualLoop(fixture.loop.clock()));
            fixture.onOpen = this::open;
            fixture.discovery = (cause, connection) -> {
                if (chance(50) && connection.generation() == pool().generation(connection.serviceId)) {
                    pool().clear(cause, connection.serviceId, false);
                }
            };
        }

        private ConnectionPool<FakeConnection> pool() {
            return fixture.pool();
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private ObjectId service() {
            return SERVICES[random.nextInt(SERVICES.length)];
        }

        private void open(FakeConnection connection) {
            if (chance(30)) {
                end(connection);
            }
        }

        private void end(FakeConnection connection) {
            if (fixture.loadBalanced) {
                if (chance(50)) {
                    connection.reach(service());
                } else {
                    connection.serviceId = service();
                }
            }
            if (chance(70)) {
                connection.succeed();
            } else {
                connection.fail(FakeConnection.networkError("random failure"));
            }
        }

        void run() {
            pool().ready();
            for (int step = 0; step < STEPS; step++) {
                step();
                check();
            }
            finish();
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> ask();
                case 4, 5, 6 -> giveBack();
                case 7, 8, 9 -> {
                    List<FakeConnection> opening = fixture.made.stream()
                            .filter(FakeConnection::isOpening)
                            .toList();
                    if (!opening.isEmpty()) {
                        end(opening.get(random.nextInt(opening.size())));
                    }
                }
                case 10 -> fixture.loop.advance(Duration.ofMillis(random.nextInt(400)));
                case 11 -> pool().ready();
                case 12 -> {
                    if (chance(30)) {
                        pool().clear(null, fixture.loadBalanced ? service() : null, chance(50));
                    }
                }
                case 13 -> {
                    if (!fixture.made.isEmpty()) {
                        FakeConnection connection = fixture.made.get(random.nextInt(fixture.made.size()));
                        if (!connection.isOpening()) {
                            connection.breakSocket();
                            pool().perished(connection);
                        }
                    }
                }
                case 14 -> {
                    if (!asked.isEmpty()) {
                        Asked one = asked.get(random.nextInt(asked.size()));
                        if (pool().cancel(one)) {
                            one.end();
                            cancelled++;
                        }
                    }
                }
                case 15 -> {
                    if (chance(3)) {
                        closed = true;
                        pool().close(chance(50));
                    }
                }
                default -> throw new AssertionError();
            }
        }

        private void ask() {
            long deadline = chance(30) ? fixture.in(Duration.ofMillis(random.nextInt(500))) : Deadline.NONE;
            Asked one = new Asked();
            asked.add(one);
            FakeConnection connection =
                    pool().checkOut(one, deadline, chance(50) ? fixture.loops.get(random.nextInt(2)) : null);
            if (connection != null) {
                one.onCheckedOut(connection);
            }
        }

        private void giveBack() {
            if (!holding.isEmpty()) {
                FakeConnection connection = holding.remove(random.nextInt(holding.size()));
                held.remove(connection);
                pool().checkIn(connection);
            }
        }

        private void check() {
            PoolStatistics now = pool().statistics();
            if (fixture.maxSize > 0) {
                assertThat(now.total()).isLessThanOrEqualTo(fixture.maxSize);
            }
            assertThat(now.pending()).isBetween(0, fixture.maxConnecting);
            assertThat(now.inUse()).isBetween(0, held.size());
            assertThat(now.waiting())
                    .isEqualTo((int) asked.stream().filter(one -> !one.ended).count());
            if (now.waiting() > 0) {
                assertThat(now.available())
                        .as("nobody waits while one is available")
                        .isZero();
                boolean full = fixture.maxSize > 0 && now.total() == fixture.maxSize;
                assertThat(full || now.pending() > 0)
                        .as("something is under way")
                        .isTrue();
            }
        }

        private void finish() {
            closed = true;
            pool().close(chance(50));
            while (!holding.isEmpty()) {
                giveBack();
            }
            fixture.made.stream().filter(FakeConnection::isOpening).forEach(this::end);
            fixture.loop.advance(Duration.ofSeconds(10));
            assertThat(fixture.loop.failures()).isEmpty();
            assertThat(fixture.loop.armedTimers()).isZero();
            assertThat(pool().statistics()).isEqualTo(new PoolStatistics(0, 0, 0, 0, 0, 0, 0));
            assertThat(asked).allMatch(one -> one.ended);
            assertThat(fixture.made).allMatch(FakeConnection::isClosed);
            assertThat(pool().generation(SERVICES[0])).isEqualTo(fixture.loadBalanced ? 0 : pool().generation(null));
            balanced();
        }

        private void balanced() {
            assertThat(count(ConnectionCheckOutStartedEvent.class)).isEqualTo(asked.size());
            assertThat(count(ConnectionCheckOutFailedEvent.class) + count(ConnectionCheckedOutEvent.class))
                    .isEqualTo(asked.size());
            assertThat(count(ConnectionCheckedInEvent.class)).isEqualTo(count(ConnectionCheckedOutEvent.class));
            assertThat(count(ConnectionCreatedEvent.class)).isEqualTo(fixture.made.size());
            assertThat(count(ConnectionClosedEvent.class)).isEqualTo(fixture.made.size());
            assertThat(fixture.listener.events.stream()
                            .filter(ConnectionClosedEvent.class::isInstance)
                            .map(event -> ((ConnectionClosedEvent) event).connectionId())
                            .distinct()
                            .count())
                    .isEqualTo(fixture.made.size());
            assertThat(ended).isEqualTo(asked.size() - cancelled);
        }

        private int count(Class<?> type) {
            return (int)
                    fixture.listener.events.stream().filter(type::isInstance).count();
        }

        /** One checkout; now and then gives its connection back, or asks for another, from inside the callback. */
        private final class Asked implements CheckoutListener<FakeConnection> {
            private boolean ended;

            void end() {
                assertThat(ended).as("a checkout ends once").isFalse();
                ended = true;
            }

            @Override
            public void onCheckedOut(FakeConnection connection) {
                end();
                Model.this.ended++;
                assertThat(held.add(connection)).as("in one hand at a time").isTrue();
                if (chance(20)) {
                    held.remove(connection);
                    pool().checkIn(connection);
                } else {
                    holding.add(connection);
                }
                if (chance(10) && !closed) {
                    ask();
                }
            }

            @Override
            public void onCheckoutFailed(MongoException cause) {
                end();
                Model.this.ended++;
                if (chance(10) && !closed) {
                    ask();
                }
            }
        }
    }
}
