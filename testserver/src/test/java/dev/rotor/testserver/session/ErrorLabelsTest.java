package dev.rotor.testserver.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.testserver.engine.ServerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which labels a server sets; the rules of its error label builder. */
class ErrorLabelsTest {

    private static final ServerVersion V42 = ServerVersion.parse("4.2.24");
    private static final ServerVersion V44 = ServerVersion.parse("4.4.0");

    private static List<String> retryable(ServerVersion version, @Nullable Integer code, @Nullable Integer wcCode) {
        return ErrorLabels.of(new ErrorLabels.Failure(version, code, wcCode, true, false, false, false, false));
    }

    private static List<String> transaction(int code, boolean commit) {
        return ErrorLabels.of(new ErrorLabels.Failure(V44, code, null, false, true, commit, false, false));
    }

    @Test
    void retryableWritesAreLabelledSince44() {
        assertThat(retryable(V44, 91, null)).containsExactly("RetryableWriteError");
        assertThat(retryable(V44, null, 91)).containsExactly("RetryableWriteError");
        assertThat(retryable(V42, 91, null)).isEmpty();
        assertThat(retryable(V44, 11000, null)).isEmpty();
    }

    @Test
    void aMongosDoesNotLabelItsOwnErrorsRetryable() {
        assertThat(ErrorLabels.of(new ErrorLabels.Failure(V44, 91, null, true, false, false, false, true)))
                .isEmpty();
    }

    @Test
    void errorsInsideATransactionAreTransientIfTheyMayGoAway() {
        assertThat(transaction(112, false)).containsExactly("TransientTransactionError");
        assertThat(transaction(251, false)).containsExactly("TransientTransactionError");
        assertThat(transaction(91, false)).containsExactly("TransientTransactionError");
        assertThat(transaction(11000, false)).isEmpty();
    }

    @Test
    void aCommitIsRetryableRatherThanTransient() {
        assertThat(transaction(91, true)).containsExactly("RetryableWriteError");
        assertThat(transaction(251, true)).containsExactly("TransientTransactionError");
        assertThat(ErrorLabels.of(new ErrorLabels.Failure(V44, 251, 64, false, true, true, false, false)))
                .isEmpty();
    }

    @Test
    void changeStreamsSayThatTheyCanBeResumed() {
        assertThat(ErrorLabels.of(new ErrorLabels.Failure(V44, 6, null, false, false, false, true, false)))
                .containsExactly("ResumableChangeStreamError");
        assertThat(ErrorLabels.of(new ErrorLabels.Failure(V42, 6, null, false, false, false, true, false)))
                .isEmpty();
        assertThat(ErrorLabels.of(new ErrorLabels.Failure(V44, 280, null, false, false, false, true, false)))
                .isEmpty();
    }
}
