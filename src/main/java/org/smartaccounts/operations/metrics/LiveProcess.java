package org.smartaccounts.operations.metrics;

/**
 * The version of a process that new instances begin with.
 *
 * @param process its id
 * @param version its version tag; empty if it has none
 * @param number  the engine's count of its versions
 */
record LiveProcess(String process, String version, int number) {}
