package dev.rotor.driver.core.auth;

/** What a password is worth with one salt: enough to authenticate, so as secret as the password. */
final class ScramKeys {

    final byte[] clientKey;
    final byte[] serverKey;

    ScramKeys(byte[] clientKey, byte[] serverKey) {
        this.clientKey = clientKey;
        this.serverKey = serverKey;
    }
}
