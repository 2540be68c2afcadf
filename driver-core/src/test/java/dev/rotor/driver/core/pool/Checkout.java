package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A checkout that keeps its outcome, and refuses a second one. */
class Checkout implements CheckoutListener<FakeConnection> {

    private @Nullable FakeConnection connection;
    private @Nullable MongoException failure;

    @Override
    public void onCheckedOut(FakeConnection given) {
        refuseSecond();
        connection = given;
    }

    @Override
    public void onCheckoutFailed(MongoException cause) {
        refuseSecond();
        failure = cause;
    }

    private void refuseSecond() {
        if (connection != null || failure != null) {
            throw new AssertionError("a checkout ended twice");
        }
    }

    boolean isWaiting() {
        return connection == null && failure == null;
    }

    FakeConnection connection() {
        return Objects.requireNonNull(connection, () -> "no connection: " + failure);
    }

    MongoException failure() {
        return Objects.requireNonNull(failure, () -> "no failure: " + connection);
    }
}
