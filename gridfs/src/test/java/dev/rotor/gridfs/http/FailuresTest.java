package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.gridfs.MongoGridFsException;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    @ParameterizedTest
    @EnumSource(Reason.class)
    void onlyAFileThatIsNotThereIsNotFound(Reason reason) {
        int status = Failures.status(new MongoGridFsException(reason, "text"));

        assertThat(status)
                .isEqualTo(reason == Reason.FILE_NOT_FOUND || reason == Reason.REVISION_NOT_FOUND ? 404 : 500);
    }

    @Test
    void whatPassesIsUnavailableAndTheRestIsAnError() {
        MongoException plain = new MongoException("text", null);
        MongoException overloaded = new MongoException("text", null);
        overloaded.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
        MongoException retryable = new MongoException("text", null);
        retryable.addLabel(MongoException.RETRYABLE_ERROR);

        assertThat(Failures.status(plain)).isEqualTo(500);
        assertThat(Failures.status(new IllegalStateException())).isEqualTo(500);
        assertThat(Failures.status(overloaded)).isEqualTo(503);
        assertThat(Failures.status(retryable)).isEqualTo(503);
    }
}
