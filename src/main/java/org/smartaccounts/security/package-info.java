/**
 * Regular security checks: a process that goes over all live accounts, tells a table of rules the facts about each, and gives what is
 * suspicious to licensing support, who decide in a process of its own. The facts come from our own data, in questions for hundreds of
 * accounts at once. What was found, and what became of it, are the {@link org.smartaccounts.security.Findings}.
 */
@NullMarked
package org.smartaccounts.security;

import org.jspecify.annotations.NullMarked;
