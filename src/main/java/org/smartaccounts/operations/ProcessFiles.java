package org.smartaccounts.operations;

import java.util.List;
import java.util.Map;

/**
 * What was found where the processes come from.
 *
 * @param contents   by file name
 * @param unreadable a sentence for each file that could not be read
 */
record ProcessFiles(Map<String, String> contents, List<String> unreadable) {}
