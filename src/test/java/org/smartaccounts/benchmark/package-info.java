/**
 * What the life of a request costs: in the application, in an empty process on the engine, as it comes and as ours is, and as bare rows. Run by
 * {@code mvn test -Pbenchmark}.
 */
@NullMarked
package org.smartaccounts.benchmark;

import org.jspecify.annotations.NullMarked;
