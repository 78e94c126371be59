package org.smartaccounts.privacy;

import org.springframework.stereotype.Component;

/** For how long things are kept, as people are told. */
@Component
public class Retention {

    /** What was uploaded, after the last of its rows. */
    public static final long DAYS_OF_FILES = 90;

    /** What the engine knows of each step, from the beginning of the process; the diagram says it. */
    public static final long DAYS_OF_HISTORY = 365;

    private final KeepProperties properties;

    Retention(KeepProperties properties) {
        this.properties = properties;
    }

    /** A request with everything that is known of it, after its end. */
    public long daysOfEndedRequests() {
        return properties.endedRequests().toDays();
    }

    /** What remains of it after that. */
    public long daysOfAnonymisedRequests() {
        return properties.anonymisedRequests().toDays();
    }
}
