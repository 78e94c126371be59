package org.smartaccounts.operations.metrics;

/**
 * How many there are of something.
 *
 * @param kind   what is counted: {@code request}, {@code outcome}, {@code email} or {@code finding}
 * @param name   a status, an outcome, a template, or the state of a finding
 * @param detail of an email its state, of a finding its severity; otherwise empty
 * @param total  how many, over all time
 */
record Count(String kind, String name, String detail, long total) {

    static final String REQUEST = "request";
    static final String OUTCOME = "outcome";
    static final String EMAIL = "email";
    static final String FINDING = "finding";
}
