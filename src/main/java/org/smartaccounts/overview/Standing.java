package org.smartaccounts.overview;

import java.util.List;

/**
 * Where a request stands in the process, as a person would say it: at what waits for somebody or has failed, otherwise at what is being done.
 * One that has ended stands at its end.
 *
 * @param definition the id of the version of the process that it follows
 * @param elements   the ids of the elements, the most important first
 */
public record Standing(String definition, List<String> elements) {}
