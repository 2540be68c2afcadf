package dev.rotor.gridfs.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whether what the client knows already makes the answer shorter (RFC 9110, section 13). */
final class Preconditions {

    /** What the conditions come to. */
    enum Outcome {
        /** All hold, or there are none. */
        HOLD,
        /** The client has what it asks for: 304. */
        NOT_MODIFIED,
        /** It is not the file that the client means: 412. */
        FAILED
    }

    /** The clocks of those who store files and of those who serve them are taken to differ by less. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final GridFsHttpRequest request;
    private final @Nullable EntityTag tag;
    private final @Nullable Instant modified;
    private final Instant now;

    /**
     * Conditions about a file.
     *
     * @param tag the file's tag, if there is one
     * @param modified when it was stored, if that is known; only its seconds count
     */
    Preconditions(GridFsHttpRequest request, @Nullable EntityTag tag, @Nullable Instant modified, Instant now) {
        this.request = request;
        this.tag = tag;
        this.modified = modified == null ? null : modified.truncatedTo(ChronoUnit.SECONDS);
        this.now = now;
    }

    /** For GET and HEAD, in the order of section 13.2.2. */
    Outcome outcome() {
        String ifMatch = request.header("If-Match");
        if (ifMatch != null) {
            if (!matches(ifMatch, true)) {
                return Outcome.FAILED;
            }
        } else {
            Instant unmodifiedSince = date("If-Unmodified-Since");
            if (unmodifiedSince != null && modified != null && modified.isAfter(unmodifiedSince)) {
                return Outcome.FAILED;
            }
        }
        String ifNoneMatch = request.header("If-None-Match");
        if (ifNoneMatch != null) {
            return matches(ifNoneMatch, false) ? Outcome.NOT_MODIFIED : Outcome.HOLD;
        }
        Instant modifiedSince = date("If-Modified-Since");
        boolean same = modifiedSince != null && modified != null && !modified.isAfter(modifiedSince);
        return same ? Outcome.NOT_MODIFIED : Outcome.HOLD;
    }

    /** Whether ranges are to be looked at: not if the client has a part of another file (section 13.1.5). */
    boolean rangesApply() {
        String ifRange = request.header("If-Range");
        if (ifRange == null) {
            return true;
        }
        EntityTag given = EntityTag.parse(ifRange);
        if (given != null) {
            return tag != null && tag.matchesStrongly(given);
        }
        Instant date = HttpDates.parse(ifRange, now);
        return date != null && date.equals(modified) && tellsVersionsApart(date);
    }

    /**
     * Whether a date is a strong validator (section 8.8.2.2). Within one second there may be several versions; and the
     * clock of who stores a file is not that of who serves it.
     */
    private boolean tellsVersionsApart(Instant date) {
        return !now.isBefore(date.plus(CLOCKS_DIFFER));
    }

    private boolean matches(String header, boolean strongly) {
        if (HeaderText.trim(header).equals("*")) {
            return true;
        }
        EntityTag known = tag;
        return known != null
                && EntityTag.anyOf(
                        header, other -> strongly ? known.matchesStrongly(other) : known.matchesWeakly(other));
    }

    /** The date in a header field; one that is none is as if it were not there. */
    private @Nullable Instant date(String name) {
        String text = request.header(name);
        return text == null ? null : HttpDates.parse(text, now);
    }
}
