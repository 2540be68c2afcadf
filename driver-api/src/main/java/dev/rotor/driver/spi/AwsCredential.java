package dev.rotor.driver.spi;

import dev.rotor.driver.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of Amazon Web Services. {@link #toString()} shows the key id only, which is no secret.
 *
 * @param accessKeyId the id of the access key, not empty
 * @param secretAccessKey the key itself, not empty
 * @param sessionToken the token of temporary credentials, or {@code null} for lasting ones
 */
public record AwsCredential(String accessKeyId, Secret secretAccessKey, @Nullable Secret sessionToken) {

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the id or the key is empty
     */
    public AwsCredential {
        if (Objects.requireNonNull(accessKeyId, "accessKeyId").isEmpty()
                || Objects.requireNonNull(secretAccessKey, "secretAccessKey").isEmpty()) {
            throw new IllegalArgumentException("AWS credentials need an access key id and a secret access key");
        }
    }
}
