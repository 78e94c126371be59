/**
 * What the application does when a million requests wait: generators of such requests, copied from real ones, and the measurements among them.
 * Run by {@code mvn test -Pscale}.
 */
@NullMarked
package org.smartaccounts.scale;

import org.jspecify.annotations.NullMarked;
