/** What a node of the crash harness has beside the application: a clock that can be made to jump. */
@NullMarked
package org.smartaccounts.crash.node;

import org.jspecify.annotations.NullMarked;
