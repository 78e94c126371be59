package org.smartaccounts.operations.metrics;

/**
 * How many there are of something.
 *
 * @param kind   what is counted: {@code request}, {@code outcome} or {@code email}
 * @param name   a status, an outcome or a template
 * @param detail of an email its state; otherwise empty
 * @param total  how many, over all time
 */
record Count(String kind, String name, String detail, long total) {

    static final String REQUEST = "request";
    static final String OUTCOME = "outcome";
    static final String EMAIL = "email";
}
