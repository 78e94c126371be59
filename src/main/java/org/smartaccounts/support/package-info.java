/**
 * Support cases: what people report, what licensing support answers, and the process {@code supportCase} that brings the one to the other
 * and ends. Beside it, what readers think of our pages. A caller reports and replies through {@link
 * org.smartaccounts.support.SupportDesk}.
 */
@NullMarked
package org.smartaccounts.support;

import org.jspecify.annotations.NullMarked;
