/**
 * What is left after kills, outages and jumping clocks: two nodes, people who ask and decide, and a seeded sequence of faults, after which
 * every request is compared with what its people were told ({@code mvn test -Pcrash}).
 */
@NullMarked
package org.smartaccounts.crash;

import org.jspecify.annotations.NullMarked;
