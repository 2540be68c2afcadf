package dev.rotor.driver.model;

/** The one error of asking an unacknowledged result for what nobody told the driver. */
final class Acknowledgement {

    private Acknowledgement() {}

    static void require(boolean acknowledged, String what) {
        if (!acknowledged) {
            throw new UnsupportedOperationException("the write was not acknowledged (write concern w: 0), so " + what
                    + " is not known; ask isAcknowledged() first");
        }
    }
}
