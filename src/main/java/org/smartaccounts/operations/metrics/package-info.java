/**
 * What a monitoring system reads of the application: how many requests, emails and jobs there are, and whether something waits for too
 * long. What is in the database is the same on every node, and is looked up at intervals, never while somebody waits for a page. What a
 * node has seen itself, such as how long customers took to decide, adds up over the nodes.
 */
@NullMarked
package org.smartaccounts.operations.metrics;

import org.jspecify.annotations.NullMarked;
