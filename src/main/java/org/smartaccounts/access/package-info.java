/**
 * Who people are and what they may do: partner companies, groups, and the authorizations that the engine enforces. Knows the
 * engine's identity and authorization services, and of requests only the name of their process.
 */
@NullMarked
package org.smartaccounts.access;

import org.jspecify.annotations.NullMarked;
