/**
 * How tests act and look: as a partner or support person in Tasklist, as the job executor one job at a time, as the reader of a
 * mailbox. A test that extends {@link org.smartaccounts.support.ApplicationTest} runs in the real application.
 */
@NullMarked
package org.smartaccounts.support;

import org.jspecify.annotations.NullMarked;
