package org.smartaccounts.measure;

/** Whole lives of requests, one after the other, as a client leads them: asked for, reviewed, sent, accepted, and everybody told. */
public interface Lives extends AutoCloseable {

    /** Whose lives they are, in a word. */
    String name();

    /** Leads one life to its end. */
    void live(Stopwatch stopwatch);

    /** Work may begin. */
    void resume();

    /** Nothing is to be done any more, so that others have the machine for themselves. */
    void pause();

    @Override
    void close();
}
